import { useQuery } from '@tanstack/react-query';
import type { AccountAsked } from '../../scam-api.ts';
import { api } from '../api-client.ts';

/** The names under which the answers are kept. */
export const SCAM_KEYS = {
  all: ['suspects'] as const,
  list: (cleared: boolean) => ['suspects', cleared] as const,
  file: ({ connector, authorId }: AccountAsked) => ['suspects', connector, authorId] as const,
};

export const useSuspects = (cleared: boolean) =>
  useQuery({ queryKey: SCAM_KEYS.list(cleared), queryFn: () => api.suspects(cleared) });

export const useSuspectFile = (account: AccountAsked) =>
  useQuery({ queryKey: SCAM_KEYS.file(account), queryFn: () => api.suspect(account) });
