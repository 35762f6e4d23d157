import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type ReactNode, useMemo, useState } from 'react';
import type { ConnectorInfo } from '../../api.ts';
import { api } from '../api-client.ts';
import { failureWords } from '../i18n/failure-words.ts';
import { useWords } from '../i18n/index.tsx';
import { otherWords } from '../i18n/other-words.ts';
import { safeHref } from '../mention/author.ts';
import { Icon } from '../ui/icon.tsx';
import { fieldsOf, optionsOf } from './fields.ts';
import { OptionField } from './option-field.tsx';
import { SCHEDULES, scheduleWords } from './schedules.ts';

/** What a person said about a source, as the API takes it. */
export interface SourceSaid {
  options: Record<string, unknown>;
  name?: string;
  schedule?: string;
}

interface Props {
  connector: ConnectorInfo;
  back: ReactNode;
  /** The id it has or will have; the field that chooses it, where it is still to be chosen. */
  idFor(name: string): string;
  idField?(name: string): ReactNode;
  start: { name: string; schedule: string; texts: Record<string, string> };
  saveLabel: string;
  /** What it throws is said above the form. */
  onSave(said: SourceSaid): Promise<void>;
}

/** The settings of a source, drawn from what its connector says about itself, and tried before they are saved. */
export function SourceForm({ connector, back, idFor, idField, start, saveLabel, onSave }: Props) {
  const { t, f, lang } = useWords();
  const fields = useMemo(() => fieldsOf(connector.options), [connector]);
  const [texts, setTexts] = useState(start.texts);
  const [name, setName] = useState(start.name);
  const [schedule, setSchedule] = useState(start.schedule);
  const [problem, setProblem] = useState<string>();
  const [tried, setTried] = useState<{ ok: boolean; text: string }>();
  const [busy, setBusy] = useState<'save' | 'try'>();
  const schedules = [...new Set([...SCHEDULES, ...(start.schedule ? [start.schedule] : [])])];

  const run = async (what: 'save' | 'try', work: () => Promise<void>) => {
    setBusy(what);
    setProblem(undefined);
    setTried(undefined);
    try {
      await work();
    } catch (thrown) {
      setProblem(failureWords(thrown, t));
    } finally {
      setBusy(undefined);
    }
  };
  const save = () =>
    run('save', () =>
      onSave({
        options: optionsOf(fields, texts),
        ...(name.trim() && { name: name.trim() }),
        ...(schedule && { schedule }),
      }),
    );
  const tryIt = () =>
    run('try', async () => {
      const options = optionsOf(fields, texts);
      const said = await api.trySource({ connector: connector.id, id: idFor(name), options });
      setTried({ ok: said.ok, text: otherWords(said.message, said.messageIn, lang) || t.sources.works });
    });
  return (
    <form
      className="source-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <p>{back}</p>
      <h1>{connector.name}</h1>
      <p>{connector.summary}</p>
      <p className="small source-links">
        <OutLink href={connector.docs} text={t.sources.docs} />
        <OutLink href={connector.rules} text={t.sources.rules} />
      </p>
      <Secrets secrets={connector.secrets} />
      <TextInput
        label={t.sources.name}
        description={t.sources.nameHint}
        value={name}
        maxLength={100}
        data-autofocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {idField?.(name)}
      {fields.map((field) => (
        <OptionField
          key={field.name}
          field={field}
          value={texts[field.name] ?? field.start}
          onChange={(text) => setTexts({ ...texts, [field.name]: text })}
        />
      ))}
      {connector.can.pull && (
        <NativeSelect
          label={t.sources.scheduleField}
          value={schedule}
          onChange={(event) => setSchedule(event.currentTarget.value)}
          data={[
            { value: '', label: t.sources.usual },
            ...schedules.map((cron) => ({ value: cron, label: scheduleWords(cron, t, f) })),
          ]}
        />
      )}
      {/* Beside the buttons: whoever pressed one looks here, however long the form is. */}
      {problem && (
        <p className="source-message outside" role="alert">
          {problem}
        </p>
      )}
      <p role="status" className={tried && !tried.ok ? 'source-message outside' : 'outside'} dir="auto">
        {tried?.text}
      </p>
      <div className="source-actions">
        <Button type="submit" loading={busy === 'save'}>
          {saveLabel}
        </Button>
        <Button variant="default" loading={busy === 'try'} onClick={() => void tryIt()}>
          {t.sources.test}
        </Button>
      </div>
    </form>
  );
}

function Secrets({ secrets }: Pick<ConnectorInfo, 'secrets'>) {
  const { t } = useWords();
  const all = Object.values(secrets);
  if (all.length === 0) return null;
  return (
    <div className="source-secrets">
      <p>{t.sources.needs}</p>
      <ul>
        {all.map(({ env, describe, optional }) => (
          <li key={env}>
            <code>{env}</code> — {describe} {optional && <span className="soft">({t.sources.optional})</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}

function OutLink({ href, text }: { href: string; text: string }) {
  const safe = safeHref(href);
  return safe ? (
    <a href={safe} target="_blank" rel="noreferrer noopener">
      {text} <Icon name="open" size={13} />
    </a>
  ) : null;
}
