import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { From } from '#kit';
import { NodebbPlatform, no } from '../../platforms/nodebb.ts';
import { HandClock } from '../../platforms/open-forum.ts';
import { type ForumSettings, openForumAt } from '../../platforms/open-forums.ts';
import { HOUR, MINUTE, orderFor, read, replying, signal } from './support.ts';

let platform: NodebbPlatform;
let clock: HandClock;
beforeEach(async () => {
  clock = new HandClock();
  platform = await new NodebbPlatform(() => clock.now()).start();
});
afterEach(() => platform.close());

const open = (settings: ForumSettings = {}) => openForumAt(platform, 'nodebb', { clock, ...settings });
const anew = (): From => ({ since: clock.now() - HOUR });
const host = () => new URL(platform.url).host;
/** That many topics, a second apart, so that each has its own place in the list. */
const topics = (count: number) =>
  Array.from({ length: count }, (_, n) => {
    clock.pass(1000);
    return platform.say('nils', `T${n}`, `<p>said ${n}</p>`);
  });

describe('a post on NodeBB', () => {
  it('becomes a mention, with its title unescaped', async () => {
    const post = platform.say('mei_lin', 'Fees < 1 % & rising', '<p>充值失败</p>');
    expect((await read(open(), anew())).found).toEqual([
      {
        nativeId: `${host()}/${post.pid}`,
        author: { id: String(post.uid), handle: 'mei_lin', url: `${platform.url}/user/mei_lin` },
        text: 'Fees < 1 % & rising\n充值失败',
        saidAt: post.timestamp,
        url: `${platform.url}/post/${post.pid}`,
        conversationId: `${host()}/t/${post.tid}`,
        replyRef: JSON.stringify({ topic: String(post.tid), post: String(post.pid) }),
        permission: { how: 'api' },
        place: `${host()} · Wallets`,
      },
    ]);
  });

  it('is fetched whole, since the list has lost quotes and code, and only where it may be for us', async () => {
    const quoted = '<blockquote><p>OKPay stole it</p></blockquote><p>Not so.</p><pre><code>okpay pay</code></pre>';
    const first = platform.say('mei_lin', 'Help', quoted);
    clock.pass(1000);
    platform.say('nils', 'Weather', '<p>rain</p>');
    const { texts } = await read(open({ options: { keywords: ['okpay'] } }), anew());
    expect(texts).toEqual(['Help\n> OKPay stole it\n\nNot so.\n\n```\nokpay pay\n```']);
    const fetched = platform.requests.filter((request) => request.includes('/summary'));
    expect(fetched).toEqual([`GET /api/v3/posts/${first.pid}/summary`]);
  });
});

describe('the newest posts of NodeBB', () => {
  it('are read on where a whole page holds nothing that we may see', async () => {
    topics(5);
    for (let n = 0; n < 25; n++) {
      clock.pass(1000);
      platform.say('admin', 'Staff', '<p>only</p>', { hidden: true });
    }
    expect((await read(open(), anew())).found).toHaveLength(5);
  });

  it('are all heard in the end when one is deleted while numbered pages are read', async () => {
    const said = topics(45);
    const source = open();
    platform.onPage = (page) => {
      // What was first on the second page moves to the first, which is read already.
      if (page === 2) platform.purge(platform.posts.at(-1) as never);
      platform.onPage = page === 2 ? () => {} : platform.onPage;
    };
    const first = await read(source, anew());
    const second = await read(source, first.from);
    const heard = new Set([...first.found, ...second.found].map(({ nativeId }) => nativeId));
    expect(first.found).toHaveLength(44);
    expect([...heard]).toEqual(expect.arrayContaining(said.slice(0, -1).map(({ pid }) => `${host()}/${pid}`)));
  });

  it('are not read back into the past where nothing on the way is for us', async () => {
    for (let n = 0; n < 100; n++)
      platform.say('nils', 'Weather', '<p>rain</p>', { timestamp: clock.now() - 2 * HOUR + n });
    expect((await read(open({ options: { keywords: ['okpay'] } }), anew())).found).toEqual([]);
    expect(platform.requests).toEqual(['GET /api/recent/posts?page=1']);
  });

  it('of one quiet minute take one list and what is new', async () => {
    topics(45);
    const source = open();
    let { from } = await read(source, anew());
    for (let round = 0; round < 2; round++) from = (await read(source, from)).from;
    platform.requests.length = 0;
    clock.pass(MINUTE);
    const post = platform.say('mei_lin', 'New', '<p>y</p>');
    await read(source, from);
    expect(platform.requests).toEqual(['GET /api/recent/posts?page=1', `GET /api/v3/posts/${post.pid}/summary`]);
  });
});

