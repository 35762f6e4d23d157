import { describe, expect, it } from 'vitest';
import type { ReplyAbility, ReplyOrder, Source } from '../../../src/core/ports.ts';
import { openReddit } from '../../platforms/open-reddit.ts';
import type { Behaviour, Thing } from '../../platforms/reddit.ts';
import { clock, HOUR, MINUTE, openSearch, platform, posts, signal, withReddit } from './support.ts';

withReddit();

type LookUp = Extract<ReplyAbility, { once: 'look-up' }>;
const replying = (source: Source = openSearch()) => source.reply as LookUp;

const orderFor = (thing: Thing, more: Partial<ReplyOrder> = {}): ReplyOrder => ({
  key: 'k.r1',
  text: '您好，我们在看 & < >',
  nativeId: thing.name,
  firstTriedAt: clock.now(),
  ...more,
});

function onePost(): Thing {
  const [post] = posts(1);
  if (!post) throw new Error('no post');
  return post;
}

describe('a comment', () => {
  it('goes out once, word for word, to a post or to a comment, and says where it is', async () => {
    const post = onePost();
    const comment = platform.comment('tester', post, 'me too');
    for (const target of [post, comment]) {
      const order = orderFor(target);
      const posted = await replying().send(order, signal());
      const reply = platform.things.find(({ name }) => name === posted.nativeId);
      expect(reply).toMatchObject({ parent: target.name, text: order.text });
      expect(posted.url).toMatch(/^https:\/\/www\.reddit\.com\/r\/wallets\/comments\//);
      expect(posted.postedAt).toBe((reply?.created ?? 0) * 1000);
    }
    expect(platform.replies).toHaveLength(2);
  });

  it.each([
    ['Take a break for 9 minutes before trying again.', undefined, 9 * MINUTE],
    ['Take a break for 1 minute before trying again.', undefined, MINUTE],
    ['Take a break for 12 seconds before trying again.', undefined, 12_000],
    ['Take a break for 300 milliseconds before trying again.', undefined, 300],
    ['you are doing that too much. try again in 2 hours.', undefined, 2 * HOUR],
    ['Take a break for 9 minutes before trying again.', 581.4, 581_400],
    ['Slow down.', undefined, MINUTE],
    ['Slow down.', 30, 30_000],
  ])('that comes too soon (%s, %s) waits as long as Reddit says, and was not posted', async (text, ratelimit, ms) => {
    platform.onNextSend({ as: 'error', code: 'RATELIMIT', text, ...(ratelimit !== undefined && { ratelimit }) });
    await expect(replying().send(orderFor(onePost()), signal())).rejects.toMatchObject({
      kind: 'rate-limited',
      until: clock.now() + ms + 1000,
    });
    expect(platform.replies).toEqual([]);
  });

  it.each<[string, (post: Thing) => unknown, RegExp]>([
    ['a locked thread', (post) => Object.assign(post, { locked: true }), /locked/],
    ['an archived thread', (post) => Object.assign(post, { archived: true }), /archived/],
    ['a deleted post', (post) => Object.assign(post, { deleted: 'author' }), /post was deleted/],
    ['a place where we are banned', () => platform.subreddit('wallets', { banned: true }), /banned/],
  ])('to %s is refused with a sentence that says so', async (_, change, why) => {
    const post = onePost();
    change(post);
    const failure = replying().send(orderFor(post), signal());
    await expect(failure).rejects.toMatchObject({ kind: 'rejected', message: expect.stringMatching(why) });
    expect(platform.replies).toEqual([]);
  });

  it.each(['THREAD_LOCKED', 'TOO_OLD', 'DELETED_COMMENT', 'NO_TEXT', 'SOMETHING_NEW'])(
    '%s is a clear no, in whole sentences',
    async (code) => {
      platform.onNextSend({ as: 'error', code, text: 'as Reddit words it' });
      await expect(replying().send(orderFor(onePost()), signal())).rejects.toMatchObject({
        kind: 'rejected',
        message: expect.stringMatching(/^[A-Z].*\.$/),
      });
    },
  );

  it.each<[string, Behaviour, string]>([
    ['reset', { as: 'reset', stored: true }, 'unknown-outcome'],
    ['half an answer', { as: 'half', stored: true }, 'unknown-outcome'],
    ['500', { as: 'answer', status: 500, body: 'oops', stored: true }, 'unknown-outcome'],
    [
      'an answer that names no comment',
      { as: 'answer', status: 200, body: '{"json":{"errors":[]}}', stored: true },
      'bad-shape',
    ],
    [
      'a web page with 200',
      { as: 'answer', status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' },
      'bad-shape',
    ],
    [
      'a block page',
      { as: 'answer', status: 403, headers: { 'content-type': 'text/html' }, body: '<html>' },
      'unauthorized',
    ],
    ['429', { as: 'answer', status: 429 }, 'rate-limited'],
  ])('answered by %s is sent no second time', async (_, behaviour, kind) => {
    const source = openSearch();
    await source.check(signal());
    platform.onNextSend(behaviour);
    await expect(replying(source).send(orderFor(onePost()), signal())).rejects.toMatchObject({ kind });
    expect(platform.requests.filter((request) => request.startsWith('POST /api/comment'))).toHaveLength(1);
  });

  it('that could not go out for want of a token was surely not posted', async () => {
    const source = openReddit({ url: 'http://127.0.0.1:9' }, { clock });
    await expect(replying(source).send(orderFor(onePost()), signal())).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it('refused with a token that was taken back was surely not posted either', async () => {
    const source = openSearch();
    await source.check(signal());
    platform.forgetTokens();
    const order = orderFor(onePost());
    await expect(replying(source).send(order, signal())).rejects.toMatchObject({ kind: 'unavailable' });
    expect(platform.replies).toEqual([]);
    await replying(source).send(order, signal());
    expect(platform.replies).toHaveLength(1);
  });
});

describe('the look-up', () => {
  it('finds a reply whose answer was lost, by the message it answers', async () => {
    const source = openSearch();
    const order = orderFor(onePost());
    platform.onNextSend({ as: 'reset', stored: true });
    await replying(source)
      .send(order, signal())
      .catch(() => {});
    const [reply] = platform.replies;
    await expect(replying(source).find(order, signal())).resolves.toMatchObject({ nativeId: reply?.name });
  });

  it('does not take an older reply of ours for it, but allows for clocks that differ', async () => {
    const post = onePost();
    await replying().send(orderFor(post), signal());
    clock.pass(HOUR);
    await expect(replying().find(orderFor(post), signal())).resolves.toBeNull();
    clock.pass(-HOUR + MINUTE);
    await expect(replying().find(orderFor(post), signal())).resolves.not.toBeNull();
  });

  it('does not take a reply to another message for it', async () => {
    const [one, two] = posts(2);
    if (!one || !two) throw new Error('no posts');
    await replying().send(orderFor(one), signal());
    await expect(replying().find(orderFor(two), signal())).resolves.toBeNull();
  });

  it('looks past a page of our own newer comments', async () => {
    const post = onePost();
    const order = orderFor(post);
    await replying().send(order, signal());
    for (let n = 0; n < 150; n++) platform.comment('acorn_help', post, 'elsewhere', { parent: 't1_other' });
    await expect(replying().find(order, signal())).resolves.not.toBeNull();
  });

  it('never says "not there" when it could not look to the end', async () => {
    const post = onePost();
    const order = orderFor(post);
    const others = Array.from({ length: 150 }, () => platform.comment('acorn_help', post, 'x', { parent: 't1_other' }));
    const source = openSearch();
    await source.check(signal());
    const list = { kind: 'Listing', data: { after: others[50]?.name, children: [platform.show(others[50] as Thing)] } };
    platform.onNextRead({ as: 'answer', status: 200, body: JSON.stringify(list) });
    Object.assign(others[50] as Thing, { deleted: 'author' });
    await expect(replying(source).find(order, signal())).rejects.toMatchObject({ kind: 'unavailable' });
    platform.onNextRead({ as: 'answer', status: 403, headers: { 'content-type': 'text/html' }, body: '<html>' });
    await expect(replying(source).find(order, signal())).rejects.toMatchObject({ kind: 'unauthorized' });
  });
});
