import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCollector } from '../../../src/stages/collect/index.ts';
import { type IntakeBench, openIntakeBench } from '../../intake/support.ts';
import {
  APP_ID,
  APP_SECRET,
  FacebookPlatform,
  PAGE,
  type PageEvent,
  signedCall,
  VERIFY_TOKEN,
} from '../../platforms/facebook.ts';
import { openFacebook } from '../../platforms/open-facebook.ts';
import { quiet } from '../../platforms/open-forum.ts';

const PATH = '/intake/facebook';
const DAY = 86_400_000;
let platform: FacebookPlatform;
let bench: IntakeBench;

const open = (options: object = {}) =>
  openFacebook(platform, {
    clock: { now: () => bench.clock.now() },
    appSecret: APP_SECRET,
    verifyToken: VERIFY_TOKEN,
    origin: 'https://inbox.example.com',
    options: { app: APP_ID, ...options },
  });

beforeEach(async () => {
  platform = await new FacebookPlatform(() => bench.clock.now()).start();
  bench = await openIntakeBench(() => [open()]);
});
afterEach(async () => {
  await bench.close();
  await platform.close();
});

const ours = (message: string) => platform.post('', message, { from: PAGE });
const deliver = () => platform.deliver(`${bench.local}${PATH}`);
const send = (changes: PageEvent[], page?: string, at = bench.clock.now()) =>
  bench.call(PATH, signedCall(changes, at, page));
const mentions = async () =>
  (await bench.store.queue({ limit: 500, order: 'newest' })).rows.map(({ mention }) => mention);
const texts = async () => (await mentions()).map(({ text }) => text).sort();
const collect = () => {
  const deps = { store: bench.store, clock: bench.clock, log: quiet, ourHandles: () => [], random: () => 0 };
  return createCollector(deps).collect(open(), { since: 0, signal: AbortSignal.timeout(60_000), asked: true });
};

describe('the handshake', () => {
  const ask = (query: Record<string, string>) =>
    bench.call(`${PATH}?${new URLSearchParams({ 'hub.mode': 'subscribe', 'hub.challenge': '1158201444', ...query })}`, {
      method: 'GET',
    });

  it('gives the challenge back to who knows the verify token', async () => {
    const answer = await ask({ 'hub.verify_token': VERIFY_TOKEN });
    expect(answer).toMatchObject({ status: 200, text: '1158201444' });
    expect(answer.headers['content-type']).toMatch(/^text\/plain/);
  });

  it.each([
    ['another token', { 'hub.verify_token': 'guess' }],
    ['no token', {}],
    ['markup as a challenge', { 'hub.verify_token': VERIFY_TOKEN, 'hub.challenge': '<script>alert(1)</script>' }],
    ['another mode', { 'hub.verify_token': VERIFY_TOKEN, 'hub.mode': 'unsubscribe' }],
  ])('refuses %s', async (_what, query) => {
    const answer = await ask(query);
    expect(answer.status).toBe(403);
    expect(answer.text).not.toContain(VERIFY_TOKEN);
    expect(answer.text).not.toContain('<script>');
  });
});

