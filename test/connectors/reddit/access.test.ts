import { describe, expect, it } from 'vitest';
import type { CollectResult } from '../../../src/stages/collect/index.ts';
import { createCollector } from '../../../src/stages/collect/index.ts';
import { quiet, temporaryStore } from '../../platforms/open-forum.ts';
import { openReddit, type RedditSettings } from '../../platforms/open-reddit.ts';
import { APP } from '../../platforms/reddit.ts';
import { anew, clock, HOUR, MINUTE, platform, posts, read, signal, withReddit } from './support.ts';

withReddit();

const NO_KEY = { REDDIT_CLIENT_ID: '', REDDIT_CLIENT_SECRET: '', REDDIT_REFRESH_TOKEN: '' };
const APP_ONLY = { ...NO_KEY, REDDIT_CLIENT_ID: APP.id, REDDIT_CLIENT_SECRET: APP.secret };
const WALLETS = { subreddits: ['wallets'] };

const open = (
  variables: Record<string, string>,
  options: Record<string, unknown> = WALLETS,
  more: RedditSettings = {},
) => openReddit(platform, { clock, variables, options, ...more });

/** A post, a comment on it and a post elsewhere, with all that has to be escaped. */
function said() {
  const post = platform.post('mei_lin', 'wallets', '充值失败 & "nothing" came', 'Since <yesterday> & still waiting.');
  const comment = platform.comment('tester_2', post, 'Same here.');
  platform.post('tester_3', 'payments', 'Is OKPay down?', 'Transfers hang.');
  return { post, comment };
}

describe('an app without an account', () => {
  it('reads what is public, with a token of its own, and leaves the replies to people', async () => {
    const { post, comment } = said();
    platform.comment('tester_4', comment, 'u/acorn_help look', { mentionsUs: true });
    const source = open(APP_ONLY, { ...WALLETS, searches: ['OKPay'] });
    const { found, notices } = await read(source, anew());
    expect(found.map(({ nativeId }) => nativeId)).toEqual(expect.arrayContaining([post.name, comment.name]));
    expect(found.map(({ permission }) => permission.how)).toEqual(found.map(() => 'by-hand'));
    expect(platform.requests.filter((one) => one.includes('/message/'))).toEqual([]);
    expect(notices.join()).toMatch(/without an account: username mentions are not heard/);
  });

  it('fetches its token anew when it has ended', async () => {
    said();
    const source = open(APP_ONLY, { usernameMentions: false, searches: ['OKPay'] });
    await read(source, anew());
    platform.forgetTokens();
    await expect(read(source, anew())).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(read(source, anew())).resolves.toBeDefined();
  });

  it('proves its key in a check, and follows deletions', async () => {
    const { post } = said();
    await expect(open(APP_ONLY).check(signal())).resolves.toMatchObject({
      note: expect.stringMatching(/without an account/),
    });
    const wrong = open({ ...APP_ONLY, REDDIT_CLIENT_SECRET: 'wrong' });
    await expect(wrong.check(signal())).rejects.toMatchObject({ kind: 'unauthorized' });
    post.deleted = 'author';
    expect(await open(APP_ONLY).recheck?.([post.name], signal())).toEqual([{ nativeId: post.name, now: 'gone' }]);
  });

  it('never comments', async () => {
    const { post } = said();
    const order = { key: 'k', text: 'Hello.', nativeId: post.name, firstTriedAt: 0 };
    for (const key of [APP_ONLY, NO_KEY]) {
      await expect(open(key).reply?.send(order, signal())).rejects.toMatchObject({
        kind: 'unauthorized',
        message: expect.stringMatching(/REDDIT_REFRESH_TOKEN/),
      });
    }
    expect(platform.replies).toEqual([]);
  });
});

