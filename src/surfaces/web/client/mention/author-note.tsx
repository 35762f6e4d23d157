import { useEffect, useRef, useState } from 'react';
import type { AuthorInfo, Detail } from '../../api.ts';
import { useAuthor } from '../hooks/queries.ts';
import { useKeys } from '../hooks/use-keys.ts';
import { useWords } from '../i18n/index.tsx';
import { shortcutOf } from '../keys/key-table.ts';
import { snippet } from '../queue/snippet.ts';
import { hrefOf } from '../router.ts';
import { Icon } from '../ui/icon.tsx';
import { KeyOf } from '../ui/key.tsx';
import { Ago } from '../ui/say-when.tsx';
import { useHref } from './use-href.ts';
import { useTypeTitle } from './use-type-title.ts';

/** What we know of the author from this platform, and from no other: how often they wrote, and what we answered. */
export function AuthorNote({ detail: { mention } }: { detail: Detail }) {
  const { t, f } = useWords();
  const author = useAuthor(mention.id);
  const [shown, setShown] = useState(false);
  const many = author ? Object.values(author.byState).reduce((sum, count) => sum + count, 0) : 0;
  const more = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (shown) more.current?.scrollIntoView({ block: 'nearest' });
  }, [shown]);
  useKeys({ author: many > 0 ? () => setShown(!shown) : undefined });
  if (mention.author.id === '' || !author) return null;
  const { posted = 0, dismissed = 0 } = author.byState;
  const waiting = many - posted - dismissed;
  return (
    <section className="author" aria-label={t.triage.author}>
      <p className="author-line">
        <strong>{t.triage.author}</strong>
        {many === 0 && <span className="soft">{t.triage.firstTime}</span>}
        {many > 0 && <span>{t.triage.others(many, f.number(many))}</span>}
        {posted > 0 && <span className="soft">{t.triage.answered(posted, f.number(posted))}</span>}
        {waiting > 0 && <span className="soft">{t.triage.waiting(waiting, f.number(waiting))}</span>}
        {dismissed > 0 && <span className="soft">{t.triage.dismissed(dismissed, f.number(dismissed))}</span>}
        {author.firstAt !== undefined && <span className="soft">{t.triage.since(f.dateTime(author.firstAt))}</span>}
        {author.judged === 'cleared' && <span className="tag">{t.triage.cleared}</span>}
        {many > 0 && (
          <button
            type="button"
            className="link-button"
            aria-expanded={shown}
            aria-keyshortcuts={shortcutOf('author')}
            onClick={() => setShown(!shown)}
          >
            {shown ? t.triage.hideAuthor : t.triage.showAuthor} <KeyOf action="author" />
          </button>
        )}
        <a href={hrefOf({ page: 'scams', account: { connector: mention.connector, authorId: mention.author.id } })}>
          <Icon name="shield" size={12} /> {t.scams.account}
        </a>
      </p>
      {shown && (
        <div ref={more} className="author-more">
          {author.answers.length > 0 && <Answers answers={author.answers.slice(0, 3)} />}
          <Others rows={author.rows} />
        </div>
      )}
    </section>
  );
}

function Answers({ answers }: { answers: AuthorInfo['answers'] }) {
  const { t, f } = useWords();
  const hrefTo = useHref();
  return (
    <section>
      <h3>{t.triage.lastAnswers}</h3>
      <ul>
        {answers.map(({ mentionId, text, approver, postedAt, url }) => {
          const href = hrefTo(url);
          return (
            <li key={`${mentionId}${postedAt}`}>
              <p className="outside author-answer" dir="auto">
                {text}
              </p>
              <p className="soft">
                <bdi>{approver}</bdi> · {f.dateTime(postedAt)}{' '}
                {href && (
                  <a href={href} target="_blank" rel="noreferrer noopener">
                    {t.mention.seeReply}
                  </a>
                )}
              </p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Others({ rows }: { rows: AuthorInfo['rows'] }) {
  const { t } = useWords();
  const title = useTypeTitle();
  return (
    <section>
      <h3>{t.triage.theirMentions}</h3>
      <ul>
        {rows.map(({ mention, assessment }) => (
          <li key={mention.id}>
            <a className="author-other" href={hrefOf({ page: 'inbox', view: 'all', id: mention.id, filters: {} })}>
              <span className="clip author-other-text" dir="auto">
                {snippet(mention.text) || t.queue.noText}
              </span>
              <span className="soft">
                <Ago at={mention.saidAt} /> · {t.states[mention.state]}
                {assessment && ` · ${title(assessment.problemType)}`}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