describe('what Facebook tells', () => {
  it('is heard at once: posts, comments, answers, and that we were named elsewhere', async () => {
    const news = ours('Version 5 is out');
    const first = platform.comment('mei_lin', news, '充值失败 😡');
    const answer = platform.comment('tomas', first, 'me too');
    platform.post('lena', 'Where is my money?');
    platform.post('kim', 'Acorn Wallet is slow', { tagged: true });
    platform.comment('lena', first, '', { photo: true });
    expect(await deliver()).toBe(200);
    expect(await texts()).toEqual(['Acorn Wallet is slow', 'Where is my money?', 'me too', '充值失败 😡'].sort());
    const found = (await mentions()).find(({ nativeId }) => nativeId === answer.id);
    expect(found).toMatchObject({
      parentId: first.id,
      conversationId: first.id,
      replyRef: first.id,
      author: { name: 'tomas' },
    });
  });

  it('makes the same mention as reading does, whichever comes first', async () => {
    const news = ours('news');
    const first = platform.comment('mei', news, '充值失败');
    platform.comment('tomas', first, 'me too');
    platform.post('kim', 'Acorn Wallet is slow', { tagged: true });
    await deliver();
    const told = await mentions();
    expect(await collect()).toMatchObject({ added: 0, changed: 0, known: 3, ours: 1 });
    expect(await mentions()).toEqual(told);

    platform.comment('lena', news, 'late');
    expect(await collect()).toMatchObject({ added: 1 });
    await deliver();
    expect(await mentions()).toHaveLength(4);
  });

  it('leaves the rest to reading: what stands below posts of others', async () => {
    const tagged = platform.post('kim', 'Acorn Wallet is slow', { tagged: true });
    platform.comment('lena', tagged, 'it is');
    await deliver();
    expect(await texts()).toEqual(['Acorn Wallet is slow']);
    expect(await collect()).toMatchObject({ added: 1, known: 1 });
  });

  it('is followed: edits, and removals, also within one call', async () => {
    const news = ours('news');
    const kept = platform.comment('lena', news, 'frist');
    const removed = platform.comment('kim', news, 'my number is 13800138000');
    await deliver();
    platform.edit(kept, 'first');
    platform.remove(removed);
    const brief = platform.comment('tomas', news, 'never mind');
    platform.remove(brief);
    await deliver();
    expect((await mentions()).filter(({ state }) => state !== 'erased').map(({ text }) => text)).toEqual(['first']);
    const raw = JSON.stringify(await mentions());
    expect(raw).not.toMatch(/13800138000|never mind/);
  });

  it('is not our own answer', async () => {
    const first = platform.comment('lena', ours('news'), 'help');
    platform.comment('', first, 'We are here', { from: PAGE });
    await deliver();
    expect(await texts()).toEqual(['help']);
  });

  it('does not say who wrote it where Facebook keeps that to itself', async () => {
    platform.hidesAuthors = true;
    const news = ours('news');
    platform.comment('lena', news, 'one');
    platform.comment('kim', news, 'two');
    await deliver();
    const authors = (await mentions()).map(({ author }) => author);
    expect(authors.map(({ name }) => name)).toEqual(['Facebook user', 'Facebook user']);
    expect(new Set(authors.map(({ id }) => id)).size).toBe(2);
  });

  it('is nothing to keep when it is a reaction, another Page, or what nobody asked for', async () => {
    const value = { post_id: `${PAGE.id}_1`, from: { id: '3', name: 'x' }, created_time: 1, verb: 'add', message: 'x' };
    const before = await bench.store.statuses();
    for (const item of ['reaction', 'like', 'album', 'event']) {
      expect((await send([{ field: 'feed', value: { ...value, item } }])).status).toBe(200);
    }
    expect((await send([{ field: 'feed', value: { ...value, item: 'post' } }], '999')).status).toBe(200);
    expect((await send([{ field: 'conversations', value }])).status).toBe(200);
    expect(await mentions()).toEqual([]);
    expect(await bench.store.statuses()).toEqual(before);
  });

  it('is told once more, until it is stored', async () => {
    platform.post('lena', 'Where is my money?');
    const { savePage } = bench.store;
    bench.store.savePage = async () => Promise.reject(new Error('no store'));
    expect(await deliver()).toBe(503);
    bench.store.savePage = savePage;
    expect(await deliver()).toBe(200);
    expect(await texts()).toEqual(['Where is my money?']);
  });

  it('waits while nobody can say who we are: our own posts must not be taken for mentions', async () => {
    platform.post('', 'We are here', { from: PAGE });
    platform.onNext(/GET \/me/, { as: 500 });
    expect(await deliver()).toBe(503);
    expect(await mentions()).toEqual([]);
    expect(await deliver()).toBe(200);
    expect(await mentions()).toEqual([]);
  });

  it('of which one part is strange, brings the others', async () => {
    const value = { item: 'post', verb: 'add', message: 'fine', created_time: 1_700_000_000, post_id: `${PAGE.id}_5` };
    await send([
      { field: 'feed', value: { ...value, post_id: { $ne: 1 } } },
      { field: 'feed', value },
      { field: 'feed', value: null as never },
    ]);
    expect(await texts()).toEqual(['fine']);
    expect(await bench.store.statuses()).toMatchObject([{ stored: 1, skipped: 2 }]);
  });
});

