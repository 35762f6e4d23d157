import { useCallback, useEffect, useMemo } from 'react';
import { useArrivals } from '../hooks/use-arrivals.ts';
import { useDecide } from '../hooks/use-decide.ts';
import { usePresence } from '../hooks/use-presence.ts';
import { useQueue } from '../hooks/use-queue.ts';
import { useWide } from '../hooks/use-wide.ts';
import { useWords } from '../i18n/index.tsx';
import { MentionPane } from '../mention/mention-pane.tsx';
import { QueuePane } from '../queue/queue-pane.tsx';
import { currentRoute, go, type Route } from '../router.ts';
import { InboxContext } from './context.ts';
import { Sidebar } from './sidebar.tsx';
import { useInboxKeys } from './use-inbox-keys.ts';
import { useMenu, useOpenFor } from './use-open.ts';
import { usePrefetch } from './use-prefetch.ts';
import { ViewTabs } from './view-tabs.tsx';
import './inbox.css';

type InboxRoute = Extract<Route, { page: 'inbox' }>;

/** Views, queue and mention: side by side where there is room, one after the other where there is not. */
export function InboxPage({ route }: { route: InboxRoute }) {
  const { view, id } = route;
  const filters = useStable(route.filters);
  const { t } = useWords();
  const wide = useWide();
  const queue = useQueue(view, filters);
  const { rows } = queue;
  const loaded = queue.isSuccess && !queue.isPlaceholderData;
  const arrivals = useArrivals(view, filters, rows, loaded, queue.refresh);
  const [menu, setMenu] = useMenu(id);
  const [editing, setEditing] = useOpenFor(id, false);
  const [noting, setNoting] = useOpenFor(id, false);

  const select = useCallback(
    (next: string | undefined, how: 'push' | 'replace' = 'replace') => {
      // Whoever has left meanwhile is not fetched back by an answer that comes late.
      const here = currentRoute();
      if (here.page !== 'inbox' || here.view !== view) return;
      go({ page: 'inbox', view, filters, ...(next !== undefined && { id: next }) }, how);
    },
    [view, filters],
  );
  const at = rows.findIndex((row) => row.mention.id === id);
  const place = useMemo(
    () => ({
      view,
      select: (wanted: string) => select(wanted),
      moveOn: (gone: string) => {
        const index = rows.findIndex((row) => row.mention.id === gone);
        if (index >= 0) select((rows[index + 1] ?? rows[index - 1])?.mention.id);
      },
    }),
    [rows, select, view],
  );
  const { decide, undo, setWayBack } = useDecide(place);

  // With a mention column there is no reason to begin with an empty one.
  const first = rows[0]?.mention.id;
  useEffect(() => {
    if (wide && loaded && id === undefined && first !== undefined) select(first);
  }, [wide, loaded, id, first, select]);
  usePresence(id);
  usePrefetch(rows, at);

  const step = (by: number) => {
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + by))];
    if (next && next.mention.id !== id) select(next.mention.id);
  };
  useInboxKeys({ id, step, arrivals, undo, setMenu, setEditing, setNoting });

  const inbox = useMemo(
    () => ({ decide, undo, setWayBack, menu, setMenu, editing, setEditing, noting, setNoting }),
    [decide, undo, setWayBack, menu, setMenu, editing, setEditing, noting, setNoting],
  );
  const onPhonePage = !wide && id !== undefined;
  // On a phone the list is a page of its own.
  const List = wide ? 'section' : 'main';
  return (
    <InboxContext value={inbox}>
      <div className="inbox">
        {wide && <Sidebar view={view} filters={filters} />}
        {!onPhonePage && (
          <List className="inbox-queue" aria-label={t.queue.title} {...(!wide && { id: 'mention', tabIndex: -1 })}>
            {!wide && <ViewTabs view={view} filters={filters} />}
            <QueuePane
              view={view}
              filters={filters}
              queue={queue}
              loaded={loaded}
              arrivals={arrivals}
              selected={id}
              onOpen={(wanted) => select(wanted, wide ? 'replace' : 'push')}
              onStep={step}
            />
          </List>
        )}
        {(wide || onPhonePage) && (
          <MentionPane
            key={id}
            id={id}
            onBack={wide ? undefined : () => select(undefined)}
            queueEmpty={loaded && rows.length === 0}
          />
        )}
      </div>
    </InboxContext>
  );
}

/** The same object as long as it says the same, so that a step to the next mention does not look like a new filter. */
function useStable<T>(value: T): T {
  const text = JSON.stringify(value);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text stands for the value
  return useMemo(() => value, [text]);
}
