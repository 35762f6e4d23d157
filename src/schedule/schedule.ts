import { isDeepStrictEqual } from 'node:util';
import { createTask, type ScheduledTask, type TaskOptions } from 'node-cron';
import type { Instant, SourceId } from '../core/nouns.ts';
import type { SourceStatus } from '../core/ports.ts';
import type { Job, Schedule, ScheduleDeps } from './types.ts';

/** How often is looked for what rests no longer after a failure, and for slots that were missed. */
const LOOK_CRON = '*/10 * * * * *';
/** A slot that is this late was missed: node-cron drops it when the event loop is busy or the machine sleeps. */
const MISSED_MS = 2_000;
const WAKE_CRON = '* * * * *';
/** How often is looked whether the clock was set back: node-cron would wait until it is where it was. */
const CLOCK_MS = 10_000;
/** The whole process has 10 s to stop. */
const STOP_WITHIN_MS = 9_000;

interface Running {
  job: Job;
  task: ScheduledTask;
  /** The slot that comes next, as it was told after the last pull. */
  dueAt: Instant;
  /** When to try again after a failure. */
  retryAt?: Instant;
}

/**
 * Pulls every source when its cron expression says so, in UTC, and follows changes of the settings. One source is never
 * pulled twice at once; a slot that was missed, because the process was down, asleep or busy, is made up for once. Of
 * several machines one pulls at each time, and what one left undone another makes up for.
 */
export function startSchedule(deps: ScheduleDeps): Schedule {
  const scheduler = new Scheduler(deps);
  return { nextRun: (id) => scheduler.nextRun(id), stopped: scheduler.run() };
}

class Scheduler {
  readonly #deps: ScheduleDeps;
  readonly #sources = new Map<SourceId, Running>();
  readonly #pulls = new Map<SourceId, Promise<void>>();
  #own: ScheduledTask[] = [];
  /** How far the clock is from the time that passes. */
  #apart = Date.now() - performance.now();

  constructor(deps: ScheduleDeps) {
    this.#deps = deps;
  }

