import type { Detail } from '../../api.ts';
import { useKnownMe } from '../hooks/queries.ts';
import { useWords } from '../i18n/index.tsx';
import { useEventWords } from './use-event-words.ts';

/** Every step so far, folded away until somebody asks. */
export function History({ events }: { events: Detail['history'] }) {
  const { t, f } = useWords();
  const words = useEventWords();
  const me = useKnownMe();
  if (events.length === 0) return null;
  return (
    <details className="history">
      <summary>
        {t.mention.history} ({f.number(events.length)})
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
