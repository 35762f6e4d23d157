import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commentsIn, itemOf, oldestIn, toMention } from '../../../connectors/facebook/messages.ts';
import { APP_ID, APP_SECRET, businessUsage, PAGE, PAGE_TOKEN, USER_TOKEN } from '../../platforms/facebook.ts';
import {
  clock,
  collect,
  count,
  DAY,
  MINUTE,
  mentions,
  open,
  platform,
  setUpFacebook,
  signal,
  store,
  texts,
} from './support.ts';

setUpFacebook();

const ours = (message: string) => platform.post('', message, { from: PAGE });
/** A source whose token is watched. */
const watched = () => open({ appSecret: APP_SECRET, options: { app: APP_ID } });
const later = () => clock.pass(5 * MINUTE);

describe('what is heard', () => {
  it('posts that tag the Page, what is written on it, and comments and answers under all of them', async () => {
    const news = ours('Version 5 is out');
    const first = platform.comment('mei_lin', news, '充值失败');
    const answer = platform.comment('tomas', first, 'me too');
    platform.post('lena', 'Where is my money?');
    const tagged = platform.post('kim', 'Acorn Wallet is slow', { tagged: true });
    platform.comment('lena', tagged, 'it is');
    await collect();
    expect(await texts()).toEqual(['Acorn Wallet is slow', 'Where is my money?', 'it is', 'me too', '充值失败'].sort());
    const of = Object.fromEntries((await mentions()).map((mention) => [mention.text, mention]));
    expect(of['me too']).toMatchObject({
      nativeId: answer.id,
      parentId: first.id,
      conversationId: first.id,
      url: `https://www.facebook.com/${answer.id}`,
      author: { name: 'tomas' },
      permission: { how: 'api' },
    });
    expect(of.充值失败).toMatchObject({ parentId: news.id, conversationId: first.id });
  });

  it('all comments as a stream, newest first: by default Facebook hides some', async () => {
    ours('news');
    await collect();
    for (const query of platform.asked.filter((one) => one.get('fields')?.includes('comments'))) {
      expect(query.get('fields')).toMatch(/comments\.filter\(stream\)\.order\(reverse_chronological\)/);
    }
  });

  it('our own posts and answers are no mentions', async () => {
    const first = platform.comment('lena', ours('news'), 'help');
    platform.comment('', first, 'We are here', { from: PAGE });
    expect(await collect()).toMatchObject({ added: 1, ours: 2 });
  });

  it('two people whose names Facebook keeps to itself are not taken for one', async () => {
    platform.hidesAuthors = true;
    const news = ours('news');
    platform.comment('lena', news, 'one');
    platform.comment('kim', news, 'two');
    await collect();
    expect(new Set((await mentions()).map(({ author }) => author.id)).size).toBe(2);
  });

  it('a picture without words, and where comments are closed the answer is for a person', async () => {
    platform.comment('lena', ours('news'), '', { photo: true, canComment: false });
    await collect();
    expect(await mentions()).toMatchObject([{ text: '[photo]', permission: { how: 'by-hand' } }]);
  });

  it('new comments under an old post, an edit, and nothing twice', async () => {
    const news = ours('news');
    const first = platform.comment('lena', news, 'my monney');
    await collect();
    clock.pass(20 * DAY);
    platform.comment('kim', news, 'still broken');
    first.message = 'my money';
    expect(await collect()).toMatchObject({ added: 1, changed: 1 });
    expect(await collect()).toMatchObject({ added: 0, changed: 0 });
    expect(await texts()).toEqual(['my money', 'still broken']);
  });

  it('many comments at once, over many pages, under one post and under an answer', async () => {
    const news = ours('news');
    const first = platform.comment('lena', news, 'first');
    for (let n = 0; n < 330; n++) platform.comment(`p${n}`, n % 2 ? news : first, `more ${n}`);
    expect(await collect()).toMatchObject({ state: 'ok', added: 331 });
  });

  it('no further back than was asked for, and one request for a list where nothing is new', async () => {
    const news = ours('news');
    platform.comment('lena', news, 'long ago');
    clock.pass(DAY);
    platform.comment('kim', news, 'just now');
    await collect(open(), clock.now() - 60 * MINUTE);
    expect(await texts()).toEqual(['just now']);
    later();
    platform.requests.length = 0;
    await collect();
    expect(platform.requests.sort()).toEqual(['GET /me', `GET /${PAGE.id}/feed`, `GET /${PAGE.id}/tagged`].sort());
  });

  it('only the lists that are wanted, and no further than the posts are too old', async () => {
    for (let n = 0; n < 9; n++) platform.post('lena', `old ${n}`);
    clock.pass(10 * DAY);
    for (let n = 0; n < 3; n++) platform.post('lena', `post ${n}`);
    await collect(open({ options: { hear: ['feed'], postDays: 7, postsPerRequest: 3 } }));
    expect((await texts()).filter((text) => text.startsWith('post'))).toHaveLength(3);
    expect([count(/feed/), count(/tagged/)]).toEqual([2, 0]);
  });
});

