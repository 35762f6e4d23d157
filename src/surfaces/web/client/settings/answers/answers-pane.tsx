import { Button, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReplyLanguage } from '../../../../../core/nouns.ts';
import type { AnswerInfo } from '../../../answer-api.ts';
import { api } from '../../api-client.ts';
import { KEYS, useMay } from '../../hooks/queries.ts';
import { useWords } from '../../i18n/index.tsx';
import { NotLoaded } from '../../ui/not-loaded.tsx';
import '../templates/templates.css';
import { AnswerCard } from './answer-card.tsx';
import { AnswerForm } from './answer-form.tsx';

const LANGUAGES: readonly ReplyLanguage[] = ['en', 'zh-Hans', 'zh-Hant'];

/** What members are told without a person in between: proposed, checked, approved by name, and withdrawn. */
export function AnswersPane() {
  const { t, f, lang: page } = useWords();
  const may = useMay('draft');
  const [lang, setLang] = useState<ReplyLanguage>(page);
  const [owner, setOwner] = useState('');
  const [writing, setWriting] = useState(false);
  const query = useQuery({ queryKey: KEYS.answers, queryFn: api.answers });
  const { data } = query;
  const approved = data?.filter(({ state }) => state === 'approved').length ?? 0;
  const shown = data?.filter(({ check }) => owner === '' || check?.owner === owner);
  const overdue = shown?.filter(({ check }) => check?.overdue).length ?? 0;
  return (
    <section className="templates">
      <div className="template-top">
        <h2>{t.settings.sections.standingAnswers}</h2>
        {may && !writing && (
          <Button size="xs" variant="default" onClick={() => setWriting(true)}>
            {t.answers.write}
          </Button>
        )}
      </div>
      <p className="soft">{t.answers.intro}</p>
      <NotLoaded query={query} />
      {writing && <AnswerForm id={undefined} start={undefined} onDone={() => setWriting(false)} />}
      {data && (
        <div className="templates-choice">
          <NativeSelect
            label={t.queue.language}
            value={lang}
            data={LANGUAGES.map((one) => ({ value: one, label: t.settings.choices[one] ?? one }))}
            onChange={(event) => setLang(event.currentTarget.value as ReplyLanguage)}
          />
          <NativeSelect
            label={t.answers.whose}
            value={owner}
            data={[
              { value: '', label: t.answers.everybody },
              ...[...new Set(data.flatMap(({ check }) => check?.owner ?? []))].sort(),
            ]}
            onChange={(event) => setOwner(event.currentTarget.value)}
          />
          <p className="soft small answers-count">{t.answers.count(f.number(approved), f.number(data.length))}</p>
        </div>
      )}
      {overdue > 0 && (
        <p className="template-note" role="note">
          {t.answers.overdueCount(overdue, f.number(overdue))}
        </p>
      )}
      <ul className="templates-list">
        {shown?.toSorted(waitingFirst).map((answer) => (
          <AnswerCard key={answer.id} answer={answer} lang={lang} />
        ))}
      </ul>
    </section>
  );
}

/** What asks for somebody comes first. */
function waitingFirst(one: AnswerInfo, other: AnswerInfo): number {
  const rank = ({ proposal, state, check }: AnswerInfo) =>
    proposal ? 0 : check?.overdue ? 1 : state === 'changed' ? 2 : 3;
  return rank(one) - rank(other);
}
