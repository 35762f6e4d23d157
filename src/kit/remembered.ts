/**
 * Answers that are asked for once, so that whoever goes on after a failure does not ask for the others again. Losing them
 * costs requests and nothing else.
 */
export class Remembered {
  readonly #answers = new Map<string, unknown>();
  readonly #most: number;

  /** @param most The oldest is forgotten beyond that many. */
  constructor(most = Number.POSITIVE_INFINITY) {
    this.#most = most;
  }

  get isEmpty(): boolean {
    return this.#answers.size === 0;
  }

  /** The answer to `what`: the one that is known, else the one that `ask` brings. What `ask` throws is not remembered. */
  async once<T>(what: string, ask: () => Promise<T>): Promise<T> {
    if (this.#answers.has(what)) return this.#answers.get(what) as T;
    const answer = await ask();
    this.#answers.set(what, answer);
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > this.#most && oldest !== undefined) this.#answers.delete(oldest);
    return answer;
  }

  clear(): void {
    this.#answers.clear();
  }
}
