import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Fault, Job } from './worker.ts';

export interface FuzzReport {
  cases: number;
  crashes: number;
  hangs: number;
  leaks: number;
}

/** A case that has not moved for so long on the wall never ends. Far beyond what counts as slow: machines are busy. */
const STUCK_MS = 60_000;

/** Hostile texts through parsers, guard rails, templates, API, log and the workspace file. */
export async function fuzz(
  cases: number,
  seed: number,
  onFault: (fault: Fault) => void,
  planted = false,
): Promise<FuzzReport> {
  const report: FuzzReport = { cases, crashes: 0, hangs: 0, leaks: 0 };
  const count = (fault: Fault) => {
    const sum = { crash: 'crashes', hang: 'hangs', leak: 'leaks' } as const;
    report[sum[fault.kind]] += 1;
    onFault(fault);
  };
  for (let from = 0; from < cases; ) from = await stretch({ from, to: cases, seed, planted }, count);
  return report;
}

/** Runs until the end, or until a case never ends. Returns where to go on. */
async function stretch(job: Omit<Job, 'at'>, count: (fault: Fault) => void): Promise<number> {
  const at = new SharedArrayBuffer(4);
  const progress = new Int32Array(at);
  progress[0] = job.from;
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { ...job, at } satisfies Job });
  worker.on('message', count);
  let seen = { number: -1, since: 0 };
  let stuck: number | undefined;
  const watch = setInterval(() => {
    const number = Atomics.load(progress, 0);
    if (number !== seen.number) seen = { number, since: performance.now() };
    else if (performance.now() - seen.since > STUCK_MS) {
      stuck = number;
      void worker.terminate();
    }
  }, 1_000);
  try {
    await once(worker, 'exit');
  } finally {
    clearInterval(watch);
  }
  if (stuck === undefined) return job.to;
  count({ kind: 'hang', number: stuck, target: 'unknown', what: 'it never ends' });
  return stuck + 1;
}
