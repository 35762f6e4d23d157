import { UnstyledButton } from '@mantine/core';
import { useMemo } from 'react';
import { letterKeys } from '../../../../../stages/review/letter-keys.ts';
import type { Detail } from '../../../api.ts';
import { useKnownMe } from '../../hooks/queries.ts';
import { useWords } from '../../i18n/index.tsx';
import { useInbox } from '../../inbox/context.ts';
import { shortcutOf } from '../../keys/key-table.ts';
import { useTypeTitle } from '../../mention/use-type-title.ts';
import { Icon } from '../../ui/icon.tsx';
import { KeyOf } from '../../ui/key.tsx';
import { PickMenu } from './pick-menu.tsx';

/** The problem type and how sure it is; pressed, what it really is: that changes the draft and teaches the classifier. */
export function CorrectMenu({ detail: { mention, assessment, history }, detail }: { detail: Detail }) {
  const { t, f, lang } = useWords();
  const { decide, menu, setMenu } = useInbox();
  const { problemTypes } = useKnownMe();
  const title = useTypeTitle();
  const keys = useMemo(() => letterKeys(problemTypes.map(({ id }) => id)), [problemTypes]);
  if (!assessment) return <span className="tag tag-amber">{t.mention.noType}</span>;
  const { problemType, confidence, unsure } = assessment;
  // A model is never entirely sure, and should not be shown so.
  const share = f.percent(Math.min(confidence, 0.99));
  // What a person says is not a guess, and has a name instead of a share.
  const person = confidence === 1 ? history.findLast(({ action }) => action === 'corrected')?.actor : undefined;
  const sure = person === undefined ? t.mention.confidence(share) : t.mention.setBy(person);
  const settled = ['posted', 'sending', 'approved', 'by-hand', 'unsure'].includes(mention.state);
  const words = (
    <>
      {unsure && <Icon name="unsure" size={12} />}
      <strong>{title(problemType)}</strong>
      {unsure ? t.mention.unsure(share) : sure}
    </>
  );
  const look = unsure ? 'tag tag-amber' : 'tag';
  if (settled) return <span className={look}>{words}</span>;
  return (
    <PickMenu
      name="correct"
      label={t.act.correct}
      title={t.act.correctTitle}
      position="bottom-start"
      choices={problemTypes.map(({ id, title: titles, meaning }) => ({
        id,
        label: titles[lang],
        key: keys.get(id) ?? '',
        hint: meaning,
        current: problemType === id,
      }))}
      onPick={(wanted) => void decide(detail, 'correct', { problemType: wanted })}
      target={
        <UnstyledButton
          className={`${look} tag-button`}
          aria-keyshortcuts={shortcutOf('correct')}
          title={t.act.correct}
          onClick={() => setMenu(menu === 'correct' ? undefined : 'correct')}
        >
          {words}
          <Icon name="down" size={12} />
          <KeyOf action="correct" />
        </UnstyledButton>
      }
    />
  );
}
