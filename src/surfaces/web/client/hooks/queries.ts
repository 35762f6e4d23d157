import { type QueryClient, useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Right } from '../../../../core/rights.ts';
import type { Detail, Me, SourceInfo } from '../../api.ts';
import { api } from '../api-client.ts';
import { useWords } from '../i18n/index.tsx';
import { otherWords } from '../i18n/other-words.ts';

/** The names under which answers are kept. */
export const KEYS = {
  me: ['me'] as const,
  counts: ['counts'] as const,
  queue: ['queue'] as const,
  mention: (id: string) => ['mention', id] as const,
  mentions: ['mention'] as const,
  clocks: ['clocks'] as const,
  savedViews: ['saved-views'] as const,
  viewCounts: ['view-counts'] as const,
  author: (id: string) => ['author', id] as const,
  templateOffers: (id: string, version: number) => ['template-offers', id, version] as const,
  incidents: ['incidents'] as const,
  sources: ['sources'] as const,
  connectors: ['connectors'] as const,
  people: ['people'] as const,
  settings: ['settings'] as const,
  templates: (platform: string) => ['templates', platform] as const,
  allTemplates: ['templates'] as const,
  templateHistory: (id: string) => ['template-history', id] as const,
  answers: ['answers'] as const,
  answerHistory: (id: string) => ['answer-history', id] as const,
  proposals: ['template-proposals'] as const,
  templateUse: ['template-use'] as const,
  lexicon: ['lexicon'] as const,
  lexiconHistory: ['lexicon-history'] as const,
  settingsVersions: ['settings-versions'] as const,
  sessions: ['sessions'] as const,
  tokens: ['tokens'] as const,
  devices: ['devices'] as const,
  ways: ['ways'] as const,
  report: (days: number) => ['report', days] as const,
  uncertain: ['uncertain'] as const,
  learning: ['learning'] as const,
  learningJob: ['learning-job'] as const,
  replay: (job: string) => ['replay', job] as const,
};

export const useMe = () => useQuery({ queryKey: KEYS.me, queryFn: api.me, staleTime: 60_000 });

/** For parts that are only shown once `me` is known. */
export function useKnownMe(): Me {
  const { data } = useMe();
  if (!data) throw new Error('useKnownMe is used before /me was answered.');
  return data;
}

/** Whether I may do something here; what one may not do is hidden or explained, and refused by the server. */
export function useMay(right: Right): boolean {
  return useKnownMe().rights.includes(right);
}

/** How people took to the drafts of each template. Fetched now and then: it changes slowly. */
export const useTemplateUse = () =>
  useQuery({ queryKey: KEYS.templateUse, queryFn: api.templateUse, staleTime: 60_000 });
export const useCounts = () => useQuery({ queryKey: KEYS.counts, queryFn: api.counts });
/** The clock of a mention in a regulated lane, while it waits. */
export const useClock = (mentionId: string) =>
  useQuery({ queryKey: KEYS.clocks, queryFn: api.clocks }).data?.find((clock) => clock.mentionId === mentionId);
export const useIncidents = () => useQuery({ queryKey: KEYS.incidents, queryFn: api.incidents });
/** The sources, each by its name in the language of the page. */
export function useSources() {
  const { lang } = useWords();
  const select = useCallback(
    (sources: SourceInfo[]) => sources.map((one) => ({ ...one, name: otherWords(one.name, one.nameIn, lang) })),
    [lang],
  );
  return useQuery({ queryKey: KEYS.sources, queryFn: api.sources, select });
}
export const useConnectors = () =>
  useQuery({ queryKey: KEYS.connectors, queryFn: api.connectors, staleTime: Number.POSITIVE_INFINITY });
/** Fetched when asked for and no more: a list that changed by itself would pull the mention away from under the eyes. */
export const useUncertain = () =>
  useQuery({ queryKey: KEYS.uncertain, queryFn: api.uncertain, staleTime: Number.POSITIVE_INFINITY, gcTime: 0 });
export const useReport = (days: number) => useQuery({ queryKey: KEYS.report(days), queryFn: () => api.report(days) });

const mentionQuery = (id: string) => ({
  queryKey: KEYS.mention(id),
  queryFn: ({ signal }: { signal: AbortSignal }) => api.mention(id, signal),
  staleTime: 30_000,
});

export const useMention = (id: string | undefined) =>
  useQuery({ ...mentionQuery(id ?? ''), enabled: id !== undefined });

/** What else its author wrote, and what we answered them. */
export const useAuthor = (id: string) =>
  useQuery({
    queryKey: KEYS.author(id),
    queryFn: ({ signal }) => api.author(id, signal),
    staleTime: 60_000,
  }).data;

/** The templates that fit a mention, filled in and checked. Asked for once somebody wants to choose. */
export const useTemplateOffers = (id: string, version: number, wanted: boolean) =>
  useQuery({
    queryKey: KEYS.templateOffers(id, version),
    queryFn: ({ signal }) => api.templateOffers(id, signal),
    enabled: wanted,
    staleTime: 60_000,
  }).data;

/** Has the next mention ready before anyone asks for it. */
export function prefetchMention(client: QueryClient, id: string): void {
  void client.prefetchQuery(mentionQuery(id));
}

/** Puts an answer in place of what we held, unless that is newer: answers may overtake each other. */
export function keepDetail(client: QueryClient, detail: Detail): void {
  client.setQueryData<Detail>(KEYS.mention(detail.mention.id), (held) =>
    held && held.mention.version > detail.mention.version ? held : detail,
  );
}
