import { Button, Skeleton } from '@mantine/core';
import { useMay, useSources } from '../hooks/queries.ts';
import { useLate } from '../hooks/use-late.ts';
import { useWords } from '../i18n/index.tsx';
import { hrefOf } from '../router.ts';
import { NotLoaded } from '../ui/not-loaded.tsx';
import { AddSource } from './add-source.tsx';
import { ChangeSource } from './change-source.tsx';
import { SourceCard } from './source-card.tsx';
import './sources.css';

/** Where Earshot listens. `add` is set while a source is being added: the connector's id, or empty to choose one; `edit` while one is changed. */
export default function SourcesPage({ add, edit }: { add: string | undefined; edit: string | undefined }) {
  return (
    <main className="page" id="mention" tabIndex={-1}>
      <div className="page-inner">
        {add !== undefined && <AddSource connectorId={add} />}
        {edit !== undefined && <ChangeSource key={edit} id={edit} />}
        {add === undefined && edit === undefined && <SourceList />}
      </div>
    </main>
  );
}

function SourceList() {
  const { t } = useWords();
  const mayChange = useMay('settings');
  const query = useSources();
  const { data: sources, isPending } = query;
  const late = useLate(isPending);
  return (
    <>
      <div className="page-top">
        <div>
          <h1>{t.sources.title}</h1>
          <p className="soft">{t.sources.intro}</p>
        </div>
        {mayChange && (
          <Button component="a" href={hrefOf({ page: 'sources', add: '' })}>
            {t.sources.add}
          </Button>
        )}
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
          <SourceCard key={source.id} source={source} mayChange={mayChange} />
        ))}
      </ul>
    </>
  );
}
