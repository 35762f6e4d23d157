import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { Row } from '../hooks/use-queue.ts';
import { useWords } from '../i18n/index.tsx';
import { QueueRow } from './queue-row.tsx';

interface Props {
  rows: Row[];
  selected: string | undefined;
  fresh: ReadonlySet<string>;
  searched: string | undefined;
  more: boolean;
  onMore(): void;
  onOpen(id: string): void;
  onStep(by: number): void;
}

const ROW_HEIGHT = 62;
/** Asks for the next page when this many rows are left. */
const AHEAD = 30;

/** Only the rows in sight are in the page, however many there are. */
export function QueueList({ rows, selected, fresh, searched, more, onMore, onOpen, onStep }: Props) {
  const { t } = useWords();
  const scroller = useRef<HTMLDivElement>(null);
  const placed = useRef(false);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => rows[index]?.mention.id ?? index,
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const at = rows.findIndex((row) => row.mention.id === selected);
  const last = items.at(-1)?.index ?? 0;

  useEffect(() => {
    if (at < 0) return;
    virtual.scrollToIndex(at, { align: placed.current ? 'auto' : 'center' });
    placed.current = true;
  }, [at, virtual]);
  useEffect(() => {
    if (more && last >= rows.length - AHEAD) onMore();
  }, [more, last, rows.length, onMore]);

  const onKeyDown = (event: React.KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -rows.length, End: rows.length }[
      event.key
    ];
    if (by !== undefined) {
      event.preventDefault();
      onStep(by);
    } else if (event.key === 'Enter' && selected !== undefined) {
      event.preventDefault();
      onOpen(selected);
      document.getElementById('mention')?.focus();
    }
  };
  return (
    <div
      ref={scroller}
      id="queue"
      className="queue-list"
      role="listbox"
      tabIndex={0}
      aria-label={t.queue.rows}
      aria-activedescendant={items.some((item) => item.index === at) ? `row-${selected}` : undefined}
      onKeyDown={onKeyDown}
    >
      <div className="queue-space" role="presentation" style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index];
          if (!row) return null;
          const { id } = row.mention;
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the listbox takes the keys for its options
            <div
              key={id}
              id={`row-${id}`}
              ref={virtual.measureElement}
              data-index={item.index}
              className="queue-row"
              role="option"
              tabIndex={-1}
              aria-selected={id === selected}
              aria-setsize={more ? -1 : rows.length}
              aria-posinset={item.index + 1}
              style={{ transform: `translateY(${item.start}px)` }}
              onClick={() => onOpen(id)}
            >
              <QueueRow row={row} fresh={fresh.has(id)} searched={searched} />
            </div>
          );
        })}
      </div>
    </div>
  );
}
