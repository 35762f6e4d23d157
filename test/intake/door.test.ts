import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CallRefused } from '../../src/core/failures.ts';
import { mentionId } from '../../src/core/ids.ts';
import type { Brought, Source } from '../../src/core/ports.ts';
import { readBody } from '../../src/kit/calls.ts';
import { type IntakeBench, openIntakeBench } from './support.ts';

const MAX = 100_000;
const HOUR = 3_600_000;

/** Believes whoever says "please", and hears what the body says. */
const hook: Source = {
  id: 'hook-1',
  connector: 'hook',
  sample: false,
  check: async () => ({ id: 'us' }),
  replyLimit: () => ({ max: 100, lengthOf: (text) => text.length }),
  close: async () => {},
  intake: {
    maxBytes: MAX,
    perMinute: { all: 30, each: 10 },
    async answer(call, hear) {
      if (call.headers.get('x-word') !== 'please') throw new CallRefused(401, 'bad-signature', 'Say please.');
      if (call.method === 'GET') return { status: 200, body: `${call.path}|${call.query.get('q')}` };
      const brought = JSON.parse((await readBody(call)).toString('utf8')) as Brought;
      return { status: 200, body: JSON.stringify(await hear(brought)) };
    },
  },
};
const deaf: Source = { ...hook, id: 'deaf-1', intake: undefined as never };

let bench: IntakeBench;
beforeEach(async () => {
  bench = await openIntakeBench([hook, deaf]);
});
afterEach(() => bench.close());

const PLEASE = { 'x-word': 'please' };
const say = (nativeId: string, text = `Text of ${nativeId}`, author = 'lena') => ({
  nativeId,
  text,
  author: { id: author },
  permission: { how: 'api' as const },
});
const tell = (brought: Brought, headers: Record<string, string> = PLEASE) =>
  bench.call('/intake/hook-1', { headers, body: JSON.stringify(brought) });
const kept = async (brought: Brought) => JSON.parse((await tell(brought)).text);
const textOf = async (nativeId: string) => (await bench.store.find(mentionId('hook', nativeId)))?.mention.text;

describe('a call', () => {
  it('is stored before it is answered', async () => {
    expect(await kept({ found: [say('1'), say('2')] })).toEqual({ added: 2, changed: 0, known: 0 });
    expect(await textOf('2')).toBe('Text of 2');
    expect(await bench.store.statuses()).toMatchObject([{ source: 'hook-1', state: 'ok', stored: 2 }]);
  });

  it('is told to come again when it cannot be stored, and is then stored', async () => {
    const { savePage } = bench.store;
    bench.store.savePage = async () => Promise.reject(new Error('the disk is full'));
    const answer = await tell({ found: [say('1')] });
    expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '60' } });
    expect(JSON.parse(answer.text).error).toEqual({
      code: 'try-again',
      message: 'This could not be stored just now. Nothing is lost: send it again in a minute.',
    });
    expect(answer.text, 'what is wrong inside is nothing for strangers').not.toContain('disk');
    expect(bench.warned).toMatchObject([{ fields: { error: 'Error: the disk is full' } }]);
    bench.store.savePage = savePage;
    expect(await kept({ found: [say('1')] })).toMatchObject({ added: 1 });
  });

  it('follows edits and deletions', async () => {
    await tell({ found: [say('1'), say('2')] });
    expect(await kept({ found: [say('1', 'Better words')], gone: ['2', '3'] })).toMatchObject({ changed: 1 });
    expect(await textOf('1')).toBe('Better words');
    expect(await textOf('2')).toBe('');
  });

  it('leaves what we said ourselves out', async () => {
    expect(await kept({ found: [say('1', 'We are looking into it', 'us')] })).toMatchObject({ added: 0 });
    expect(await textOf('1')).toBeUndefined();
  });

  it('gets its path and its query to the connector, and nobody else', async () => {
    const answer = await bench.call('/intake/hook-1/v1/form?q=a%20b&q=c', { method: 'GET', headers: PLEASE });
    expect(answer).toMatchObject({ status: 200, text: 'v1/form|a b' });
    expect(answer.headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'x-content-type-options': 'nosniff',
    });
  });

  it('needs no session and no page of ours, and may come by any name', async () => {
    const headers = { ...PLEASE, host: 'hooks.example.org', origin: 'https://elsewhere.example' };
    expect(await tell({ found: [say('1')] }, { ...headers, 'sec-fetch-site': 'cross-site' })).toMatchObject({
      status: 200,
    });
  });
});