describe('nothing is lost', () => {
  it('where a round breaks off it goes on, and the mark moves only when all is read', async () => {
    const news = ours('news');
    await collect();
    const before = await store.cursor('facebook');
    later();
    for (let n = 0; n < 260; n++) platform.comment(`p${n}`, news, `new ${n}`);
    platform.onNext(/comments$/, { as: 500 });
    expect((await collect()).state).toBe('unavailable');
    expect(await store.cursor('facebook')).toMatchObject({ since: (before as { since: number }).since });
    clock.pass(60 * MINUTE);
    expect((await collect()).state).toBe('ok');
    expect(await texts()).toHaveLength(260);
  });

  it('a post that goes away while it is read takes its comments with it, and the rest goes on', async () => {
    const news = ours('news');
    for (let n = 0; n < 60; n++) platform.comment(`p${n}`, news, `new ${n}`);
    platform.post('kim', 'tagged', { tagged: true });
    platform.onNext(/comments$/, { as: 'error', code: 100, subcode: 33 });
    expect(await collect()).toMatchObject({ state: 'ok', added: 26 });
  });

  it('a strange item is skipped with its reason', async () => {
    platform.post('lena', 'fine');
    platform.post('kim', 7 as unknown as string);
    expect(await collect()).toMatchObject({ state: 'ok', added: 1, skipped: 1 });
  });

  it('whatever an item holds, it becomes a mention with a text, a reason or nothing', () => {
    const field = fc.oneof(fc.anything(), fc.string(), fc.constant('2026-11-22T10:00:00+0000'));
    const item = fc.record({
      id: fc.string(),
      message: field,
      created_time: field,
      from: field,
      parent: field,
      comments: field,
    });
    fc.assert(
      fc.property(fc.oneof(item, fc.anything()), (raw) => {
        const read = itemOf(raw);
        if (!('reason' in read)) expect(toMention(read)?.text ?? 'nothing').toMatch(/\S/);
        expect(typeof oldestIn([raw])).toBe('number');
        commentsIn(raw);
      }),
    );
  });

  it('what was deleted is found gone, but not everything at once', async () => {
    const news = ours('news');
    const all = Array.from({ length: 26 }, (_, n) => platform.comment(`p${n}`, news, `new ${n}`));
    for (const one of [all[3], all[14], all[25]]) if (one) platform.remove(one);
    const ids = all.map(({ id }) => id);
    const answers = await open().recheck?.(ids, signal());
    expect(answers?.filter(({ now }) => now === 'gone').map(({ nativeId }) => nativeId)).toEqual([
      ids[3],
      ids[14],
      ids[25],
    ]);
    expect(answers).toHaveLength(26);
    for (const one of all) platform.remove(one);
    await expect(open().recheck?.(ids, signal())).rejects.toMatchObject({ kind: 'bad-shape' });
  });
});

