import { Button, Checkbox, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SettingsSection } from '../../../settings-api.ts';
import { api } from '../../api-client.ts';
import { say } from '../../hooks/notices.ts';
import { useKnownMe } from '../../hooks/queries.ts';
import { failureWords } from '../../i18n/failure-words.ts';
import { useWords } from '../../i18n/index.tsx';
import { useKept } from '../../ui/kept.ts';
import { faultsOf } from '../form/faults.ts';
import { faultWords } from '../form/labels.ts';
import { useSettled, useVersions } from '../use-settings.ts';
import { NoticePreviews } from './notice-previews.tsx';
import '../templates/templates.css';

export interface Notice {
  en: string;
  zh: string;
  until?: string;
  problemTypes?: string[];
}

const EMPTY: Notice = { en: '', zh: '' };
const PAUSE_MS = 350;

/** What is known to be wrong: announced, changed and ended on one screen, as it will read. */
export function NoticePane({ section }: { section: SettingsSection }) {
  const { t, lang } = useWords();
  const settled = useSettled();
  const current = section.value as Notice | undefined;
  const [kept, keep] = useKept<Notice>('settings.notice');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const notice = kept ?? current ?? EMPTY;
  const [typed] = useDebouncedValue(notice, PAUSE_MS);
  const { data } = useQuery({
    queryKey: ['notice-preview', typed.en, typed.zh],
    queryFn: ({ signal }) => api.previewNotice({ en: typed.en, zh: typed.zh }, signal),
    placeholderData: keepPreviousData,
    gcTime: 10_000,
  });
  const save = async (value: Notice | undefined, done: string) => {
    setBusy(true);
    try {
      const now = await api.changeSettings('notice', {
        ...(current !== undefined && { before: current }),
        ...(value !== undefined && { value }),
      });
      keep(undefined);
      setProblem(undefined);
      await settled(now);
      say({ kind: 'done', text: done });
    } catch (thrown) {
      const faults = faultsOf(thrown);
      setProblem(faults[0] ? faultWords(lang, faults[0].message) : failureWords(thrown, t));
    } finally {
      setBusy(false);
    }
  };
  const announce = (event: React.FormEvent) => {
    event.preventDefault();
    void save(notice, t.notice.announced);
  };
  return (
    <form className="settings-form" onSubmit={announce}>
      <h2>{t.settings.sections.notice}</h2>
      <p className="soft">{t.notice.intro}</p>
      <Standing current={current} busy={busy} onEnd={() => void save(undefined, t.notice.ended)} />
      {problem && (
        <p className="template-note outside" role="alert">
          {problem}
        </p>
      )}
      <Textarea
        label={t.notice.en}
        required
        autosize
        minRows={2}
        lang="en"
        placeholder={t.notice.example}
        value={notice.en}
        onChange={(event) => keep({ ...notice, en: event.currentTarget.value })}
      />
      <Textarea
        label={t.notice.zh}
        required
        autosize
        minRows={2}
        lang="zh-Hans"
        placeholder={t.notice.exampleZh}
        value={notice.zh}
        onChange={(event) => keep({ ...notice, zh: event.currentTarget.value })}
      />
      <Until notice={notice} onChange={keep} />
      <About notice={notice} onChange={keep} />
      <div className="settings-save">
        <Button type="submit" loading={busy} disabled={kept === undefined}>
          {current ? t.settings.save : t.notice.announce}
        </Button>
        {kept !== undefined && (
          <Button variant="default" onClick={() => keep(undefined)}>
            {t.settings.discard}
          </Button>
        )}
      </div>
      <NoticePreviews previews={data} />
    </form>
  );
}

/** What holds at this moment, since when and by whom, with the way to end it. */
function Standing({ current, busy, onEnd }: { current: Notice | undefined; busy: boolean; onEnd(): void }) {
  const { t, f } = useWords();
  const { data } = useVersions();
  if (!current) return <p className="notice-none">{t.notice.none}</p>;
  const over = current.until !== undefined && Date.parse(current.until) <= Date.now();
  const made = data?.find(({ difference }) =>
    difference.some(({ path }) => path === 'notice' || path.startsWith('notice.')),
  );
  const first = data?.find(({ difference }) => difference.some(({ path }) => path === 'notice'));
  const since = first ?? made;
  return (
    <section className="notice-standing" aria-label={t.settings.sections.notice}>
      <span className={over ? 'tag' : 'tag tag-amber'}>{over ? t.notice.over : t.notice.holds}</span>
      {since && (
        <span className="small soft outside">{t.notice.since(f.dateTime(Date.parse(since.at)), since.by)}</span>
      )}
      {current.until && <span className="small soft">{t.notice.until(f.dateTime(Date.parse(current.until)))}</span>}
      <Button size="xs" variant="default" loading={busy} onClick={onEnd}>
        {t.notice.end}
      </Button>
    </section>
  );
}

interface FieldProps {
  notice: Notice;
  onChange(notice: Notice): void;
}

/** In the clock of whoever looks; kept with its zone. */
function Until({ notice, onChange }: FieldProps) {
  const { t } = useWords();
  const { until: _, ...others } = notice;
  const set = (local: string) =>
    onChange(local === '' ? others : { ...others, until: new Date(local).toISOString().replace(/\.\d+Z$/, 'Z') });
  return (
    <TextInput
      className="settings-short"
      type="datetime-local"
      label={t.notice.endsAt}
      description={t.notice.endsHint}
      value={notice.until === undefined ? '' : localTime(notice.until)}
      onChange={(event) => set(event.currentTarget.value)}
    />
  );
}

function localTime(iso: string): string {
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function About({ notice, onChange }: FieldProps) {
  const { t, lang } = useWords();
  const { problemTypes } = useKnownMe();
  const { problemTypes: chosen, ...others } = notice;
  const usual = problemTypes.filter(({ lane }) => lane === 'general').map(({ id }) => id);
  return (
    <fieldset className="settings-group">
      <legend>{t.notice.about}</legend>
      <Checkbox
        label={t.notice.aboutAll}
        checked={chosen === undefined}
        onChange={(event) => onChange(event.currentTarget.checked ? others : { ...others, problemTypes: usual })}
      />
      {chosen !== undefined && (
        <div className="notice-types">
          {problemTypes.map(({ id, title }) => (
            <Checkbox
              key={id}
              label={title[lang]}
              checked={chosen.includes(id)}
              onChange={(event) =>
                onChange({
                  ...others,
                  problemTypes: event.currentTarget.checked ? [...chosen, id] : chosen.filter((one) => one !== id),
                })
              }
            />
          ))}
        </div>
      )}
    </fieldset>
  );
}
