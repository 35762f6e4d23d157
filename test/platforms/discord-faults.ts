import type { ServerResponse } from 'node:http';
import { sendJson } from './local-server.ts';

/** The ways in which one request may go wrong. `stored` says whether a post was taken before it went wrong. */
export type Trouble =
  | { answer: 429; seconds?: number }
  | { answer: 500 | 502 | 503 }
  | { answer: 'reset' | 'html' | 'half' | 'empty' | 'never' }
  | { answer: 'code'; status: number; code: number; message?: string };

export type Planned = Trouble & { stored?: boolean };

const KINDS: Trouble[] = [
  { answer: 429, seconds: 0.05 },
  { answer: 429 },
  { answer: 500 },
  { answer: 'reset' },
  { answer: 'never' },
  { answer: 'html' },
  { answer: 'half' },
];

/** Requests go wrong at a given rate, in every way in turn, after some that go well; with a seed, the same way each time. */
export class RandomTrouble {
  readonly #rate: number;
  #state: number;
  #calm: number;
  count = 0;
  onTrouble: (trouble: Trouble) => void = () => {};
  /** In turn. */
  kinds: readonly Trouble[] = KINDS;

  constructor(rate: number, seed = 1, calm = 0) {
    this.#rate = rate;
    this.#state = seed >>> 0;
    this.#calm = calm;
  }

  next(): Trouble | undefined {
    if (this.#calm-- > 0) return undefined;
    if (this.#random() >= this.#rate) return undefined;
    const trouble = this.kinds[this.count++ % this.kinds.length];
    if (trouble) this.onTrouble(trouble);
    return trouble;
  }

  /** mulberry32 */
  #random(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}

/** Answers badly. `good` is what would have been said. */
export function answerBadly(response: ServerResponse, trouble: Trouble, good: unknown): void {
  switch (trouble.answer) {
    case 429: {
      if (trouble.seconds === undefined) {
        response.writeHead(429, { 'content-type': 'text/plain' }).end('slow down');
        return;
      }
      response.setHeader('retry-after', Math.ceil(trouble.seconds));
      sendJson(response, 429, { message: 'You are being rate limited.', retry_after: trouble.seconds, global: false });
      return;
    }
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'never':
      return; // the socket stays open until one side has enough
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>One moment…</title>');
      return;
    case 'empty':
      response.writeHead(200, { 'content-length': '0' }).end();
      return;
    case 'half': {
      const whole = JSON.stringify(good);
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': whole.length + 100 });
      response.write(whole.slice(0, Math.ceil(whole.length / 2)), () => response.destroy());
      return;
    }
    case 'code':
      sendJson(response, trouble.status, { code: trouble.code, message: trouble.message ?? 'as the test wanted it' });
      return;
    default:
      response.writeHead(trouble.answer).end('upstream trouble');
  }
}
