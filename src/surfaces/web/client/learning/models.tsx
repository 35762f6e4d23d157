import { Button } from '@mantine/core';
import type { JobInfo, Learning, TrainedInfo } from '../../learning-api.ts';
import { useWords } from '../i18n/index.tsx';
import { isRunning, useSteps } from './use-learning.ts';

/** The model in use and the one that waits, with the steps between them. */
export function Models({ learning, job }: { learning: Learning; job: JobInfo | undefined }) {
  const { t } = useWords();
  const { start, rollBack } = useSteps();
  const { champion, challenger, promoted, measured, taught } = learning;
  const busy = isRunning(job);
  const against = measured !== undefined && (measured.worse.length > 0 || measured.unproven.length > 0);
  return (
    <article className="card" aria-labelledby="models">
      <div className="card-top">
        <h2 id="models">{t.learning.models}</h2>
      </div>
      <div className="models">
        <section className="model" aria-label={t.learning.inUse}>
          <p>
            <span className="tag tag-green">{t.learning.inUse}</span>
          </p>
          <ModelWords model={champion} promoted={promoted.at(-1)} />
          {promoted.length > 0 && (
            <div>
              <p className="small soft">
                {t.learning.before}: <ModelName version={promoted.at(-2)?.version ?? 'shipped'} />
              </p>
              <Button size="xs" variant="default" disabled={busy} onClick={() => void rollBack()}>
                {t.learning.rollBack}
              </Button>
            </div>
          )}
        </section>
        <section className="model" aria-label={t.learning.waits}>
          <p>
            <span className="tag tag-accent">{t.learning.waits}</span>
          </p>
          {challenger ? <ModelWords model={challenger} /> : <p className="soft">{t.learning.noChallenger}</p>}
          {challenger && (
            <div className="model-steps">
              <Button size="xs" disabled={busy || against} onClick={() => void start({ kind: 'promote' })}>
                {t.learning.promote}
              </Button>
              <Button size="xs" variant="default" disabled={busy} onClick={() => void start({ kind: 'compare' })}>
                {t.learning.compare}
              </Button>
            </div>
          )}
          {challenger && !measured && <p className="small soft">{t.learning.notCompared}</p>}
        </section>
      </div>
      <div>
        <Button
          variant={challenger ? 'default' : 'filled'}
          disabled={busy || taught.total === 0}
          onClick={() => void start({ kind: 'train' })}
        >
          {t.learning.train}
        </Button>
        <p className="small soft model-hint">{t.learning.trainHint}</p>
      </div>
    </article>
  );
}

function ModelName({ version }: { version: string }) {
  const { t } = useWords();
  return <>{version === 'shipped' ? t.learning.shipped : t.learning.version(version)}</>;
}

function ModelWords({ model, promoted }: { model: TrainedInfo; promoted?: Learning['promoted'][number] | undefined }) {
  const { t, f } = useWords();
  const { version, by, at, examples, lessons } = model;
  const words = promoted ? t.learning.promotedBy : t.learning.madeBy;
  return (
    <>
      <p className="model-name">
        <ModelName version={version} />
      </p>
      {by !== undefined && at !== undefined && <p className="small soft outside">{words(by, f.dateTime(at))}</p>}
      <p className="small soft">
        {examples === undefined ? t.learning.cameAlong : t.learning.madeOf(f.number(examples), f.number(lessons ?? 0))}
      </p>
    </>
  );
}
