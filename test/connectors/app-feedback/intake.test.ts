import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mentionId } from '../../../src/core/ids.ts';
import { picture, pngOfSize } from '../../attachments/pictures.ts';
import { type feedbackCall, feedbackWith, SECRET } from '../../platforms/app.ts';
import {
  bench,
  codeOf,
  FEEDBACK,
  jsonOf,
  MINUTE,
  mentions,
  only,
  reopen,
  say,
  send,
  setUpApp,
  shelf,
  signedNow,
} from './support.ts';

setUpApp();

const WORDS = {
  text: '充值失败，钱扣了 😡',
  lang: 'zh-CN',
  version: '5.2.1',
  device: 'Pixel 9, Android 17',
  user: 'u-17',
};
const now = () => bench.clock.now();

describe('what an app sends', () => {
  it('becomes a mention, with what the app knows', async () => {
    const answer = await say(
      { ...WORDS, name: 'Mei', contact: { by: 'app' }, saidAt: '2026-11-20T08:00:00Z' },
      { id: 'feedback-1' },
    );
    expect([answer.status, jsonOf(answer)]).toEqual([200, { id: 'feedback-1', known: false, screenshots: [] }]);
    expect(await only()).toMatchObject({
      nativeId: 'feedback-1',
      text: WORDS.text,
      author: { id: 'u-17', name: 'Mei' },
      place: 'Acorn Wallet 5.2.1 · Pixel 9, Android 17',
      langHint: 'zh-CN',
      saidAt: Date.UTC(2026, 10, 20, 8),
      permission: { how: 'api' },
      conversationId: 'feedback-1',
    });
  });

  it('may go on from an earlier message', async () => {
    await say(WORDS, { id: 'feedback-1' });
    await say({ text: 'It works now', user: 'u-17', follows: 'feedback-1' }, { id: 'feedback-2' });
    const second = (await mentions()).find(({ nativeId }) => nativeId === 'feedback-2');
    expect(second).toMatchObject({ parentId: 'feedback-1', conversationId: 'feedback-1' });
  });

  it('is answered only by the way its author chose', async () => {
    const permission = async (contact?: object) => {
      await say({ text: 'x', ...(contact && { contact }) });
      return (await mentions())[0]?.permission;
    };
    expect(await permission()).toMatchObject({ how: 'never', why: expect.stringMatching(/did not ask for an answer/) });
    expect(await permission({ by: 'none' })).toMatchObject({ how: 'never' });
    expect(await permission({ by: 'app' })).toEqual({ how: 'api' });
    expect(await permission({ by: 'email', email: 'mei@example.org' })).toMatchObject({
      how: 'by-hand',
      why: expect.stringMatching(/"mailHost"/),
    });
  });

  it('of two who leave no name is not by one person', async () => {
    await say({ text: 'one' });
    await say({ text: 'two' });
    const authors = (await mentions()).map(({ author }) => author.id);
    expect(new Set(authors).size).toBe(2);
  });

  it('is text, whatever it looks like', async () => {
    const text = '<img src=x onerror=alert(1)> =cmd|calc %s \\u0000 \ud800 {{product}}';
    await say({ text, device: '\u202e<b>', version: '\n\n' });
    const { text: kept, place = '' } = await only();
    expect(kept).toContain('<img src=x onerror=alert(1)> =cmd|calc %s');
    expect(`${kept}${place}`.isWellFormed()).toBe(true);
    expect(place).not.toMatch(/\n/);
  });

  it('can be taken back by whoever wrote it', async () => {
    await say({ ...WORDS, text: 'my code is 123456' }, { id: 'feedback-1' });
    const answer = await send(signedNow({ id: 'feedback-1' }), '/intake/app/v1/withdraw');
    expect(jsonOf(answer)).toEqual({ id: 'feedback-1', withdrawn: true });
    const gone = (await bench.store.find(mentionId('app-feedback', 'feedback-1')))?.mention;
    expect(gone).toMatchObject({ state: 'erased', text: '' });
    expect(await say(WORDS, { id: 'feedback-1' }).then(codeOf), 'and does not come back').toEqual([409, 'id-taken']);
  });

  it('is told to come again when it cannot be stored, and is taken then', async () => {
    const { savePage } = bench.store;
    bench.store.savePage = async () => Promise.reject(new Error('the disk is full'));
    expect(await say(WORDS, { id: 'feedback-1' }).then(codeOf)).toEqual([503, 'try-again']);
    bench.store.savePage = savePage;
    expect(jsonOf(await say(WORDS, { id: 'feedback-1' }))).toMatchObject({ known: false });
  });
});

