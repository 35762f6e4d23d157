import type { Instant, SourceId } from '../core/nouns.ts';
import type { Clock, SourceStatus, Store } from '../core/ports.ts';

export interface Log {
  info(message: string, fields?: object): void;
  warn(message: string, fields?: object): void;
}

/** One source that is pulled by the clock. */
export interface Job {
  id: SourceId;
  /** Cron expression, UTC. */
  cron: string;
  /** Everything else that is set for it. When it changes, the source is pulled at once. */
  settings: unknown;
}

export interface ScheduleDeps {
  /** The sources to pull, as the settings stand now. */
  jobs(): readonly Job[];
  /** Calls back when `jobs` may have changed. Returns how to stop. */
  onJobsChange(listener: () => void): () => void;
  /**
   * Pulls one source once. `asked`: its settings are new, so that it is tried even if it rests after a failure.
   *
   * @returns how the source is now; `until`: not before this
   */
  pull(
    id: SourceId,
    options: { signal: AbortSignal; asked: boolean },
  ): Promise<Pick<SourceStatus, 'state'> & { until?: Instant }>;
  store: Pick<Store, 'statuses' | 'wake'>;
  clock: Clock;
  /**
   * Takes one time of a job's schedule, where several machines share the work: true for one of them. Left out on one
   * machine alone.
   */
  takeSlot?(job: string, at: Instant): Promise<boolean>;
  /** Aborted to stop. */
  signal: AbortSignal;
  log: Log;
}

export interface Schedule {
  /** When a source is pulled next by the clock, or undefined when it is not scheduled. */
  nextRun(id: SourceId): Instant | undefined;
  /** Resolves when everything has come to rest after a stop, at the latest 9 s after it. */
  stopped: Promise<void>;
}
