import { Button, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { WrittenAnswer } from '../../../answer-api.ts';
import { api } from '../../api-client.ts';
import { useWords } from '../../i18n/index.tsx';
import { textFaultWords } from '../../i18n/text-faults.ts';
import { useKept } from '../../ui/kept.ts';
import { FailedChecks } from './failed-checks.tsx';
import { useAnswerSteps } from './use-answer-steps.ts';

const EMPTY: WrittenAnswer = { en: { title: '', text: '' }, 'zh-Hans': { title: '', text: '' } };
const PAUSE_MS = 400;

interface Props {
  /** Undefined: a new one. */
  id: string | undefined;
  start: WrittenAnswer | undefined;
  onDone(): void;
}

/** Proposes the words of an answer, in both languages at once, under the eyes of the guard rails. */
export function AnswerForm({ id, start = EMPTY, onDone }: Props) {
  const { t, lang: page } = useWords();
  const step = useAnswerSteps();
  const [kept, keep] = useKept<WrittenAnswer>(`answer.${id ?? ''}`);
  const [busy, setBusy] = useState(false);
  const written = kept ?? start;
  const [settled] = useDebouncedValue(written, PAUSE_MS);
  const full = Object.values(settled).every(({ title, text }) => title.trim() !== '' && text.trim() !== '');
  const asked = { ...(id !== undefined && { id }), ...settled };
  const { data } = useQuery({
    queryKey: ['answer-try', asked],
    queryFn: ({ signal }) => api.tryAnswer(asked, signal),
    enabled: full,
    placeholderData: keepPreviousData,
    gcTime: 10_000,
  });
  const close = () => {
    keep(undefined);
    onDone();
  };
  const propose = async (event: React.FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const done = await step(
      () => api.proposeAnswer({ ...(id !== undefined && { id }), ...written }),
      t.answers.proposed,
    );
    setBusy(false);
    if (done) close();
  };
  return (
    <form
      className={id === undefined ? 'template template-editor' : 'template-editor'}
      onSubmit={(event) => void propose(event)}
    >
      <p className="small soft">{t.answers.howTo}</p>
      {(['en', 'zh-Hans'] as const).map((lang) => (
        <fieldset key={lang} className="settings-group">
          <legend>{lang === 'en' ? t.settings.templates.english : t.settings.templates.chinese}</legend>
          <TextInput
            label={t.settings.templates.titleField}
            required
            lang={lang}
            value={written[lang].title}
            onChange={(event) => keep({ ...written, [lang]: { ...written[lang], title: event.currentTarget.value } })}
          />
          <Textarea
            label={t.settings.templates.textField}
            required
            autosize
            minRows={5}
            maxRows={20}
            lang={lang}
            value={written[lang].text}
            onChange={(event) => keep({ ...written, [lang]: { ...written[lang], text: event.currentTarget.value } })}
          />
        </fieldset>
      ))}
      {data?.fault !== undefined && (
        <p className="template-note" role="alert">
          {textFaultWords(data.fault, page)}
        </p>
      )}
      <FailedChecks failed={data?.failed ?? []} />
      <div className="settings-save">
        <Button type="submit" loading={busy} disabled={kept === undefined}>
          {t.answers.propose}
        </Button>
        <Button variant="default" onClick={close}>
          {t.settings.discard}
        </Button>
      </div>
    </form>
  );
}
