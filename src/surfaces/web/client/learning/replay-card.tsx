import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { JobInfo } from '../../learning-api.ts';
import { useWords } from '../i18n/index.tsx';
import { hrefOf } from '../router.ts';
import { ReplayResult } from './replay-result.tsx';
import { isRunning, useSteps } from './use-learning.ts';

const PERIODS = [1, 7, 30, 90];

/** Runs the challenger over the mentions of the last days. A changed setting or template is tried where it is changed. */
export function ReplayCard({ challenger, job }: { challenger: boolean; job: JobInfo | undefined }) {
  const { t, f } = useWords();
  const { start } = useSteps();
  const [days, setDays] = useState(7);
  return (
    <article className="card card-wide" aria-labelledby="replay">
      <div className="card-top">
        <h2 id="replay">{t.learning.replay}</h2>
      </div>
      <p className="small soft">{t.learning.replayHint}</p>
      <p className="small">
        {t.learning.whereElse}{' '}
        <a href={hrefOf({ page: 'settings', section: 'lexicon' })}>{t.settings.sections.lexicon}</a>
        {' · '}
        <a href={hrefOf({ page: 'settings', section: 'templates' })}>{t.settings.sections.templates}</a>
        {' · '}
        <a href={hrefOf({ page: 'settings', section: 'brand' })}>{t.settings.sections.brand}</a>
      </p>
      {challenger && (
        <div className="replay-ask">
          <NativeSelect
            label={t.learning.period}
            value={String(days)}
            data={PERIODS.map((n) => ({
              value: String(n),
              label: n === 1 ? t.learning.oneDay : t.learning.days(f.number(n)),
            }))}
            onChange={(event) => setDays(Number(event.currentTarget.value))}
          />
          <Button
            variant="default"
            disabled={isRunning(job)}
            onClick={() => void start({ kind: 'replay', days, change: {} })}
          >
            {t.learning.go}: {t.learning.tryChallenger}
          </Button>
        </div>
      )}
      {!challenger && <p className="soft">{t.learning.noChallenger}</p>}
      {job?.kind === 'replay' && job.phase === 'done' && <ReplayResult job={job.id} />}
    </article>
  );
}
