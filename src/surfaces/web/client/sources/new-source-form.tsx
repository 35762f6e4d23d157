import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { ConnectorInfo } from '../../api.ts';
import { api } from '../api-client.ts';
import { say } from '../hooks/notices.ts';
import { KEYS } from '../hooks/queries.ts';
import { failureWords } from '../i18n/failure-words.ts';
import { useWords } from '../i18n/index.tsx';
import { safeHref } from '../mention/author.ts';
import { go, hrefOf } from '../router.ts';
import { Icon } from '../ui/icon.tsx';
import { fieldsOf, optionsOf } from './fields.ts';
import { OptionField } from './option-field.tsx';
import { SCHEDULES, scheduleWords } from './schedules.ts';

/** The settings of a new source, drawn from what its connector says about itself. */
export function NewSourceForm({ connector }: { connector: ConnectorInfo }) {
  const { t, f } = useWords();
  const client = useQueryClient();
  const fields = useMemo(() => fieldsOf(connector.options), [connector]);
  const [texts, setTexts] = useState<Record<string, string>>({});
  const [name, setName] = useState('');
  const [id, setId] = useState<string>();
  const [schedule, setSchedule] = useState('');
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const suggested = id ?? idFrom(name, connector.id);

  const create = async (event: React.FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    try {
      const options = optionsOf(fields, texts);
      await api.addSource({
        connector: connector.id,
        id: suggested,
        options,
        ...(name.trim() && { name: name.trim() }),
        ...(schedule && { schedule }),
      });
      await Promise.all([KEYS.sources, KEYS.me].map((queryKey) => client.invalidateQueries({ queryKey })));
      say({ kind: 'done', text: t.sources.made(name.trim() || suggested) });
      go({ page: 'sources' });
    } catch (thrown) {
      setProblem(failureWords(thrown, t));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="source-form" onSubmit={(event) => void create(event)}>
      <p>
        <a href={hrefOf({ page: 'sources', add: '' })} className="sources-back">
          <Icon name="back" /> {t.sources.another}
        </a>
      </p>
      <h1>{connector.name}</h1>
      <p>{connector.summary}</p>
      <p className="small source-links">
        <OutLink href={connector.docs} text={t.sources.docs} />
        <OutLink href={connector.rules} text={t.sources.rules} />
      </p>
      <Secrets secrets={connector.secrets} />
      {problem && (
        <p className="source-message outside" role="alert">
          {problem}
        </p>
      )}
      <TextInput
        label={t.sources.name}
        description={t.sources.nameHint}
        value={name}
        maxLength={100}
        data-autofocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label={t.sources.id}
        description={t.sources.idHint}
        value={suggested}
        maxLength={60}
        spellCheck={false}
        onChange={(event) => setId(event.currentTarget.value)}
      />
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
            ...SCHEDULES.map((cron) => ({ value: cron, label: scheduleWords(cron, t, f) })),
          ]}
        />
      )}
      <div>
        <Button type="submit" loading={busy}>
          {t.sources.create}
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

/** A short id out of a name. Chinese names have no such letters: the connector's id stands in. */
function idFrom(name: string, connector: string): string {
  const id = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return id || connector;
}