describe('what is not from Facebook', () => {
  const events: PageEvent[] = [
    {
      field: 'feed',
      value: {
        item: 'post',
        verb: 'add',
        message: '转账请加客服',
        post_id: `${PAGE.id}_7`,
        created_time: 1_700_000_000,
      },
    },
  ];
  const signed = () => signedCall(events, bench.clock.now());

  it.each<[string, (call: ReturnType<typeof signedCall>) => ReturnType<typeof signedCall>]>([
    ['no signature', ({ body }) => ({ body, headers: {} })],
    ['an empty one', ({ body }) => ({ body, headers: { 'x-hub-signature-256': '' } })],
    ['the old kind', ({ body }) => ({ body, headers: { 'x-hub-signature': 'sha1=abc' } })],
    ['another secret', () => signedCall(events, bench.clock.now(), PAGE.id, 'guess')],
    ['no secret at all', () => signedCall(events, bench.clock.now(), PAGE.id, '')],
    ['other bytes of the same meaning', ({ body, headers }) => ({ body: `${body} `, headers })],
    [
      'other letters in the signature',
      ({ body, headers }) => ({
        body,
        headers: { 'x-hub-signature-256': (headers['x-hub-signature-256'] ?? '').toUpperCase() },
      }),
    ],
  ])('is refused: %s', async (_what, change) => {
    const answer = await bench.call(PATH, change(signed()));
    expect(answer.status).toBe(401);
    expect(JSON.parse(answer.text).error.code).toBe('bad-signature');
    expect(answer.text).not.toContain(APP_SECRET);
    expect(await mentions()).toEqual([]);
  });

  it('told again does nothing: no old words come back, and nothing that was removed', async () => {
    const news = ours('news');
    const comment = platform.comment('lena', news, 'old words');
    const caught = signedCall(platform.events, bench.clock.now());
    await deliver();
    platform.edit(comment, 'new words');
    await deliver();
    for (let again = 0; again < 3; again++) expect((await bench.call(PATH, caught)).status).toBe(200);
    expect(await texts()).toEqual(['new words']);
    platform.remove(comment);
    await deliver();
    bench.clock.pass(5 * DAY);
    expect((await bench.call(PATH, caught)).status, 'later than it is remembered').toBe(200);
    expect((await mentions()).filter(({ text }) => text !== '')).toEqual([]);
  });

  it('whatever it is, it is refused with a reason, and breaks nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.json(), fc.string()), async (body) => {
        const { headers } = signedCall([], 0);
        expect((await bench.call(PATH, { headers, body })).status).toBeGreaterThanOrEqual(400);
      }),
      { numRuns: 50 },
    );
  });

  it('although it is signed, strange JSON is no event', async () => {
    for (const strange of [null, [], 'x', { object: 'user', entry: [] }, { object: 'page', entry: {} }]) {
      const { body, headers } = signedAs(JSON.stringify(strange));
      expect((await bench.call(PATH, { body, headers })).status).toBe(400);
    }
  });
});

describe('the doctor', () => {
  const webhooks = async () =>
    (await open().examine?.(AbortSignal.timeout(60_000)))?.find(({ what }) => what === 'webhooks');

  it('says where Facebook calls', async () => {
    expect(await webhooks()).toEqual({
      what: 'webhooks',
      ok: true,
      message: 'Facebook calls https://inbox.example.com/intake/facebook',
    });
  });

  it('says what the Page is not subscribed to', async () => {
    platform.subscribed = ['feed'];
    expect(await webhooks()).toMatchObject({ ok: false, message: expect.stringMatching(/^not told of mention\./) });
  });
});

function signedAs(body: string) {
  return {
    body,
    headers: { 'x-hub-signature-256': `sha256=${createHmac('sha256', APP_SECRET).update(body).digest('hex')}` },
  };
}
