import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Refused } from '../core/failures.ts';
import type { Clock } from '../core/ports.ts';
import type { Settings } from '../settings.ts';
import type { Job, JobInfo } from '../surfaces/web/learning-api.ts';
import type { Found, Order, Word } from './learning-job.ts';

const CHILD = join(import.meta.dirname, 'learning-child.ts');

interface ProcessParts {
  settings: Settings;
  clock: Clock;
  /** What a finished job found. */
  found(job: JobInfo, found: Found): void;
}

/** Runs one job at a time, each in a process of its own. Ended at any point, whatever it had not finished is not there. */
export class LearningProcess {
  readonly #parts: ProcessParts;
  #child: ChildProcess | undefined;
  #job: JobInfo | undefined;

  constructor(parts: ProcessParts) {
    this.#parts = parts;
  }

  /** What runs, or ran last. */
  get job(): JobInfo | undefined {
    return this.#job;
  }

  /** @throws Refused `busy` */
  mustBeFree(): void {
    if (!this.#child) return;
    throw new Refused('busy', `${this.#job?.by} has something running here. Wait for it, or end it first.`);
  }

  /** @throws Refused `busy` */
  start(job: Job, by: string): JobInfo {
    this.mustBeFree();
    // Advanced: a setting that was left out stays left out.
    const child = fork(CHILD, [], { execArgv: [], stdio: 'ignore', serialization: 'advanced' });
    this.#child = child;
    this.#job = { id: randomUUID(), kind: job.kind, by, at: this.#parts.clock.now(), phase: 'starting', share: 0 };
    child.on('message', (word: Word) => this.#hear(child, word));
    child.on('error', (error) => this.#fail(child, 'job-broke', error.message));
    child.on('exit', () => this.#fail(child, 'job-broke', 'The work ended before it was done. Try again.'));
    const { settings } = this.#parts;
    // The variables look secrets up in files when asked: over there they do so again.
    const task: Order = { settings: { ...settings, variables: { ...settings.variables } }, job, by };
    child.send(task, () => {});
    return this.#job;
  }

  /** @throws Refused `no-job` */
  cancel(): JobInfo {
    if (!this.#child || !this.#job) throw new Refused('no-job', 'Nothing runs here at this moment.');
    const child = this.#child;
    this.#child = undefined;
    this.#job = { ...this.#job, phase: 'cancelled' };
    child.kill('SIGKILL');
    return this.#job;
  }

  /** With the server. */
  end(): void {
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
  }

  #hear(child: ChildProcess, word: Word): void {
    if (child !== this.#child || !this.#job) return;
    if (word.kind === 'failed') this.#fail(child, word.code, word.message);
    if (word.kind === 'progress') this.#job = { ...this.#job, phase: word.phase, share: word.share };
    if (word.kind !== 'done') return;
    this.#child = undefined;
    this.#job = { ...this.#job, phase: 'done', share: 1 };
    this.#parts.found(this.#job, word.found);
  }

  #fail(child: ChildProcess, code: string, message: string): void {
    if (child !== this.#child || !this.#job) return;
    this.#child = undefined;
    this.#job = { ...this.#job, phase: 'failed', code, message };
  }
}
