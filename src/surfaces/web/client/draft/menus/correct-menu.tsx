import { useMemo } from 'react';
import type { Detail } from '../../../api.ts';
import { useKnownMe } from '../../hooks/queries.ts';
import { useWords } from '../../i18n/index.tsx';
import { useInbox } from '../../inbox/context.ts';
import { letterKeys } from './letter-keys.ts';
import { PickMenu } from './pick-menu.tsx';

/** What the problem really is: it changes the draft, and teaches the classifier. */
export function CorrectMenu({ detail }: { detail: Detail }) {
  const { t, lang } = useWords();
  const { decide } = useInbox();
  const { problemTypes } = useKnownMe();
  const keys = useMemo(() => letterKeys(problemTypes.map(({ id }) => id)), [problemTypes]);
  return (
    <PickMenu
      name="correct"
      hotkey="c"
      icon="tag"
      label={t.act.correct}
      title={t.act.correctTitle}
      choices={problemTypes.map(({ id, title, meaning }) => ({
        id,
        label: title[lang],
        key: keys.get(id) ?? '',
        hint: meaning,
        current: detail.assessment?.problemType === id,
      }))}
      onPick={(problemType) => void decide(detail, 'correct', { problemType })}
    />
  );
}
