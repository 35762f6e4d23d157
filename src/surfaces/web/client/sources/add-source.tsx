import { useConnectors } from '../hooks/queries.ts';
import { useWords } from '../i18n/index.tsx';
import { hrefOf } from '../router.ts';
import { Icon } from '../ui/icon.tsx';
import { inWords } from './in-words.ts';
import { NewSourceForm } from './new-source-form.tsx';

/** First what to listen to, then its settings. */
export function AddSource({ connectorId }: { connectorId: string }) {
  const { t, lang } = useWords();
  const { data } = useConnectors();
  const connectors = data?.map((connector) => inWords(connector, lang));
  const chosen = connectors?.find(({ id }) => id === connectorId);
  if (chosen) return <NewSourceForm key={chosen.id} connector={chosen} />;
  return (
    <>
      <p>
        <a href={hrefOf({ page: 'sources' })} className="sources-back">
          <Icon name="back" /> {t.sources.title}
        </a>
      </p>
      <h1>{t.sources.choose}</h1>
      <ul className="connectors">
        {connectors
          ?.filter(({ status }) => status !== 'retired')
          .map((connector) => (
            <li key={connector.id}>
              <a href={hrefOf({ page: 'sources', add: connector.id })}>
                <strong>{connector.name}</strong>
                {connector.status === 'experimental' && <span className="tag tag-amber">{t.sources.experimental}</span>}
                <span className="connector-summary">{connector.summary}</span>
                <span className="soft small">
                  {connector.can.reply === 'by-hand' ? t.sources.replies['by-hand'] : t.sources.replies.api}
                </span>
              </a>
            </li>
          ))}
      </ul>
    </>
  );
}
