import { setTimeout as wait } from 'node:timers/promises';
import { ConnectorError } from '../core/failures.ts';
import type { Instant } from '../core/nouns.ts';
import type { Limits } from './connector.ts';
import type { Http, HttpResponse } from './http.ts';
import { retryAfter } from './status.ts';

/** What other processes that ask the same platform for the same source have used up as well. */
export interface SharedPace {
  /** 0 when a turn was taken, else the milliseconds until there may be one. */
  take(requests: Limits['requests']): Promise<number>;
  /** The platform asked for peace: nobody gets a turn for so long. */
  rest(requests: Limits['requests'], forMs: number): Promise<void>;
}

export interface Pace {
  requests: Limits['requests'];
  /** Left out where one process is alone. */
  shared?: SharedPace | undefined;
  now(): Instant;
  /** Milliseconds that have passed since some moment. Not `now`: a wall clock jumps. Replaced in tests. */
  elapsed?(): number;
  /** Resolves after that many milliseconds, rejects when aborted. Replaced in tests. */
  sleep?(ms: number, signal: AbortSignal): Promise<void>;
}

/** Hosts that told us to wait. All sources that go out through one `Http` share them. */
const waitsOf = new WeakMap<Http, Map<string, Instant>>();

/**
 * An `Http` for one source that keeps to `requests` on average (a full allowance may go out at once), and leaves a host
 * alone until the time it named. Waiting for our own allowance is silent; a host's own "later" is an answer.
 *
 * Its `request` throws ConnectorError `rate-limited` with `until` while the host wants to be left alone.
 */
export function paced(http: Http, pace: Pace): Http {
  const { requests, now, shared, elapsed = () => performance.now(), sleep = pause } = pace;
  const waits = waitsOf.get(http) ?? new Map<string, Instant>();
  waitsOf.set(http, waits);
  const allowance = tokenBucket(requests, elapsed);

  return {
    async request(request) {
      const host = URL.canParse(request.url) ? new URL(request.url).host : '';
      assertMayAsk(host, waits, now());
      for (let ms = allowance.take(); ms > 0; ms = allowance.take()) await sleep(ms, request.signal);
      if (shared) await turnAmongAll(shared, pace, (ms) => sleep(ms, request.signal));
      assertMayAsk(host, waits, now());

      const response = await http.request(request);
      const until = wantsPeace(response) ? retryAfter(response.headers, now()) : undefined;
      if (until !== undefined) {
        waits.set(new URL(response.url).host, until);
        // The answer counts more than telling others of it, who would be told the same.
        await shared?.rest(requests, until - now()).catch(() => {});
      }
      return response;
    },
  };
}

/** @throws ConnectorError `rate-limited` when another process was told to wait; what asking the store throws */
async function turnAmongAll(shared: SharedPace, { requests, now }: Pace, sleep: (ms: number) => Promise<void>) {
  const each = (requests.perSeconds * 1000) / requests.count;
  for (let ms = await shared.take(requests); ms > 0; ms = await shared.take(requests)) {
    // One turn grows back sooner: somebody was told to leave the platform alone.
    if (ms > 2 * each + 1000) {
      const until = now() + ms;
      const message = `The platform asked another of our machines to wait until ${new Date(until).toISOString()}.`;
      throw new ConnectorError('rate-limited', message, { until });
    }
    await sleep(ms);
  }
}

function wantsPeace({ status }: HttpResponse): boolean {
  return status === 429 || status === 503;
}

function assertMayAsk(host: string, waits: Map<string, Instant>, now: Instant): void {
  const until = waits.get(host);
  if (until === undefined) return;
  if (until <= now) {
    waits.delete(host);
    return;
  }
  throw new ConnectorError('rate-limited', `${host} asked us to wait until ${new Date(until).toISOString()}.`, {
    until,
  });
}

/** `take` gives 0 and takes one, or gives the milliseconds until one is there and takes none. */
function tokenBucket({ count, perSeconds }: Limits['requests'], elapsed: () => number) {
  const msPerToken = (perSeconds * 1000) / count;
  let tokens = count;
  let filledAt = elapsed();
  return {
    take(): number {
      const time = elapsed();
      tokens = Math.min(count, tokens + (time - filledAt) / msPerToken);
      filledAt = time;
      // A millionth is what rounding may have lost.
      if (tokens < 1 - 1e-6) return Math.ceil((1 - tokens) * msPerToken);
      tokens -= 1;
      return 0;
    },
  };
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal });
}
