import { Button, Skeleton } from '@mantine/core';
import { useSources } from '../hooks/queries.ts';
import { useLate } from '../hooks/use-late.ts';
import { useWords } from '../i18n/index.tsx';
import { hrefOf } from '../router.ts';
import { NotLoaded } from '../ui/not-loaded.tsx';
import { AddSource } from './add-source.tsx';
import { SourceCard } from './source-card.tsx';
import './sources.css';

/** Where Earshot listens. `add` is set while a source is being added: the connector's id, or empty to choose one. */
export default function SourcesPage({ add }: { add: string | undefined }) {
  const { t } = useWords();
  const query = useSources();
  const { data: sources, isPending } = query;
  const late = useLate(isPending);
  return (
    <main className="page" id="mention" tabIndex={-1}>
      <div className="page-inner">
        {add !== undefined ? (
          <AddSource connectorId={add} />
        ) : (
          <>
            <div className="page-top">
              <div>
                <h1>{t.sources.title}</h1>
                <p className="soft">{t.sources.intro}</p>
              </div>
              <Button component="a" href={hrefOf({ page: 'sources', add: '' })}>
                {t.sources.add}
              </Button>
            </div>
            {late && <Skeleton height={120} />}
            <NotLoaded query={query} />
            {sources?.length === 0 && (
              <div className="sources-none">
                <h2>{t.sources.none}</h2>
                <p className="soft">{t.sources.noneHint}</p>
              </div>
            )}
            <ul className="sources-list">
              {sources?.map((source) => (
                <SourceCard key={source.id} source={source} />
              ))}
            </ul>
          </>
        )}
      </div>
    </main>
  );
}
