import { Button } from '@mantine/core';
import type { View } from '../../api.ts';
import { useCounts, useSources } from '../hooks/queries.ts';
import { useWords } from '../i18n/index.tsx';
import { type Filters, go, hrefOf } from '../router.ts';

/** Nothing to do is a result, and says what was done and what is being watched. */
export function EmptyQueue({ view, filters }: { view: View; filters: Filters }) {
  const { t, f } = useWords();
  const { data: counts } = useCounts();
  const { data: sources } = useSources();
  const listening = sources
    ?.filter(({ enabled, status }) => enabled && status.state !== 'paused')
    .map(({ name }) => name);
  if (Object.keys(filters).length > 0) {
    return (
      <div className="queue-empty">
        <h2>{t.empty.found}</h2>
        <p className="soft">{t.empty.foundHint}</p>
        <Button variant="default" size="xs" onClick={() => go({ page: 'inbox', view, filters: {} }, 'replace')}>
          {t.queue.clear}
        </Button>
      </div>
    );
  }
  return (
    <div className="queue-empty">
      <h2>{listening?.length === 0 ? t.empty.noSourcesTitle : t.empty.title[view]}</h2>
      {counts !== undefined && counts.done > 0 && (
        <p className="soft">{t.empty.doneToday(counts.done, f.number(counts.done))}</p>
      )}
      {listening && (
        <p className="soft">{listening.length > 0 ? t.empty.watching(f.list(listening)) : t.empty.noSources}</p>
      )}
      {listening?.length === 0 && (
        <Button component="a" href={hrefOf({ page: 'sources', add: '' })}>
          {t.empty.connect}
        </Button>
      )}
    </div>
  );
}
