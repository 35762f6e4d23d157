import { Skeleton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ConnectorInfo, SourceSettings } from '../../api.ts';
import { api } from '../api-client.ts';
import { say } from '../hooks/notices.ts';
import { KEYS, useConnectors } from '../hooks/queries.ts';
import { useLate } from '../hooks/use-late.ts';
import { useWords } from '../i18n/index.tsx';
import { go, hrefOf } from '../router.ts';
import { Icon } from '../ui/icon.tsx';
import { NotLoaded } from '../ui/not-loaded.tsx';
import { fieldsOf, textsOf } from './fields.ts';
import { inWords } from './in-words.ts';
import { SourceForm } from './source-form.tsx';

/** What was set about a source, to be set anew. Where it reads on from stays. */
export function ChangeSource({ id }: { id: string }) {
  const { lang } = useWords();
  const { data: connectors } = useConnectors();
  // Read once: what somebody is writing over is not exchanged below their hands.
  const query = useQuery({
    queryKey: [...KEYS.sources, id],
    queryFn: () => api.sourceSettings(id),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const { data: settings, isPending } = query;
  const late = useLate(isPending);
  const connector = connectors?.find((one) => one.id === settings?.connector);
  return (
    <>
      {late && <Skeleton height={240} />}
      <NotLoaded query={query} />
      {settings && connector && <ChangeForm id={id} connector={inWords(connector, lang)} settings={settings} />}
    </>
  );
}

interface Props {
  id: string;
  connector: ConnectorInfo;
  settings: SourceSettings;
}

function ChangeForm({ id, connector, settings }: Props) {
  const { t } = useWords();
  const client = useQueryClient();
  const { name = '', schedule = '', enabled } = settings;
  return (
    <SourceForm
      connector={connector}
      back={
        <a href={hrefOf({ page: 'sources' })} className="sources-back">
          <Icon name="back" /> {t.sources.title}
        </a>
      }
      idFor={() => id}
      start={{ name, schedule, texts: textsOf(fieldsOf(connector.options), settings.options) }}
      saveLabel={t.sources.save}
      onSave={async (said) => {
        await api.changeSource(id, { before: settings, after: { enabled, ...said } });
        await client.invalidateQueries({ queryKey: KEYS.sources, exact: true });
        say({ kind: 'done', text: t.sources.changed(said.name ?? id) });
        go({ page: 'sources' });
      }}
    />
  );
}
