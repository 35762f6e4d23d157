import type { Detail } from '../../api.ts';
import { useKnownMe } from '../hooks/queries.ts';
import { useFold } from '../hooks/use-fold.ts';
import { useWords } from '../i18n/index.tsx';
import { shortcutOf } from '../keys/key-table.ts';
import { KeyOf } from '../ui/key.tsx';
import { useEventWords } from './use-event-words.ts';

/** Every step so far, folded away until somebody asks. */
export function History({ events }: { events: Detail['history'] }) {
  const { t, f } = useWords();
  const words = useEventWords();
  const me = useKnownMe();
  const fold = useFold('history');
  if (events.length === 0) return null;
  return (
    <details ref={fold} className="history">
      <summary aria-keyshortcuts={shortcutOf('history')}>
        {t.mention.history} ({f.number(events.length)}) <KeyOf action="history" />
      </summary>
      <ol>
        {events.map((event) => (
          <li key={event.seq}>
            <time className="soft" dateTime={new Date(event.at).toISOString()}>
              {f.dateTime(event.at)}
            </time>
            <span>
              <bdi>{event.actor === me.name ? `${event.actor} (${t.top.you})` : event.actor}</bdi> {words(event)}
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}