describe('the token', () => {
  it('of a person is refused with what to do: with it Facebook shows empty lists', async () => {
    platform.post('lena', 'help');
    expect(await collect(open({ token: USER_TOKEN }))).toMatchObject({
      state: 'unauthorized',
      message: expect.stringMatching(/"Lin Admin".*not of the Page.*\/me\/accounts/),
    });
  });

  it('that is wrong is not repeated in what is said of it, though Facebook does', async () => {
    const wrong = 'EAAB-a-wrong-token';
    const failure = await open({ token: wrong })
      .check(signal())
      .catch((thrown: unknown) => thrown);
    expect(failure).toMatchObject({ kind: 'unauthorized', raw: expect.stringContaining('Malformed access token •••') });
    expect(JSON.stringify(failure)).not.toContain(wrong);
  });

  it.each([
    [463, /expired/],
    [460, /password was changed/],
    [458, /taken off/],
  ])('that has ended (%i) says why', async (subcode, why) => {
    platform.onNext(/feed/, { as: 'error', code: 190, subcode });
    expect(await collect()).toMatchObject({ state: 'unauthorized', message: expect.stringMatching(why) });
  });

  it('that ends soon, or whose access does, is told before it happens', async () => {
    expect((await collect(watched())).message).toBe('');
    for (const field of ['expires_at', 'data_access_expires_at'] as const) {
      Object.assign(platform.token, { expires_at: 0, [field]: Math.floor((clock.now() + 10 * DAY) / 1000) });
      const result = await collect(watched());
      expect(result).toMatchObject({
        state: 'ok',
        message: expect.stringMatching(/ends on \d{4}-\d\d-\d\d\. Make a new one/),
      });
      Object.assign(platform.token, { [field]: Math.floor((clock.now() + 40 * DAY) / 1000) });
      expect((await collect(watched())).message).toBe('');
    }
  });

  it('is watched by nobody without the app, and the doctor says so', async () => {
    platform.token.is_valid = false;
    expect((await collect()).message).toBe('');
    expect(await open().examine?.(signal())).toMatchObject([{ what: 'token', ok: false }]);
    const wrong = open({ appSecret: 'wrong', options: { app: APP_ID } });
    expect(await wrong.examine?.(signal())).toMatchObject([{ what: 'token', ok: false }]);
  });

  it('is looked at by the doctor, with the rights it has', async () => {
    platform.token.scopes = ['pages_read_engagement'];
    expect(await watched().examine?.(signal())).toMatchObject([
      { what: 'token', ok: true },
      { what: 'rights', ok: false, message: expect.stringMatching(/pages_read_user_content, pages_manage_engagement/) },
    ]);
  });

  it('stands in no address, and each request is signed where the app’s secret is known', async () => {
    platform.appSecret = APP_SECRET;
    expect(await collect()).toMatchObject({ state: 'unauthorized' });
    expect(await collect(open({ appSecret: APP_SECRET }))).toMatchObject({ state: 'ok' });
    expect(await collect(watched())).toMatchObject({ state: 'ok' });
    const inAddress = platform.asked.filter((query) => [...query.values()].includes(PAGE_TOKEN));
    expect(inAddress.map((query) => query.has('input_token'))).toEqual([true]);
  });
});

describe('the allowance', () => {
  it('nearly used up: reading pauses, replies go on', async () => {
    const said = platform.comment('lena', ours('news'), 'help');
    platform.headers = businessUsage(92);
    const source = open();
    expect(await collect(source)).toMatchObject({ state: 'rate-limited', until: clock.now() + 5 * MINUTE });
    const before = platform.requests.length;
    expect(await collect(source)).toMatchObject({ rested: true });
    expect(platform.requests).toHaveLength(before);
    const order = { key: 'k', text: 'Thank you', nativeId: said.id, replyRef: said.id, firstTriedAt: clock.now() };
    await source.reply?.send(order, signal());
    expect(platform.replies).toHaveLength(1);
    platform.headers = {};
    clock.pass(5 * MINUTE);
    expect(await collect(source)).toMatchObject({ state: 'ok', added: 1 });
  });

  it.each([4, 17, 32, 613, 80_001])('used up (%i): as long as Facebook says', async (code) => {
    platform.onNext(/feed/, { as: 'error', code, headers: businessUsage(100, 17) });
    expect(await collect()).toMatchObject({ state: 'rate-limited', until: clock.now() + 17 * MINUTE });
  });

  it('an app’s own counts as well', async () => {
    platform.headers = { 'x-app-usage': JSON.stringify({ call_count: 3, total_time: 100, total_cputime: 9 }) };
    expect(await collect()).toMatchObject({ state: 'rate-limited' });
  });
});

describe('what Facebook says by number', () => {
  it.each([
    [1, 'unavailable'],
    [2, 'unavailable'],
    [10, 'unauthorized'],
    [200, 'unauthorized'],
    [368, 'blocked'],
    [100, 'paused'],
  ])('%i while reading is %s', async (code, state) => {
    platform.onNext(/feed/, { as: 'error', code });
    expect((await collect()).state).toBe(state);
  });

  it('a version that has ended is told', async () => {
    platform.version = 'v27.0';
    expect(await collect()).toMatchObject({
      state: 'ok',
      message: expect.stringMatching(/version v27\.0, since v25\.0 has ended/),
    });
  });
});
