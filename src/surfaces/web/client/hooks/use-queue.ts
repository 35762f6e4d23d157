import { type InfiniteData, type QueryClient, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { Detail, QueueAnswer, QueueQueryInput, View } from '../../api.ts';
import { api } from '../api-client.ts';
import type { Filters } from '../router.ts';
import { forgetSettled, useGone } from './gone.ts';
import { KEYS } from './queries.ts';

type Pages = InfiniteData<QueueAnswer, string | undefined>;
export type Row = QueueAnswer['rows'][number];

/** Rows per request: two screens of a tall monitor. */
const PAGE = 100;

/** What the server is asked for a view with its filters. */
export const queryOf = (view: View, filters: Filters): QueueQueryInput => ({ view, ...filters });

/**
 * The rows of a view, page by page. They only move when a person asks (see `refresh`): a change elsewhere is written
 * into the row it belongs to, and new arrivals wait (see `use-arrivals.ts`).
 */
export function useQueue(view: View, filters: Filters) {
  const client = useQueryClient();
  const gone = useGone();
  const key = useMemo(() => [...KEYS.queue, view, filters] as const, [view, filters]);
  const load = useCallback(
    async (after: string | undefined, signal?: AbortSignal) => {
      const page = await api.queue({ ...queryOf(view, filters), limit: PAGE, ...(after && { after }) }, signal);
      if (!after) forgetSettled(view);
      return page;
    },
    [view, filters],
  );
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => load(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    // While a search is typed the old result stays until the new one is there; another view starts empty.
    placeholderData: (before, beforeQuery) => (beforeQuery?.queryKey[1] === view ? before : undefined),
  });
  const rows = useMemo(
    () => distinct(query.data?.pages ?? []).filter((row) => gone.get(row.mention.id)?.view !== view),
    [query.data, gone, view],
  );
  const refresh = useCallback(async () => {
    const page = await load(undefined);
    client.setQueryData<Pages>(key, { pages: [page], pageParams: [undefined] });
  }, [client, key, load]);
  return { ...query, rows, refresh };
}

/** A row that moved from one page to the next between two requests comes twice. */
function distinct(pages: readonly QueueAnswer[]): Row[] {
  const rows = new Map<string, Row>();
  for (const page of pages) for (const row of page.rows) if (!rows.has(row.mention.id)) rows.set(row.mention.id, row);
  return [...rows.values()];
}

/** Writes what is now known about a mention into every queue that shows it, without moving it. */
export function patchRow(client: QueryClient, detail: Detail): void {
  const draft = detail.drafts.at(-1);
  const { mention, assessment } = detail;
  putRows(client, new Map([[mention.id, { mention, ...(assessment && { assessment }), ...(draft && { draft }) }]]));
}

/** Leaves the place of a mention that was deleted at its source, and nothing of what it said. */
export function eraseRow(client: QueryClient, id: string): void {
  void client.resetQueries({ queryKey: KEYS.mention(id) });
  const row = rowsOnScreen(client).find(({ mention }) => mention.id === id);
  if (!row) return;
  putRows(client, new Map([[id, { mention: { ...row.mention, state: 'erased', text: '', author: { id: '' } } }]]));
}

/** Asks for the beginning of each queue on screen again, and writes what is known now where it stands. */
export async function freshenRows(client: QueryClient): Promise<void> {
  for (const { queryKey } of client.getQueryCache().findAll({ queryKey: KEYS.queue, type: 'active' })) {
    const [, view, filters] = queryKey as [string, View, Filters];
    const { rows } = await api.queue({ ...queryOf(view, filters), limit: PAGE });
    putRows(client, new Map(rows.map((row) => [row.mention.id, row])));
  }
}

function putRows(client: QueryClient, rows: ReadonlyMap<string, Row>): void {
  const put = (held: Row) => {
    const row = rows.get(held.mention.id);
    // Answers may overtake each other.
    return row && row.mention.version >= held.mention.version ? row : held;
  };
  client.setQueriesData<Pages>(
    { queryKey: KEYS.queue },
    (held) => held && { ...held, pages: held.pages.map((page) => ({ ...page, rows: page.rows.map(put) })) },
  );
}

function rowsOnScreen(client: QueryClient): Row[] {
  return client
    .getQueriesData<Pages>({ queryKey: KEYS.queue })
    .flatMap(([, held]) => held?.pages.flatMap((page) => page.rows) ?? []);
}

/** Is this mention in a queue that is on screen? */
export const inQueue = (client: QueryClient, id: string): boolean =>
  rowsOnScreen(client).some(({ mention }) => mention.id === id);
