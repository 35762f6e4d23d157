import { ActionIcon, Button } from '@mantine/core';
import { DraftPanel } from '../draft/draft-panel.tsx';
import { useMention } from '../hooks/queries.ts';
import { useLate } from '../hooks/use-late.ts';
import { failureWords } from '../i18n/failure-words.ts';
import { useWords } from '../i18n/index.tsx';
import { Icon } from '../ui/icon.tsx';
import { KeyOf } from '../ui/key.tsx';
import { SCROLLS } from '../ui/scrolls.ts';
import { AuthorNote } from './author-note.tsx';
import { Conversation } from './conversation.tsx';
import { History } from './history.tsx';
import { MentionHead } from './mention-head.tsx';
import { MentionSkeleton } from './mention-skeleton.tsx';
import { Notes } from './notes.tsx';
import { WhyNote } from './why-note.tsx';
import './mention.css';
import './low.css';

interface Props {
  id: string | undefined;
  /** On a phone: the way back to the queue. */
  onBack: (() => void) | undefined;
  queueEmpty: boolean;
}

/** One mention and everything about it: what was said above, the answer to it below, both always in sight. */
export function MentionPane({ id, onBack, queueEmpty }: Props) {
  const { t } = useWords();
  const { data, error, isPending, refetch } = useMention(id);
  const late = useLate(id !== undefined && isPending);
  return (
    <main id="mention" className="mention" tabIndex={-1} aria-label={t.mention.title}>
      {onBack && (
        <div className="mention-back">
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t.back} onClick={onBack}>
            <Icon name="back" size={20} />
          </ActionIcon>
          {data && <MentionHead detail={data} />}
        </div>
      )}
      {id === undefined && !queueEmpty && (
        <div className="mention-none soft">
          <p>{t.empty.pick}</p>
          <p>
            <KeyOf action="next" />
          </p>
        </div>
      )}
      {error && !data && (
        <div className="mention-none" role="alert">
          <p>{failureWords(error, t)}</p>
          <Button variant="default" size="xs" onClick={() => void refetch()}>
            {t.tryAgain}
          </Button>
        </div>
      )}
      {late && <MentionSkeleton />}
      {data && (
        <>
          <section className="mention-read" aria-label={t.mention.title} {...SCROLLS}>
            {!onBack && <MentionHead detail={data} />}
            <Conversation detail={data} />
            <WhyNote detail={data} />
            <Notes detail={data} />
            <AuthorNote detail={data} />
            <History events={data.history} />
          </section>
          <DraftPanel detail={data} />
        </>
      )}
    </main>
  );
}