  async run(): Promise<void> {
    const { signal, log } = this.#deps;
    if (signal.aborted) return;
    const stop = new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    const unwatch = this.#deps.onJobsChange(() => this.#follow(true));
    this.#follow(false);
    this.#startOwn();
    const clock = setInterval(() => this.#lookAtClock(), CLOCK_MS);
    await this.#catchUp().catch((error) => log.warn('catching up failed', { error: String(error) }));

    await stop;
    unwatch();
    clearInterval(clock);
    const tasks = [...this.#own, ...[...this.#sources.values()].map(({ task }) => task)];
    await Promise.allSettled(tasks.map((task) => task.destroy()));
    if (!(await within(STOP_WITHIN_MS, Promise.allSettled(this.#pulls.values())))) {
      log.warn('stopped while sources were still being pulled', { sources: [...this.#pulls.keys()] });
    }
  }

  nextRun(id: SourceId): Instant | undefined {
    const task = this.#sources.get(id)?.task;
    return task && nextSlot(task);
  }

  /** Brings the tasks in line with the settings. */
  #follow(pullNew: boolean): void {
    const jobs = new Map(this.#deps.jobs().map((job) => [job.id, job]));
    for (const [id, { job, task }] of this.#sources) {
      if (isDeepStrictEqual(jobs.get(id), job)) continue;
      void task.destroy();
      this.#sources.delete(id);
    }
    for (const job of jobs.values()) {
      if (this.#sources.has(job.id)) continue;
      const started = this.#start(job);
      if (started && pullNew) void this.#pull(job.id, true);
    }
  }

  #startOwn(): void {
    this.#own = [this.#every(LOOK_CRON, () => this.#look()), this.#every(WAKE_CRON, () => this.#wake())];
  }

  #lookAtClock(): void {
    const apart = Date.now() - performance.now();
    const back = this.#apart - apart;
    this.#apart = apart;
    if (back < MISSED_MS) return;
    for (const task of this.#own) void task.destroy();
    this.#startOwn();
    for (const [id, { job, task, retryAt }] of [...this.#sources]) {
      void task.destroy();
      this.#sources.delete(id);
      const again = this.#start(job) && this.#sources.get(id);
      if (again && retryAt !== undefined) again.retryAt = retryAt - back;
    }
  }

  #start(job: Job): boolean {
    try {
      const task = this.#every(job.cron, () => this.#pull(job.id, false), this.#coordinated(`pull ${job.id}`));
      this.#sources.set(job.id, { job, task, dueAt: nextSlot(task) });
      return true;
    } catch (error) {
      const { id, cron } = job;
      this.#deps.log.warn('schedule not understood; the source is not pulled', { id, cron, error: String(error) });
      return false;
    }
  }

  /** node-cron asks before each run, naming the job and the time: `name:2026-01-31T12:00:00.000Z`. */
  #coordinated(name: string): TaskOptions {
    const { takeSlot } = this.#deps;
    if (!takeSlot) return {};
    const shouldRun = (key: string) => takeSlot(name, Date.parse(key.slice(name.length + 1)));
    return { name, distributed: true, runCoordinator: { shouldRun } };
  }

  #every(cron: string, work: () => Promise<void>, more: TaskOptions = {}): ScheduledTask {
    const task = createTask(cron, work, {
      ...more,
      timezone: 'UTC',
      noOverlap: true,
      suppressMissedWarning: true,
      logger: this.#cronLog(),
    });
    void task.start();
    return task;
  }

  /** What node-cron has to say goes into our log; that a run overlaps or was late is taken care of. */
  #cronLog() {
    const { log } = this.#deps;
    const quiet = () => {};
    return { info: quiet, debug: quiet, warn: quiet, error: (said: string | Error) => log.warn(String(said)) };
  }

  /** After a start: what should have been pulled meanwhile is pulled now. */
  async #catchUp(): Promise<void> {
    const statuses = new Map((await this.#deps.store.statuses()).map((status) => [status.source, status]));
    for (const { job, task } of this.#sources.values()) {
      const status = statuses.get(job.id);
      // Whoever corrected a key starts Earshot again: then a pause for a person is over.
      if (this.#isDue(task, status)) void this.#pull(job.id, status?.state === 'unauthorized');
    }
  }

  #isDue(task: ScheduledTask, status: SourceStatus | undefined): boolean {
    const last = status?.lastSuccessAt;
    const now = this.#deps.clock.now();
    if (last === undefined || last > now || status?.state !== 'ok') return true;
    const [next, afterNext] = task.getNextRuns(2);
    return !next || !afterNext || now - last >= afterNext.getTime() - next.getTime();
  }

  async #look(): Promise<void> {
    const now = this.#deps.clock.now();
    if (this.#deps.takeSlot) return this.#lookTogether(now);
    for (const [id, { dueAt, retryAt = Number.POSITIVE_INFINITY }] of this.#sources) {
      if (retryAt <= now || dueAt + MISSED_MS <= now) void this.#pull(id, false);
    }
  }

  /** Whoever was to pull may be gone: what is overdue by the store is pulled by whoever sees it first. */
  async #lookTogether(now: Instant): Promise<void> {
    const statuses = await this.#deps.store.statuses().catch(() => []);
    for (const status of statuses) {
      const task = this.#sources.get(status.source)?.task;
      const { state, until } = status;
      const well = state === 'ok' || state === 'new';
      if (task && (well ? this.#isDue(task, status) : until !== undefined && until <= now)) {
        void this.#pull(status.source, false);
      }
    }
  }

  /** Never twice at once for one source: who comes second joins. Never throws. */
  #pull(id: SourceId, asked: boolean): Promise<void> {
    const already = this.#pulls.get(id);
    if (already) return already;
    if (this.#deps.signal.aborted) return Promise.resolve();
    const pull = this.#pullOnce(id, asked).finally(() => this.#pulls.delete(id));
    this.#pulls.set(id, pull);
    return pull;
  }

  async #pullOnce(id: SourceId, asked: boolean): Promise<void> {
    const { pull, signal, log } = this.#deps;
    let until: Instant | undefined;
    try {
      until = (await pull(id, { signal, asked })).until;
    } catch (error) {
      log.warn('pull failed', { source: id, error: String(error) });
    }
    const source = this.#sources.get(id);
    if (!source) return;
    source.dueAt = nextSlot(source.task);
    if (until === undefined) delete source.retryAt;
    else source.retryAt = until;
  }

  async #wake(): Promise<void> {
    const { store, clock, log } = this.#deps;
    try {
      const woken = await store.wake(clock.now());
      if (woken > 0) log.info('snoozed mentions are back', { woken });
    } catch (error) {
      log.warn('waking failed', { error: String(error) });
    }
  }
}

function nextSlot(task: ScheduledTask): Instant {
  return task.getNextRun()?.getTime() ?? Number.POSITIVE_INFINITY;
}

async function within(ms: number, work: Promise<unknown>): Promise<boolean> {
  const { promise: over, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), ms);
  try {
    return await Promise.race([work.then(() => true), over]);
  } finally {
    clearTimeout(timer);
  }
}
