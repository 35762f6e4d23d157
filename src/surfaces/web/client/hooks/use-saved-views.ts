import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SavedQuery, SavedViewInfo, SavedViews, View } from '../../api.ts';
import { api } from '../api-client.ts';
import { failureWords } from '../i18n/failure-words.ts';
import { useWords } from '../i18n/index.tsx';
import { FILTERS, type Filters, hrefOf } from '../router.ts';
import { say } from './notices.ts';
import { KEYS } from './queries.ts';

export const useSavedViews = () =>
  useQuery({ queryKey: KEYS.savedViews, queryFn: api.savedViews, staleTime: 60_000 }).data ?? { views: [] };

/** How many mentions each holds. Told anew a moment after something changed, see `live.ts`. */
export const useViewCounts = () => useQuery({ queryKey: KEYS.viewCounts, queryFn: api.viewCounts }).data;

/** The address of a saved view. */
export const hrefOfSaved = ({ view, ...filters }: SavedQuery): string => hrefOf({ page: 'inbox', view, filters });

/** The saved view that an address shows, whatever the order of its filters. */
export function savedAt(views: readonly SavedViewInfo[], view: View, filters: Filters): SavedViewInfo | undefined {
  const here = queryOf(view, filters);
  return views.find(
    ({ query }) => query.view === view && FILTERS.every((name) => query[name] === here[name as keyof SavedQuery]),
  );
}

export const queryOf = (view: View, filters: Filters): SavedQuery => ({ view, ...filters }) as SavedQuery;

/** Saves, changes and removes views, and says what came of it. Gives false when it was refused. */
export function useViewKeeper() {
  const client = useQueryClient();
  const { t } = useWords();
  const keep = async (change: Promise<SavedViews>, text?: string, undo?: () => void) => {
    try {
      client.setQueryData(KEYS.savedViews, await change);
      void client.invalidateQueries({ queryKey: KEYS.viewCounts });
      if (text) say({ kind: 'done', text, ...(undo && { action: { label: t.act.undo, run: undo } }) });
      return true;
    } catch (thrown) {
      say({ kind: 'refused', text: failureWords(thrown, t) });
      return false;
    }
  };
  return {
    save: (name: string, team: boolean, query: SavedQuery, replaced?: SavedViewInfo) =>
      keep(
        replaced ? api.changeView(replaced.id, { name, team, query }) : api.saveView({ name, team, query }),
        t.triage.savedDone(name),
      ),
    remove: ({ id, name, team, query }: SavedViewInfo) =>
      keep(api.removeView(id), t.triage.removed(name), () => void keep(api.saveView({ name, team, query }))),
    startWith: (view: string | null) => keep(api.startWith(view)),
  };
}

/** Has the counts of saved views told anew. */
export const recountViews = (client: QueryClient): void => void client.invalidateQueries({ queryKey: KEYS.viewCounts });
