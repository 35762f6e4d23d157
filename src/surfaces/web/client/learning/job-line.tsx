import { Button, Progress } from '@mantine/core';
import type { JobInfo } from '../../learning-api.ts';
import { useWords } from '../i18n/index.tsx';
import { isRunning, useSteps } from './use-learning.ts';

/** What runs beside the inbox and how far it is, with a way to end it; or why it came to nothing. */
export function JobLine({ job }: { job: JobInfo | undefined }) {
  const { t, f } = useWords();
  const { end } = useSteps();
  if (job?.phase === 'failed') {
    return (
      <p className="learning-verdict outside" role="alert">
        {t.refused.codes[job.code ?? ''] ?? job.message}
      </p>
    );
  }
  if (!job || !isRunning(job)) return null;
  const what = t.learning.runs(t.learning.phases[job.phase] ?? '', job.by);
  const known = job.phase === 'training' || job.phase === 'replaying';
  return (
    <section className="job" aria-label={what}>
      <div className="job-top">
        <span role="status">
          <bdi>{what}</bdi>
        </span>
        {known && <span className="soft">{f.percent(job.share)}</span>}
        <Button size="xs" variant="default" onClick={() => void end()}>
          {t.learning.end}
        </Button>
      </div>
      <Progress
        aria-label={what}
        value={known ? job.share * 100 : 100}
        animated={!known}
        {...(known && { 'aria-valuetext': f.percent(job.share) })}
      />
    </section>
  );
}