describe('the same message again', () => {
  it('counts once, and says that it is known', async () => {
    for (const known of [false, true, true]) {
      expect(jsonOf(await say(WORDS, { id: 'feedback-1' }))).toMatchObject({ known });
      bench.clock.pass(2 * MINUTE);
    }
    await only();
  });

  it('as the very same call is refused, before its body is read', async () => {
    const call = signedNow(WORDS);
    expect((await send(call)).status).toBe(200);
    expect(await send(call).then(codeOf)).toEqual([409, 'repeated']);
    const { 'content-length': _, ...headers } = call.headers;
    expect(await bench.call(FEEDBACK, { headers, body: endless() }).then(codeOf)).toEqual([409, 'repeated']);
    bench.clock.pass(6 * MINUTE);
    expect(await send(call).then(codeOf), 'and later for its time').toEqual([401, 'too-old']);
    await only();
  });

  it('with other words is refused: nothing that was said is lost behind it', async () => {
    await say(WORDS, { id: 'feedback-1' });
    expect(await say({ ...WORDS, text: 'another one' }, { id: 'feedback-1' }).then(codeOf)).toEqual([409, 'id-taken']);
    expect((await only()).text).toBe(WORDS.text);
  });

  it('at once counts once', async () => {
    const all = await Promise.all(
      Array.from({ length: 8 }, (_, i) => say(WORDS, { id: 'feedback-1', at: now() - i * 1000 })),
    );
    expect(all.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect(all.filter((answer) => !jsonOf(answer).known)).toHaveLength(1);
    await only();
  });
});

describe('what is not believed', () => {
  it.each<[string, number, string, () => ReturnType<typeof feedbackCall>]>([
    ['another secret', 401, 'bad-signature', () => signedNow(WORDS, { secret: 'guess' })],
    ['an empty secret', 401, 'bad-signature', () => signedNow(WORDS, { secret: '' })],
    ['other words', 401, 'bad-signature', () => ({ ...signedNow(WORDS), body: '{"text":"forged"}' })],
    [
      'another id',
      401,
      'bad-signature',
      () => ({ ...signedNow(WORDS), headers: { ...signedNow(WORDS).headers, 'webhook-id': 'another-id' } }),
    ],
    ['a time of long ago', 401, 'too-old', () => signedNow(WORDS, { at: now() - 6 * MINUTE })],
    ['a time to come', 401, 'too-old', () => signedNow(WORDS, { at: now() + 6 * MINUTE })],
    [
      'no time',
      401,
      'too-old',
      () => ({ ...signedNow(WORDS), headers: { ...signedNow(WORDS).headers, 'webhook-timestamp': 'now' } }),
    ],
    [
      'no signature',
      401,
      'not-signed',
      () => ({ body: JSON.stringify(WORDS), headers: { 'content-type': 'application/json' } }),
    ],
    ['an id of two letters', 400, 'bad-id', () => signedNow(WORDS, { id: 'ab' })],
    ['an id that is a path', 400, 'bad-id', () => signedNow(WORDS, { id: '../../../etc/passwd' })],
    [
      'plain text',
      415,
      'bad-type',
      () => ({ ...signedNow(WORDS), headers: { ...signedNow(WORDS).headers, 'content-type': 'text/plain' } }),
    ],
    ['no JSON', 422, 'not-understood', () => signedNow('hello')],
    ['nothing said', 422, 'not-understood', () => signedNow({ text: ' \n ' })],
    ['too much said', 422, 'not-understood', () => signedNow({ text: 'x'.repeat(20_001) })],
    [
      'an address that is none',
      422,
      'not-understood',
      () => signedNow({ text: 'x', contact: { by: 'email', email: 'a@b\nBcc: c@d.example' } }),
    ],
    ['more JSON than anybody needs', 413, 'too-large', () => signedNow({ text: 'x', more: 'x'.repeat(70_000) })],
  ])('%s', async (_what, status, code, call) => {
    const answer = await send(call());
    expect(codeOf(answer)).toEqual([status, code]);
    expect(jsonOf(answer).error.message).toMatch(/\.$/);
    expect(answer.text).not.toContain(SECRET);
    expect(await mentions()).toEqual([]);
  });

  it('50 MB, by its length or without one', async () => {
    const { headers } = signedNow(WORDS);
    const big = { ...headers, 'content-length': String(50 * 1024 * 1024) };
    expect(await bench.call(FEEDBACK, { headers: big, body: endless() }).then(codeOf)).toEqual([413, 'too-large']);
    expect(await bench.call(FEEDBACK, { headers, body: endless() }).then(codeOf)).toEqual([413, 'too-large']);
  });

  it('anything below an address that is none', async () => {
    for (const path of [
      '/intake/app',
      '/intake/app/v2/feedback',
      '/intake/app/v1/feedback/1',
      '/intake/app/../app/v9',
    ]) {
      expect((await send(signedNow(WORDS), path)).status).toBe(404);
    }
  });

  it('whatever it is, it breaks nothing', async () => {
    const odd = fc.oneof(
      fc.json(),
      fc.string(),
      fc.record({ text: fc.anything(), contact: fc.anything(), screenshots: fc.anything() }),
    );
    await fc.assert(
      fc.asyncProperty(odd, async (said) => {
        const { status } = await say(typeof said === 'string' ? said : (JSON.stringify(said) ?? ''));
        expect([200, 401, 413, 422]).toContain(status);
      }),
      { numRuns: 60 },
    );
  });

  it('is believed with the secret before, while that is changed', async () => {
    const variables = { APP_FEEDBACK_SECRET: 'a new secret, long enough', APP_FEEDBACK_SECRET_BEFORE: SECRET };
    await reopen({ variables });
    expect((await say(WORDS)).status).toBe(200);
    expect((await say(WORDS, { secret: 'a new secret, long enough' })).status).toBe(200);
    expect((await say(WORDS, { secret: 'neither of them, but long enough' })).status).toBe(401);
  });
});

describe('screenshots', () => {
  const withFiles = (files: { name: string; bytes: Uint8Array }[], said: object = {}) =>
    send(feedbackWith({ ...WORDS, ...said }, files, { id: 'feedback-1', at: now() }));

  it('come along, are made anew and kept with the message', async () => {
    const files = await Promise.all(
      (['png', 'jpeg', 'webp'] as const).map(async (kind) => ({ name: `shot.${kind}`, bytes: await picture(kind) })),
    );
    const answer = await withFiles(files);
    expect(jsonOf(answer).screenshots.map(({ kept }: { kept: boolean }) => kept)).toEqual([true, true, true]);
    const { id, attachments } = await only();
    expect(attachments).toMatchObject([
      { type: 'image/png', description: 'shot.png', width: 40, height: 30 },
      { type: 'image/jpeg' },
      { type: 'image/webp' },
    ]);
    for (const { file = '' } of attachments) {
      expect(Buffer.from((await shelf.read(id, file))?.bytes ?? []).toString('latin1')).not.toContain('Hidden');
    }
  });

  it('that cannot be kept do not take the words along', async () => {
    const files = [
      { name: 'bomb.png', bytes: pngOfSize(60_000, 60_000) },
      { name: 'page.png', bytes: Buffer.from('<script>alert(1)</script>') },
      { name: 'huge.png', bytes: Buffer.concat([await picture('png'), Buffer.alloc(10 * 1024 * 1024 + 1)]) },
    ];
    const answer = jsonOf(await withFiles(files));
    expect(answer.screenshots).toMatchObject([
      { kept: false, why: expect.stringMatching(/too many/) },
      { kept: false, why: expect.stringMatching(/no PNG, JPEG or WebP/) },
      { kept: false, why: 'It is larger than 10 MB.' },
    ]);
    const { text, attachments } = await only();
    expect(text).toBe(WORDS.text);
    expect(attachments.map(({ description }) => description?.split(':')[0])).toEqual([
      'bomb.png',
      'page.png',
      'huge.png',
    ]);
    expect(attachments.some(({ file }) => file)).toBe(false);
  });

  it.each<[string, string, () => Promise<ReturnType<typeof feedbackWith>>]>([
    [
      'that nobody signed',
      'bad-screenshots',
      async () =>
        feedbackWith({ ...WORDS, screenshots: [] }, [{ name: 'a.png', bytes: await picture('png') }], { at: now() }),
    ],
    [
      'that are others than was signed',
      'bad-screenshots',
      async () =>
        feedbackWith({ ...WORDS, screenshots: ['0'.repeat(64)] }, [{ name: 'a.png', bytes: await picture('png') }], {
          at: now(),
        }),
    ],
    [
      'that are missing',
      'bad-screenshots',
      async () => feedbackWith({ ...WORDS, screenshots: ['0'.repeat(64)] }, [], { at: now() }),
    ],
    [
      'more than three',
      'too-many-files',
      async () =>
        feedbackWith(
          WORDS,
          Array.from({ length: 4 }, (_, n) => ({ name: 'a.png', bytes: Buffer.from(`${n}`) })),
          { at: now() },
        ),
    ],
    [
      'beside words that are not signed',
      'bad-signature',
      async () => feedbackWith(WORDS, [{ name: 'a.png', bytes: await picture('png') }], { at: now(), secret: 'guess' }),
    ],
  ])('%s are refused', async (_what, code, call) => {
    expect(codeOf(await send(await call()))[1]).toBe(code);
    expect(await mentions()).toEqual([]);
  });

  it('are not read where the words before them are not signed', async () => {
    const { body, headers } = feedbackWith(WORDS, [{ name: 'a.png', bytes: Buffer.alloc(100) }], {
      at: now(),
      secret: 'guess',
    });
    const start = Buffer.from(body as Buffer).subarray(0, -60);
    const answer = await bench.call(FEEDBACK, { headers, body: endless(start) });
    expect(codeOf(answer)).toEqual([401, 'bad-signature']);
    expect(answer.sent).toBeLessThan(8 * 1024 * 1024);
  });

  it('in a form that is broken are refused, whatever is broken about it', async () => {
    const { body, headers } = feedbackWith(WORDS, [{ name: 'a.png', bytes: await picture('png') }], { at: now() });
    const bytes = Buffer.from(body as Buffer);
    const broken: [string, Buffer][] = [
      ['multipart/form-data', bytes],
      ['multipart/form-data; boundary=', bytes],
      ['multipart/form-data; boundary=other', bytes],
      [headers['content-type'] ?? '', bytes.subarray(0, bytes.length / 2)],
      [headers['content-type'] ?? '', Buffer.alloc(0)],
    ];
    for (const [type, sent] of broken) {
      const { status } = await send({ headers: { ...headers, 'content-type': type }, body: sent });
      expect([400, 415, 422]).toContain(status);
    }
    for (let length = 0; length < bytes.length - 10; length += 37) {
      expect((await send({ headers, body: bytes.subarray(0, length) })).status, `cut after ${length}`).toBe(400);
    }
    expect(await mentions()).toEqual([]);
  });
});

/** Bytes without end, after these. */
function endless(start: Buffer = Buffer.alloc(0)): Readable {
  const chunk = Buffer.alloc(64 * 1024, 'x');
  let first = true;
  return new Readable({
    read() {
      this.push(first && start.length > 0 ? start : chunk);
      first = false;
    },
  });
}
