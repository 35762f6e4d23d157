import { useState } from 'react';
import type { Detail } from '../../api.ts';
import { useKeys } from '../hooks/use-keys.ts';
import { useWords } from '../i18n/index.tsx';
import { shortcutOf } from '../keys/key-table.ts';
import { ScammerTag } from '../scams/scammer-tag.tsx';
import { KeyOf } from '../ui/key.tsx';
import { Ago } from '../ui/say-when.tsx';
import { Attachments } from './attachments.tsx';
import { authorName } from './author.ts';
import { MarkedText } from './marked-text.tsx';

/** Earlier and later messages beyond these are folded: the mention is what the eye should meet. */
const NEAR = 2;

/** The thread as far as we hold it, with the mention in its place. */
export function Conversation({ detail }: { detail: Detail }) {
  const { t } = useWords();
  const { mention, assessment, conversation } = detail;
  const at = conversation.findIndex(({ id }) => id === mention.id);
  const before = at > 0 ? conversation.slice(0, at) : [];
  const after = at >= 0 ? conversation.slice(at + 1) : [];
  const alone = before.length + after.length === 0;
  const [all, setAll] = useState(false);
  useKeys({ thread: () => setAll(!all) });
  const fold = { all, toggle: () => setAll(!all) };
  return (
    <section className={alone ? 'thread thread-alone' : 'thread'} aria-label={t.mention.conversation}>
      <Others messages={before} keep="last" {...fold} />
      <article className="thread-this" aria-label={t.mention.thisOne}>
        <MarkedText mentionId={mention.id} text={mention.text} assessment={assessment} />
        <Attachments mentionId={mention.id} attachments={mention.attachments} />
      </article>
      <Others messages={after} keep="first" {...fold} />
    </section>
  );
}

interface OthersProps {
  messages: Detail['conversation'];
  keep: 'first' | 'last';
  all: boolean;
  toggle(): void;
}

function Others({ messages, keep, all, toggle }: OthersProps) {
  const { t, f } = useWords();
  if (messages.length === 0) return null;
  const near = keep === 'last' ? messages.slice(-NEAR) : messages.slice(0, NEAR);
  const shown = all ? messages : near;
  const unfold = messages.length > near.length && (
    <button
      type="button"
      className="link-button small"
      aria-expanded={all}
      aria-keyshortcuts={shortcutOf('thread')}
      onClick={toggle}
    >
      {all ? t.mention.showLess : `${t.mention.showAll} (${f.number(messages.length)})`} <KeyOf action="thread" />
    </button>
  );
  return (
    <>
      {keep === 'last' && unfold}
      <ol className="thread-others">
        {shown.map((message) => (
          <li key={message.id}>
            <p className="small soft">
              <bdi className="thread-name">{authorName(message) ?? t.queue.noAuthor}</bdi>{' '}
              <ScammerTag mention={message} /> · <Ago at={message.saidAt} />
            </p>
            <p className="outside thread-text" dir="auto">
              {message.text}
            </p>
          </li>
        ))}
      </ol>
      {keep === 'first' && unfold}
    </>
  );
}
