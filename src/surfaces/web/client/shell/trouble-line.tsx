import { useLive } from '../hooks/live.ts';
import { useSources } from '../hooks/queries.ts';
import { useWords } from '../i18n/index.tsx';
import { otherWords } from '../i18n/other-words.ts';
import { hrefOf } from '../router.ts';
import { Icon } from '../ui/icon.tsx';
import './lines.css';

/** What is broken and what to do, at the top, as long as it is so. */
export function TroubleLine() {
  const { t, f, lang } = useWords();
  const { connected } = useLive();
  const { data: sources } = useSources();
  // A budget that is used up has a line of its own.
  const broken =
    sources?.filter(
      ({ enabled, status, spending, canary }) =>
        enabled && ((spending?.state !== 'used-up' && needsSomebody(status.state)) || canary?.verdict === 'deaf'),
    ) ?? [];
  const [first] = broken;
  return (
    <div role="status">
      {!connected && (
        <p className="line line-amber">
          <Icon name="urgent" /> {t.trouble.offline}
        </p>
      )}
      {connected && first && (
        <p className="line line-amber">
          <Icon name="urgent" />
          <span className="line-text">
            <strong>
              {broken.length === 1
                ? t.trouble.sourceBroken(first.name)
                : t.trouble.sourcesBroken(f.number(broken.length))}
            </strong>{' '}
            {broken.length === 1 ? (
              <bdi>
                {first.canary?.deafSince !== undefined && !needsSomebody(first.status.state)
                  ? t.sources.deafSince(f.dateTime(first.canary.deafSince))
                  : otherWords(first.status.message, first.messageIn, lang)}
              </bdi>
            ) : (
              <bdi>{f.list(broken.map(({ name }) => name))}</bdi>
            )}
          </span>
          <a href={hrefOf({ page: 'sources' })}>{t.trouble.look}</a>
        </p>
      )}
    </div>
  );
}

/** Being asked to wait is daily life; these states do not mend themselves, or not soon. */
function needsSomebody(state: string): boolean {
  return ['unauthorized', 'blocked', 'unavailable', 'bad-shape', 'paused'].includes(state);
}
