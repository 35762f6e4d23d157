import { Button } from '@mantine/core';
import type { View } from '../../api.ts';
import type { Arrivals } from '../hooks/use-arrivals.ts';
import { useLate } from '../hooks/use-late.ts';
import type { useQueue } from '../hooks/use-queue.ts';
import { failureWords } from '../i18n/failure-words.ts';
import { useWords } from '../i18n/index.tsx';
import { shortcutOf } from '../keys/key-table.ts';
import { type Filters, hrefOf } from '../router.ts';
import { KeyOf } from '../ui/key.tsx';
import { EmptyQueue } from './empty-queue.tsx';
import { FilterBar } from './filter-bar.tsx';
import { QueueList } from './queue-list.tsx';
import { QueueSkeleton } from './queue-skeleton.tsx';
import './queue.css';

interface Props {
  view: View;
  filters: Filters;
  queue: ReturnType<typeof useQueue>;
  loaded: boolean;
  arrivals: Arrivals;
  selected: string | undefined;
  onOpen(id: string): void;
  onStep(by: number): void;
}

/** The middle column: what waits, in order, and what has come in since. */
export function QueuePane({ view, filters, queue, loaded, arrivals, selected, onOpen, onStep }: Props) {
  const { t, f } = useWords();
  const late = useLate(queue.isPending);
  const { rows } = queue;
  return (
    <>
      <FilterBar view={view} filters={filters} count={loaded ? rows.length : undefined} more={queue.hasNextPage} />
      {view === 'scam' && (
        <p className="queue-suspects small">
          <a href={hrefOf({ page: 'scams' })}>{t.scams.accounts}</a>
        </p>
      )}
      <div role="status" className="queue-new">
        {arrivals.waiting.length > 0 && (
          <Button
            fullWidth
            variant="light"
            size="compact-sm"
            onClick={arrivals.show}
            aria-keyshortcuts={shortcutOf('showNew')}
            rightSection={<KeyOf action="showNew" />}
          >
            {t.top.showNew(f.number(arrivals.waiting.length))}
          </Button>
        )}
      </div>
      {queue.isError && (
        <div className="queue-note" role="alert">
          <p>
            {t.trouble.notLoaded}: {failureWords(queue.error, t)}
          </p>
          <Button variant="default" size="xs" onClick={() => void queue.refetch()}>
            {t.tryAgain}
          </Button>
        </div>
      )}
      {late && <QueueSkeleton />}
      {loaded && rows.length === 0 && !queue.hasNextPage && <EmptyQueue view={view} filters={filters} />}
      {rows.length > 0 && (
        <QueueList
          // Another view is another list: it begins at its top.
          key={view}
          rows={rows}
          selected={selected}
          fresh={arrivals.fresh}
          searched={filters.search}
          more={queue.hasNextPage}
          onMore={() => {
            if (!queue.isFetchingNextPage) void queue.fetchNextPage();
          }}
          onOpen={onOpen}
          onStep={onStep}
        />
      )}
    </>
  );
}
