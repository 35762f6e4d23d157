import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BASE } from '../../src/surfaces/web/api.ts';
import { ask, openWebBench, type Person, type WebBench } from './support.ts';

let bench: WebBench;
let mei: Person;
beforeAll(async () => {
  bench = await openWebBench();
  mei = await bench.signIn();
});
afterAll(() => bench.close());

describe('hostile input', () => {
  it('is refused when it is 10 MB', async () => {
    const { mention } = await bench.drafted();
    const raw = JSON.stringify({ version: mention.version, text: 'x'.repeat(10_000_000) });
    const answer = await mei
      .ask(`/mentions/${mention.id}/edit`, { raw })
      .catch((error: NodeJS.ErrnoException) => error);
    // The server may hang up while the client is still talking.
    if (answer instanceof Error) expect(['ECONNRESET', 'EPIPE']).toContain((answer as NodeJS.ErrnoException).code);
    else expect([answer.status, answer.json.error.code]).toEqual([413, 'too-large']);
    const claimed = await mei
      .ask(`/mentions/${mention.id}/edit`, { raw: '{}', headers: { 'content-length': '10000000' } })
      .catch(() => undefined);
    expect(claimed?.status ?? 413).toBe(413);
  });

  it.each([
    ['no JSON', '{"version":'],
    ['nothing', ''],
    ['a prototype', '{"__proto__": {"admin": true}, "version": 1, "revision": 1}'],
    ['a constructor', '{"constructor": {"prototype": {"admin": true}}, "version": 1, "revision": 1}'],
    ['a list', '[]'],
    ['null', 'null'],
    ['a deep nest', '['.repeat(100_000)],
    ['wrong types', '{"version": "1", "revision": {}}'],
    ['a huge number', '{"version": 1e999, "revision": 1}'],
    ['a byte order mark and garbage', Buffer.from([0xef, 0xbb, 0xbf, 0xff, 0xfe])],
  ])('is refused in a sentence when it is %s', async (_what, raw) => {
    const { mention } = await bench.drafted();
    const answer = await mei.ask(`/mentions/${mention.id}/approve`, { method: 'POST', raw });
    expect(answer.status).toBe(400);
    expect(answer.json.error.message).toMatch(/^The request /);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  it('keeps what a person may write, whatever the script, and shows it as text', async () => {
    const { mention } = await bench.drafted({ text: '<script>alert(1)</script> \u202e 钱包' });
    const text = '<img src=x onerror=alert(1)> 您好 👩‍👩‍👧 \u05d0';
    const { json } = await mei.post(`/mentions/${mention.id}/edit`, { version: mention.version, text });
    expect(json.drafts.at(-1).text).toBe(text);
    expect(json.mention.text).toBe('<script>alert(1)</script> \u202e 钱包');
  });

  it('of any shape gets an answer in the shape of an error, never 500', async () => {
    const { mention } = await bench.drafted();
    const paths = [
      `/mentions/${mention.id}/edit`,
      `/mentions/${mention.id}/snooze`,
      '/sources',
      '/presence',
      '/invitations',
    ];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), fc.jsonValue(), async (path, body) => {
        const answer = await mei.ask(path, { method: 'POST', raw: JSON.stringify(body) });
        expect(answer.status).toBeLessThan(500);
        if (answer.status >= 400) expect(typeof answer.json.error.message).toBe('string');
      }),
      { numRuns: 150 },
    );
  });

  it('in the address finds nothing and breaks nothing', async () => {
    const names = [
      '%00',
      '..%2f..%2fetc%2fpasswd',
      '%E0%A4%A',
      "' or 1=1 --",
      '__proto__',
      'x'.repeat(3000),
      '%F0%9F%98%80',
    ];
    for (const name of names) {
      for (const path of [`/mentions/${name}`, `/queue?search=${name}`, `/queue?after=${name}`, `/${name}`]) {
        const answer = await ask(bench.local, { path: BASE + path.replaceAll(' ', '%20'), cookie: mei.cookie });
        expect([path.slice(0, 60), answer.status < 500]).toEqual([path.slice(0, 60), true]);
        if (answer.status >= 400) expect(answer.json.error.message).toMatch(/^[A-Z].* .*\.$/);
      }
    }
  });

  it('gets a 404 in the same shape for an unknown route', async () => {
    expect((await mei.get('/no/such')).json.error).toEqual({
      code: 'unknown-address',
      message: 'There is nothing at this address.',
    });
    expect((await mei.ask('/me', { method: 'PUT', body: {} })).status).toBe(404);
  });
});

describe('the log', () => {
  it('holds no key, no cookie and nobody’s words, also when something breaks', async () => {
    const link = bench.web.signInUrl();
    const key = new URL(link).searchParams.get('key') ?? '';
    await ask(link);
    await ask(link);
    const { mention } = await bench.drafted({ text: 'My very private sentence' });
    await mei.get(`/queue?search=${encodeURIComponent('private words searched')}`);
    const { queue } = bench.store;
    bench.store.queue = async () => {
      throw new Error('Unexpected token in "My very private sentence"');
    };
    const broken = await mei.get('/queue?search=secretword');
    bench.store.queue = queue;
    await mei.post(`/mentions/${mention.id}/edit`, { version: mention.version, text: 'A reply nobody should log' });

    expect(broken.status).toBe(500);
    expect(broken.json.error).toMatchObject({ code: 'unexpected', id: expect.stringMatching(/^[0-9a-f]{12}$/) });
    expect(broken.text).not.toContain('private');
    const log = bench.logged();
    expect(log).toContain(broken.json.error.id);
    expect(log).toContain('/api/v1/queue');
    for (const secret of [
      key,
      mei.cookie.split('=')[1] ?? '',
      'very private',
      'words searched',
      'secretword',
      'nobody should log',
    ]) {
      expect(log).not.toContain(secret);
    }
  });
});