describe('without an approved app', () => {
  it('the public feeds are read: posts, comments and searches, with the words as they were written', async () => {
    const { post, comment } = said();
    const { found } = await read(open(NO_KEY, { ...WALLETS, searches: ['OKPay'] }), anew());
    expect(found).toHaveLength(3);
    expect(found.find(({ nativeId }) => nativeId === post.name)).toMatchObject({
      author: { handle: 'mei_lin' },
      text: '充值失败 & "nothing" came\nSince <yesterday> & still waiting.',
      saidAt: post.created * 1000,
      url: expect.stringMatching(/^https:\/\/www\.reddit\.com\/r\/wallets\/comments\//),
      place: 'r/wallets',
      permission: { how: 'by-hand', why: expect.stringMatching(/without an account/) },
    });
    expect(found.find(({ nativeId }) => nativeId === comment.name)).toMatchObject({
      text: 'Same here.',
      conversationId: post.name,
    });
  });

  it('each reading says what a feed does not show', async () => {
    said();
    const { notices } = await read(open(NO_KEY), anew());
    expect(notices.at(-1)).toMatch(
      /public feeds.*Username mentions, edits and deletions are not seen.*REDDIT_CLIENT_ID/,
    );
  });

  it('a mention is the same one when an approved app takes over', async () => {
    said();
    const byFeed = await read(open(NO_KEY), anew());
    const byKey = await read(open({}), { cursor: byFeed.cursor });
    clock.pass(MINUTE);
    const again = await read(open({}), anew());
    expect(again.ids.toSorted()).toEqual(expect.arrayContaining(byFeed.ids.toSorted()));
    expect(byKey.holes).toEqual([]);
  });

  it('what went by while nobody read is a hole, as far back as the feed does not reach', async () => {
    posts(10);
    const source = open(NO_KEY, { usernameMentions: false, searches: ['help'] });
    const first = await read(source, anew());
    expect(first).toMatchObject({ holes: [], ids: { length: 10 } });
    clock.pass(HOUR);
    posts(130);
    const second = await read(source, { cursor: first.cursor });
    expect(second.ids).toHaveLength(100);
    expect(second.holes).toMatchObject([{ cause: expect.stringMatching(/its feed holds only the newest 100/) }]);
    clock.pass(MINUTE);
    posts(20);
    const third = await read(source, { cursor: second.cursor });
    expect(third.holes).toEqual([]);
  });

  it('one listing a time is read as often as Reddit lets it: a round goes on after the wait', async () => {
    said();
    platform.allowance = { remaining: 1, reset: 60 };
    const source = open(NO_KEY);
    const disk = await temporaryStore();
    const collector = createCollector({ store: disk.store, clock, log: quiet, ourHandles: () => [], random: () => 0 });
    const collect = (): Promise<CollectResult> =>
      collector.collect(source, { since: clock.now() - HOUR, signal: signal(), asked: true });
    // The check and each of the two feeds take one request.
    for (let minute = 0; minute < 2; minute++) {
      expect(await collect()).toMatchObject({ state: 'rate-limited', until: clock.now() + 60_000 });
      clock.pass(61_000);
      platform.allowance = { remaining: 1, reset: 60 };
    }
    expect(await collect()).toMatchObject({ state: 'ok' });
    expect((await disk.store.queue({ limit: 10 })).rows).toHaveLength(2);
    expect(platform.requests).toHaveLength(3);
    await disk.remove();
  });

  it('a block page is "blocked", never "no news", and no feed is no list without entries', async () => {
    said();
    const source = open(NO_KEY, { usernameMentions: false, searches: ['OKPay'] });
    const html = { 'content-type': 'text/html' };
    platform.onNextRead({ as: 'answer', status: 403, headers: html, body: '<!doctype html><title>Blocked</title>' });
    await expect(read(source, anew())).rejects.toMatchObject({ kind: 'unauthorized', blocked: true });
    platform.onNextRead({ as: 'answer', status: 200, body: '{}' });
    await expect(read(source, anew())).rejects.toMatchObject({ kind: 'bad-shape' });
  });

  it('nothing that is held is taken for deleted', async () => {
    const { post } = said();
    post.deleted = 'author';
    expect(await open(NO_KEY).recheck?.([post.name], signal())).toEqual([]);
  });

  it('the doctor says so, until the operator does not ask for more', async () => {
    expect(await open(NO_KEY).examine?.(signal())).toMatchObject([
      { what: 'access', ok: false, message: expect.stringMatching(/public feeds.*set usernameMentions to false/) },
    ]);
    const content = open(NO_KEY, { ...WALLETS, usernameMentions: false });
    expect(await content.examine?.(signal())).toMatchObject([{ what: 'access', ok: true }]);
  });
});

describe('secrets that do not belong together', () => {
  it.each([
    [
      { REDDIT_CLIENT_ID: 'id' },
      /REDDIT_CLIENT_ID and REDDIT_CLIENT_SECRET belong together, and REDDIT_CLIENT_SECRET is/,
    ],
    [{ REDDIT_CLIENT_SECRET: 's' }, /REDDIT_CLIENT_ID is not set/],
    [{ REDDIT_REFRESH_TOKEN: 'r' }, /account alone does not open Reddit/],
    [{ REDDIT_CLIENT_ID: 'id', REDDIT_CLIENT_SECRET: 's', REDDIT_USERNAME: 'u' }, /REDDIT_PASSWORD is not set/],
  ])('are named: %o', (some, message) => {
    expect(() => open({ ...NO_KEY, ...some })).toThrow(message);
  });

  it('and without a key, username mentions alone are nothing to hear', () => {
    expect(() => open(NO_KEY, {})).toThrow(/Username mentions need an account.*name a subreddit or a search/);
  });
});
