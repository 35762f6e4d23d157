import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { SettingsAnswer } from '../../settings-api.ts';
import { api } from '../api-client.ts';
import { KEYS } from '../hooks/queries.ts';

export const useSettings = (enabled: boolean) => useQuery({ queryKey: KEYS.settings, queryFn: api.settings, enabled });

export const useVersions = () => useQuery({ queryKey: KEYS.settingsVersions, queryFn: api.settingsVersions });

/** Puts the settings as they are now in place, and has everything that follows from them asked for again. */
export function useSettled(): (now: SettingsAnswer) => Promise<void> {
  const client = useQueryClient();
  return async (now) => {
    client.setQueryData(KEYS.settings, now);
    const others = [KEYS.settingsVersions, KEYS.me, KEYS.sources, KEYS.mentions];
    await Promise.all(others.map((queryKey) => client.invalidateQueries({ queryKey })));
  };
}
