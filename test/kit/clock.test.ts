import { describe, expect, it } from 'vitest';
import { type AnyConnector, createHttp, defineConnector, openSource, skewOf, z } from '#kit';
import { startServer } from '../platforms/local-server.ts';

const NOW = Date.UTC(2026, 10, 23, 12);
const headers = (all: Record<string, string>) => new Headers(all);

describe('how far our clock is from that of a host', () => {
  it('is told by the date of its answer', () => {
    expect(skewOf(headers({ date: 'Mon, 23 Nov 2026 11:00:00 GMT' }), NOW)).toBe(3_600_000);
    expect(skewOf(headers({ date: 'Mon, 23 Nov 2026 12:00:30 GMT' }), NOW)).toBe(-30_000);
  });

  it('is not known from an answer without a date, with a wrong one, or from a cache', () => {
    expect(skewOf(headers({}), NOW)).toBeUndefined();
    expect(skewOf(headers({ date: 'yesterday' }), NOW)).toBeUndefined();
    expect(skewOf(headers({ date: 'Mon, 23 Nov 2026 11:00:00 GMT', age: '3600' }), NOW)).toBeUndefined();
  });

  it('is known of every source that has asked something', async () => {
    const server = await startServer((_, response) => {
      response.setHeader('date', new Date(NOW - 600_000).toUTCString());
      response.end('{}');
    });
    const connector = defineConnector({
      about: { id: 'probe', name: '', summary: '', docs: '', rules: '', status: 'experimental' },
      options: z.object({}),
      secrets: {},
      cursor: z.object({}),
      limits: {
        maxReplyChars: 1,
        pullEverySeconds: 1,
        requests: { count: 1, perSeconds: 1 },
        verified: { at: '', on: '' },
      },
      open: ({ http }) => http,
      async check(http, signal) {
        await http.request({ url: server.url, signal });
        return { id: 'us' };
      },
    });
    const source = openSource(
      connector as AnyConnector,
      { id: 'probe', options: {} },
      {
        http: createHttp({ userAgent: 'earshot-tests' }),
        log: { info: () => {}, warn: () => {} },
        now: () => NOW,
        variables: {},
      },
    );
    expect(source.clockSkew?.()).toBeUndefined();
    await source.check(AbortSignal.timeout(60_000));
    expect(source.clockSkew?.()).toEqual({ host: new URL(server.url).host, ms: 600_000 });
    await server.close();
  });
});
