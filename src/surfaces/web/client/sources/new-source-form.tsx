import { TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ConnectorInfo } from '../../api.ts';
import { api } from '../api-client.ts';
import { say } from '../hooks/notices.ts';
import { KEYS } from '../hooks/queries.ts';
import { useWords } from '../i18n/index.tsx';
import { go, hrefOf } from '../router.ts';
import { Icon } from '../ui/icon.tsx';
import { SourceForm } from './source-form.tsx';

const NOTHING_YET = { name: '', schedule: '', texts: {} };

/** The form of a source that is not there yet. Its id is suggested by its name, and never changes after. */
export function NewSourceForm({ connector }: { connector: ConnectorInfo }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [chosen, setChosen] = useState<string>();
  const idFor = (name: string) => chosen ?? idFrom(name, connector.id);
  return (
    <SourceForm
      connector={connector}
      back={
        <a href={hrefOf({ page: 'sources', add: '' })} className="sources-back">
          <Icon name="back" /> {t.sources.another}
        </a>
      }
      idFor={idFor}
      idField={(name) => (
        <TextInput
          label={t.sources.id}
          description={t.sources.idHint}
          value={idFor(name)}
          maxLength={60}
          spellCheck={false}
          onChange={(event) => setChosen(event.currentTarget.value)}
        />
      )}
      start={NOTHING_YET}
      saveLabel={t.sources.create}
      onSave={async (said) => {
        const id = idFor(said.name ?? '');
        await api.addSource({ connector: connector.id, id, ...said });
        await Promise.all([KEYS.sources, KEYS.me].map((queryKey) => client.invalidateQueries({ queryKey })));
        say({ kind: 'done', text: t.sources.made(said.name ?? id) });
        go({ page: 'sources' });
      }}
    />
  );
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
