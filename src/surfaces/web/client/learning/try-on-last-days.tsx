import { Button } from '@mantine/core';
import { useState } from 'react';
import type { JobAsked } from '../../learning-api.ts';
import { useWords } from '../i18n/index.tsx';
import { JobLine } from './job-line.tsx';
import { ReplayResult } from './replay-result.tsx';
import { isRunning, useJob, useSteps } from './use-learning.ts';

const DAYS = 7;

type Change = NonNullable<Extract<JobAsked, { kind: 'replay' }>['change']>;

/** Runs a change that nobody saved over the mentions of the last days, and shows what it would do. */
export function TryOnLastDays({ change }: { change: Change }) {
  const { t, f } = useWords();
  const { start } = useSteps();
  const job = useJob();
  const [mine, setMine] = useState<string>();
  const go = async () => setMine((await start({ kind: 'replay', days: DAYS, change }))?.id);
  return (
    <section className="replayed" aria-label={t.learning.replay}>
      <div>
        <Button variant="default" size="xs" disabled={isRunning(job)} onClick={() => void go()}>
          {t.learning.replay}: {t.learning.days(f.number(DAYS))}
        </Button>
      </div>
      {job && job.id === mine && <JobLine job={job} />}
      {job && job.id === mine && job.phase === 'done' && <ReplayResult job={job.id} />}
    </section>
  );
}
