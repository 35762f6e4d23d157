import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { JobAsked, JobInfo } from '../../learning-api.ts';
import { api } from '../api-client.ts';
import { say } from '../hooks/notices.ts';
import { KEYS } from '../hooks/queries.ts';
import { failureWords } from '../i18n/failure-words.ts';
import { useWords } from '../i18n/index.tsx';

export const useLearning = () => useQuery({ queryKey: KEYS.learning, queryFn: api.learning });

const OVER: readonly JobInfo['phase'][] = ['done', 'failed', 'cancelled'];
export const isRunning = (job: JobInfo | undefined): boolean => job !== undefined && !OVER.includes(job.phase);

const LOOK_MS = 700;

/** What runs, looked at again and again until it is over; then whatever follows from it is fetched anew. */
export function useJob(): JobInfo | undefined {
  const client = useQueryClient();
  const { t } = useWords();
  const { data } = useQuery({
    queryKey: KEYS.learningJob,
    queryFn: api.learningJob,
    staleTime: 0,
    refetchInterval: (query) => (isRunning(query.state.data?.job) ? LOOK_MS : false),
  });
  const job = data?.job;
  const seen = useRef<string>(undefined);
  useEffect(() => {
    if (!job) return;
    if (isRunning(job)) seen.current = job.id;
    if (isRunning(job) || seen.current !== job.id) return;
    seen.current = undefined;
    void client.invalidateQueries({ queryKey: KEYS.learning });
    if (job.phase === 'done') say({ kind: 'done', text: doneWords(job, t) });
  }, [job, client, t]);
  return job;
}

function doneWords({ kind }: JobInfo, { learning }: ReturnType<typeof useWords>['t']): string {
  if (kind === 'promote') return learning.promoted;
  return kind === 'replay' ? learning.replayed : learning.trained;
}

/** Starts and ends what runs. What is refused is said at the bottom. */
export function useSteps() {
  const client = useQueryClient();
  const { t } = useWords();
  const refused = (thrown: unknown) => {
    const text = failureWords(thrown, t);
    say({ kind: 'refused', text });
  };
  const look = () => client.invalidateQueries({ queryKey: KEYS.learningJob });
  return {
    start: (job: JobAsked) =>
      api
        .startJob(job)
        .then((started) => {
          client.setQueryData(KEYS.learningJob, { job: started });
          return started;
        })
        .catch((thrown: unknown) => {
          refused(thrown);
          return undefined;
        })
        .finally(look),
    end: () =>
      api
        .endJob()
        .then(() => say({ kind: 'done', text: t.learning.ended }))
        .catch(refused)
        .finally(look),
    rollBack: () =>
      api
        .rollBackModel()
        .then((now) => {
          client.setQueryData(KEYS.learning, now);
          say({ kind: 'done', text: t.learning.rolledBack });
        })
        .catch(refused),
  };
}
