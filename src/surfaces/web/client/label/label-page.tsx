import { Skeleton } from '@mantine/core';
import { useUncertain } from '../hooks/queries.ts';
import { useLate } from '../hooks/use-late.ts';
import { useWords } from '../i18n/index.tsx';
import { NotLoaded } from '../ui/not-loaded.tsx';
import { Labelling } from './labelling.tsx';
import './label.css';

/** The mentions that the classifier is least certain of, to be labelled by a person, one key each. */
export default function LabelPage() {
  const { t } = useWords();
  const query = useUncertain();
  const { data, isPending, refetch, dataUpdatedAt } = query;
  const late = useLate(isPending);
  return (
    <main className="page" id="mention" tabIndex={-1}>
      <div className="page-inner label">
        <h1>{t.label.title}</h1>
        <p className="soft">{t.label.intro}</p>
        {late && <Skeleton height={240} />}
        <NotLoaded query={query} />
        {data && <Labelling key={dataUpdatedAt} rows={data.rows} more={() => void refetch()} />}
      </div>
    </main>
  );
}
