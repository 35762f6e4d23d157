import { Skeleton } from '@mantine/core';
import { useMay } from '../hooks/queries.ts';
import { useLate } from '../hooks/use-late.ts';
import { useWords } from '../i18n/index.tsx';
import { NotLoaded } from '../ui/not-loaded.tsx';
import { JobLine } from './job-line.tsx';
import { Measured } from './measured.tsx';
import { Models } from './models.tsx';
import { ReplayCard } from './replay-card.tsx';
import { Taught } from './taught.tsx';
import { useJob, useLearning } from './use-learning.ts';
import '../report/report.css';
import './learning.css';

/** What people taught, what was made of it, and what a change would do before anybody turns it on. */
export default function LearningPage() {
  const { t } = useWords();
  const may = useMay('settings');
  return (
    <main className="page" id="mention" tabIndex={-1}>
      <div className="page-inner learning">
        <h1>{t.learning.title}</h1>
        <p className="soft">{may ? t.learning.intro : t.settings.mayNot}</p>
        {may && <Content />}
      </div>
    </main>
  );
}

function Content() {
  const query = useLearning();
  const job = useJob();
  const late = useLate(query.isPending);
  const { data } = query;
  return (
    <>
      {late && <Skeleton height={240} />}
      <NotLoaded query={query} />
      {data && (
        <>
          <JobLine job={job} />
          <div className="cards">
            <Models learning={data} job={job} />
            <Taught taught={data.taught} />
            {data.measured && <Measured measured={data.measured} protectedTypes={data.protectedTypes} />}
            <ReplayCard challenger={data.challenger !== undefined} job={job} />
          </div>
        </>
      )}
    </>
  );
}