it('a search on NodeBB is read to its last page', async () => {
  topics(30);
  clock.pass(1000);
  platform.say('mei_lin', 'Weather', '<p>rain</p>');
  const { found } = await read(open({ options: { searches: ['said'] } }), anew());
  expect(found).toHaveLength(30);
  expect(platform.requests).toHaveLength(2);
});

describe('edits and deletions on NodeBB', () => {
  it('are followed', async () => {
    const [kept, edited, deleted, purged] = topics(4) as [never, never, never, never];
    const source = open();
    const { found } = await read(source, anew());
    Object.assign(edited, { content: '<p>changed</p>' });
    Object.assign(deleted, { deleted: true });
    platform.purge(purged);
    const ids = found.map(({ nativeId }) => nativeId);
    const became = new Map((await source.recheck?.(ids, signal()))?.map((one) => [one.nativeId, one]));
    const now = (post: { pid: number }) => became.get(`${host()}/${post.pid}`);
    expect(now(kept)).toMatchObject({ now: 'edited', found: { text: 'T0\nsaid 0' } });
    expect(now(edited)).toMatchObject({ now: 'edited', found: { text: 'T1\nchanged' } });
    expect([now(deleted)?.now, now(purged)?.now]).toEqual(['gone', 'gone']);
  });

  it('are not believed where everything seems to be gone at once', async () => {
    const ids = Array.from({ length: 20 }, (_, n) => `${host()}/${n + 500}`);
    await expect(open().recheck?.(ids, signal())).rejects.toMatchObject({ kind: 'unauthorized' });
  });
});

describe('a reply on NodeBB', () => {
  const said = async () => {
    topics(1);
    const { found } = await read(open(), anew());
    return orderFor(found[0] as never, clock.now());
  };

  it('answers the post itself, and is found after a lost answer', async () => {
    const order = await said();
    await expect(replying(open()).find(order, signal())).resolves.toBeNull();
    platform.onNextReply.push('break off');
    await expect(replying(open()).send(order, signal())).rejects.toMatchObject({ kind: 'unknown-outcome' });
    expect(platform.replies).toMatchObject([{ content: order.text, toPid: 1 }]);
    await expect(replying(open()).find(order, signal())).resolves.toMatchObject({ nativeId: `${host()}/2` });
    await expect(replying(open()).find({ ...order, firstTriedAt: clock.now() + HOUR }, signal())).resolves.toBeNull();
  });

  it('that waits for moderators is unsure, never sent again by itself', async () => {
    const order = await said();
    platform.onNextReply.push('moderated');
    await expect(replying(open()).send(order, signal())).rejects.toMatchObject({ kind: 'unknown-outcome' });
  });

  it.each([
    ['[[error:too-many-posts, 10]]', 10],
    ['[[error:too-many-posts-newbie, 120, 3]]', 120],
    ['[[error:user-too-new, 10]]', 10],
    ['As a new user, you can only post once every 120 second(s) until you have earned 3 reputation', 120],
  ])('after "%s" waits that long', async (words, seconds) => {
    const order = await said();
    platform.onNextReply.push({ status: 400, body: no('bad-request', words) });
    await expect(replying(open()).send(order, signal())).rejects.toMatchObject({
      kind: 'rate-limited',
      until: clock.now() + seconds * 1000,
    });
  });

  it.each([
    ['[[error:topic-locked]]', 'topic-locked.'],
    ['This topic has been locked.', 'This topic has been locked.'],
  ])('refused with "%s" says so', async (words, message) => {
    const order = await said();
    platform.onNextReply.push({ status: 400, body: no('bad-request', words) });
    await expect(replying(open()).send(order, signal())).rejects.toMatchObject({
      kind: 'rejected',
      message: `The reply: ${message}`,
    });
  });
});

describe('the token of NodeBB', () => {
  it('says who we are', async () => {
    await expect(open().check(signal())).resolves.toEqual({ id: '900', handle: 'acorn_help' });
  });

  it('that may speak as anybody must be told as whom', async () => {
    platform.isMaster = true;
    await expect(open().check(signal())).rejects.toMatchObject({
      kind: 'unauthorized',
      message: expect.stringContaining('"account"'),
    });
    const source = open({ options: { account: '900' } });
    await expect(source.check(signal())).resolves.toMatchObject({ id: '900' });
    platform.say('nils', 'T', '<p>x</p>');
    const { found } = await read(source, anew());
    await replying(source).send(orderFor(found[0] as never, 0), signal());
    expect(platform.replies).toHaveLength(1);
  });

  it('may be missing: then replies go by hand', async () => {
    platform.say('nils', 'T', '<p>x</p>');
    expect((await read(open({ variables: {} }), anew())).found).toMatchObject([{ permission: { how: 'by-hand' } }]);
  });
});
