import type { Instant } from '#kit';

/** What was asked longer ago is asked again. */
const VALID_MS = 10 * 60_000;

/** Answers that a survey got before one of its requests failed. The next attempt goes on from them. */
export class SurveyNotes {
  readonly #answers = new Map<string, unknown>();
  #startedAt: Instant = 0;
  #session = 0;

  /** When the survey began: what happened later it may not have seen. */
  begin(now: Instant, session: number): Instant {
    const valid = this.#session === session && Math.abs(now - this.#startedAt) < VALID_MS;
    if (this.#answers.size > 0 && valid) return this.#startedAt;
    this.clear();
    this.#session = session;
    this.#startedAt = now;
    return now;
  }

  async once<T>(what: string, ask: () => Promise<T>): Promise<T> {
    if (!this.#answers.has(what)) this.#answers.set(what, await ask());
    return this.#answers.get(what) as T;
  }

  clear(): void {
    this.#answers.clear();
  }
}
