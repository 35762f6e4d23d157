import type { Actor } from '../../../core/rights.ts';
import type { Job, JobInfo, Learning, ReplayAnswer } from '../learning-api.ts';

/** Learning from people, as leads see and steer it. The main program builds it. */
export interface LearningDesk {
  get(): Promise<Learning>;
  /** Starts work in a process of its own, one at a time. @throws Refused `busy`, with what runs */
  start(job: Job, by: Actor): JobInfo;
  /** What runs, or ran last. */
  job(): JobInfo | undefined;
  /** Ends what runs. @throws Refused `no-job` */
  cancel(by: Actor): Promise<JobInfo>;
  /** The model before the present one is in use again. @throws Refused `nothing-to-roll-back`, `busy` */
  rollBack(by: Actor): Promise<Learning>;
  /** What the last replay found. @throws Refused `no-replay` */
  replay(): Promise<ReplayAnswer>;
}
