import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Http, HttpResponse } from '#kit';
import { paced } from '../../src/kit/pacing.ts';
import { retryAfter } from '../../src/kit/status.ts';

/** A clock that moves only while someone sleeps. */
function clock(start = 1_000_000) {
  let now = start;
  return {
    now: () => now,
    elapsed: () => now,
    sleep: async (ms: number) => {
      now += ms;
    },
    pass: (ms: number) => {
      now += ms;
    },
  };
}

function platform(answer: (url: string) => Partial<HttpResponse> = () => ({})): Http & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    async request({ url }) {
      asked.push(url);
      return { status: 200, headers: new Headers(), bytes: new Uint8Array(), url, ...answer(url) };
    },
  };
}

const signal = AbortSignal.timeout(60_000);
const get = (http: Http, url = 'https://a.example/x') => http.request({ url, signal });

describe('our own pace', () => {
  it('lets a full allowance go at once, then one at a time', async () => {
    const time = clock();
    const http = paced(platform(), { requests: { count: 3, perSeconds: 30 }, ...time });
    const times: number[] = [];
    for (let i = 0; i < 6; i++) {
      await get(http);
      times.push(time.now() - 1_000_000);
    }
    expect(times).toEqual([0, 0, 0, 10_000, 20_000, 30_000]);
  });

  it('never lets more through in any window than allowed at once plus what has grown back', async () => {
    const requests = fc.record({
      count: fc.integer({ min: 1, max: 50 }),
      perSeconds: fc.integer({ min: 1, max: 900 }),
    });
    await fc.assert(
      fc.asyncProperty(requests, fc.array(fc.nat(5000), { maxLength: 120 }), async (limit, pauses) => {
        const time = clock();
        const http = paced(platform(), { requests: limit, ...time });
        for (const [index, pause] of pauses.entries()) {
          time.pass(pause);
          await get(http);
          const grown = ((time.now() - 1_000_000) / 1000) * (limit.count / limit.perSeconds);
          expect(index + 1).toBeLessThanOrEqual(limit.count + grown + 1e-3);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('does not look at the wall clock, which may stand still or be set back', async () => {
    const time = clock();
    const stopped = { ...time, now: () => 0 };
    const http = paced(platform(), { requests: { count: 1, perSeconds: 10 }, ...stopped });
    await get(http);
    const before = time.now();
    await get(http);
    expect(time.now() - before).toBe(10_000);
  });

  it('stops waiting when told to', async () => {
    const http = paced(platform(), { requests: { count: 1, perSeconds: 3600 }, now: Date.now });
    await get(http);
    const stop = new AbortController();
    const waiting = http.request({ url: 'https://a.example/', signal: stop.signal });
    stop.abort();
    await expect(waiting).rejects.toThrow();
  });
});

describe('a pace that several processes share', () => {
  const requests = { count: 2, perSeconds: 20 };

  /** What a store does for several processes, by the clock that the test holds. */
  function sharing(time: ReturnType<typeof clock>) {
    let taken = 0;
    let restUntil = 0;
    return {
      async take() {
        if (time.now() < restUntil) return restUntil - time.now();
        const grown = 2 + (time.now() - 1_000_000) / 10_000;
        if (taken + 1 > grown) return 10_000;
        taken += 1;
        return 0;
      },
      async rest(_: unknown, forMs: number) {
        restUntil = time.now() + forMs;
      },
    };
  }

  it('is kept by all of them together', async () => {
    const time = clock();
    const shared = sharing(time);
    const [one, two] = [0, 1].map(() => paced(platform(), { requests, shared, ...time })) as [Http, Http];
    await get(one);
    await get(two);
    expect(time.now()).toBe(1_000_000);
    await get(one);
    expect(time.now()).toBe(1_010_000);
  });

  it('rests for all of them when one was told to wait', async () => {
    const time = clock();
    const shared = sharing(time);
    const told = platform(() => ({ status: 429, headers: new Headers({ 'retry-after': '120' }) }));
    const other = platform();
    expect((await get(paced(told, { requests, shared, ...time }))).status).toBe(429);
    await expect(get(paced(other, { requests, shared, ...time }))).rejects.toMatchObject({
      kind: 'rate-limited',
      until: 1_120_000,
    });
    expect(other.asked).toEqual([]);
  });
});

describe('a host that says later', () => {
  const requests = { count: 100, perSeconds: 1 };

  it('is left alone until then, by every source', async () => {
    const time = clock();
    const net = platform(() => ({ status: 429, headers: new Headers({ 'retry-after': '120' }) }));
    const one = paced(net, { requests, ...time });
    const two = paced(net, { requests, ...time });
    expect((await get(one)).status).toBe(429);
    await expect(get(two, 'https://a.example/other')).rejects.toMatchObject({
      kind: 'rate-limited',
      until: 1_000_000 + 120_000,
    });
    expect((await get(two, 'https://b.example/')).status).toBe(429);
    expect(net.asked).toEqual(['https://a.example/x', 'https://b.example/']);
    time.pass(120_000);
    expect((await get(two)).status).toBe(429);
  });

  it('may say so with 503, but a Retry-After on anything else is only information', async () => {
    for (const [status, waits] of [
      [503, true],
      [301, false],
      [200, false],
    ] as const) {
      const net = platform(() => ({ status, headers: new Headers({ 'retry-after': '5' }) }));
      const http = paced(net, { requests, ...clock() });
      await get(http);
      const second = get(http);
      if (waits) await expect(second).rejects.toMatchObject({ kind: 'rate-limited' });
      else await expect(second).resolves.toMatchObject({ status });
    }
  });
});

describe('Retry-After', () => {
  const now = Date.UTC(2026, 10, 23, 12);
  const read = (value: string) => retryAfter(new Headers({ 'retry-after': value }), now);

  it('is read in seconds and as a date', () => {
    expect(read('30')).toBe(now + 30_000);
    expect(read('1.5')).toBe(now + 1500);
    expect(read('Mon, 23 Nov 2026 12:01:00 GMT')).toBe(now + 60_000);
  });

  it('is never in the past nor more than a day away', () => {
    expect(read('Mon, 23 Nov 2020 12:00:00 GMT')).toBe(now);
    expect(read('99999999999')).toBe(now + 86_400_000);
  });

  it('is not guessed', () => {
    for (const value of ['soon', '-5', '1e9', 'Infinity']) expect(read(value)).toBeUndefined();
    expect(retryAfter(new Headers(), now)).toBeUndefined();
  });
});
