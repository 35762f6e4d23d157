/**
 * Discord's rate limits: each route has a bucket per channel or server, and every answer says how much is left in it and
 * when it is full again. Waiting by that is cheaper than being refused: refusals count towards a ban.
 * https://docs.discord.com/developers/topics/rate-limits
 */
export class Buckets {
  /** When an empty bucket is full again, on the clock that never jumps. */
  readonly #fullAt = new Map<string, number>();

  /** Milliseconds to wait before this request. */
  wait(method: string, path: string): number {
    const key = routeOf(method, path);
    const fullAt = this.#fullAt.get(key);
    if (fullAt === undefined) return 0;
    const ms = Math.ceil(fullAt - performance.now());
    if (ms <= 0) this.#fullAt.delete(key);
    return Math.max(0, ms);
  }

  learn(method: string, path: string, headers: Headers): void {
    const left = headers.get('x-ratelimit-remaining');
    const seconds = Number(headers.get('x-ratelimit-reset-after') ?? Number.NaN);
    // Longer waits are answered by Discord itself, with a 429 that tells the operator.
    if (left !== '0' || !(seconds >= 0 && seconds <= 60)) return;
    this.#fullAt.set(routeOf(method, path), performance.now() + seconds * 1000);
  }
}

/** The channel or server belongs to the bucket, all ids behind it do not. */
function routeOf(method: string, path: string): string {
  const [, major = '', rest = ''] = /^(\/[a-z]+\/[^/?]+)([^?]*)/.exec(path) ?? [];
  return `${method} ${major}${rest.replace(/\d+/g, ':id')}`;
}