describe('a mark that was taken', () => {
  const until = Date.UTC(2030, 0, 1);
  it('makes the same call again change nothing', async () => {
    const once = [{ id: 'call-1', digest: 'a', until }];
    expect(await kept({ found: [say('1')], once })).toMatchObject({ added: 1 });
    expect(await kept({ found: [say('1', 'Old words again'), say('2')], once })).toEqual({
      added: 0,
      changed: 0,
      known: 0,
      repeated: 'same',
    });
    expect(await kept({ found: [say('3')], once: [{ id: 'call-1', digest: 'b', until }] })).toMatchObject({
      repeated: 'other',
    });
    expect(await Promise.all([textOf('1'), textOf('2'), textOf('3')])).toEqual(['Text of 1', undefined, undefined]);
  });

  it('holds when eight come at once', async () => {
    const all = await Promise.all(
      Array.from({ length: 8 }, (_, i) => kept({ found: [say(`n${i}`)], once: [{ id: 'one', until }] })),
    );
    expect(all.filter(({ repeated }) => repeated === undefined)).toHaveLength(1);
    expect((await bench.store.queue({ limit: 20 })).rows).toHaveLength(1);
  });

  it('is known before a body is read, and forgotten when its time is over', async () => {
    await tell({ once: [{ id: 'short', until: bench.clock.now() + HOUR }] });
    expect(await bench.store.taken('hook-1', 'short')).toBe(true);
    expect(await bench.store.taken('hook-2', 'short')).toBe(false);
    bench.clock.pass(2 * HOUR);
    await tell({ once: [{ id: 'next', until }] });
    expect(await bench.store.taken('hook-1', 'short')).toBe(false);
  });
});

describe('what is not taken', () => {
  const errorOf = ({ text }: { text: string }) => JSON.parse(text).error;

  it('says why, in words for whoever wrote the sender', async () => {
    const answer = await tell({ found: [say('1')] }, {});
    expect(answer).toMatchObject({ status: 401, headers: { 'content-type': 'application/json; charset=utf-8' } });
    expect(errorOf(answer)).toEqual({ code: 'bad-signature', message: 'Say please.' });
    expect(await textOf('1')).toBeUndefined();
  });

  it('is told to whoever runs Earshot, once and not once each', async () => {
    for (let i = 0; i < 5; i++) await tell({}, {});
    expect(bench.warned).toMatchObject([{ message: 'calls were refused', fields: { source: 'hook-1', calls: 1 } }]);
    bench.clock.pass(61_000);
    await tell({}, {});
    expect(bench.warned[1]).toMatchObject({ fields: { calls: 5 } });
  });

  it.each(['/intake/nobody', '/intake/deaf-1', '/intake/hook-2/v1'])('is anything at %s', async (path) => {
    const answer = await bench.call(path, { headers: PLEASE });
    expect(answer.status).toBe(404);
    expect(errorOf(answer).code).toBe('unknown-address');
  });

  it('is 50 MB, refused by its length before any of it is read', async () => {
    const big = 50 * 1024 * 1024;
    const answer = await bench.call('/intake/hook-1', {
      headers: { ...PLEASE, 'content-length': String(big) },
      body: endless(big),
    });
    expect(answer.status).toBe(413);
    expect(errorOf(answer).message).toBe('This is larger than 97 KB, the most that is taken here. Send less at once.');
    expect(answer.sent).toBeLessThan(big / 5);
  });

  it('is a body without end that does not say how long it is', async () => {
    const answer = await bench.call('/intake/hook-1', { headers: PLEASE, body: endless(Number.POSITIVE_INFINITY) });
    expect(answer.status).toBe(413);
  });

  it('is read no further than it takes to refuse it', async () => {
    const answer = await bench.call('/intake/hook-1', { body: endless(Number.POSITIVE_INFINITY) });
    expect(answer.status).toBe(401);
  });

  it('is too much from one sender, and then too much from all', async () => {
    const from = (address: string, headers = PLEASE) =>
      tell({}, { ...headers, 'x-forwarded-for': `10.9.9.9, ${address}` });
    const refused = async (address: string, times: number, headers?: typeof PLEASE) => {
      const all = await Promise.all(Array.from({ length: times }, () => from(address, headers)));
      return all.filter(({ status }) => status === 429).length;
    };
    expect(await refused('203.0.113.1', 12)).toBe(2);
    expect(await refused('203.0.113.2', 8)).toBe(0);
    for (let stranger = 0; stranger < 5; stranger++) {
      expect(await refused(`198.51.100.${stranger}`, 10, { 'x-word': 'forged' }), 'who is not believed').toBe(0);
    }
    expect(await refused('203.0.113.3', 10), 'does not count against who is').toBe(0);
    expect(await refused('203.0.113.4', 10)).toBe(8);
    bench.clock.pass(60_000);
    expect(await from('203.0.113.1')).toMatchObject({ status: 200 });
  });

  it('is anything but GET and POST', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH']) {
      expect((await bench.call('/intake/hook-1', { method, headers: PLEASE })).status).toBeGreaterThanOrEqual(400);
    }
  });
});

/** So many bytes, made as they are asked for. */
function endless(length: number): Readable {
  let left = length;
  const chunk = Buffer.alloc(64 * 1024, 'x');
  return new Readable({
    read() {
      left -= chunk.length;
      this.push(left >= 0 ? chunk : null);
    },
  });
}
