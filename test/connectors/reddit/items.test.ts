import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemOf, markOf, toMention } from '../../../connectors/reddit/messages.ts';
import { faultsOf } from '../../contract/support.ts';
import { APP } from '../../platforms/reddit.ts';
import { anew, clock, HOUR, openSearch, openWallets, platform, posts, read, withReddit } from './support.ts';

withReddit();

/** A page that Reddit might send, with these children. */
const page = (...children: unknown[]) =>
  ({
    as: 'answer',
    status: 200,
    body: JSON.stringify({ kind: 'Listing', data: { after: null, children } }),
  }) as const;

const COMMENT = {
  name: 't1_abc',
  author: 'mei_lin',
  author_fullname: 't2_mei',
  body: 'OKPay 没有到账',
  created_utc: 1_795_000_000,
  edited: false,
  link_id: 't3_xyz',
  parent_id: 't3_xyz',
  permalink: '/r/wallets/comments/xyz/a_title/abc/',
  subreddit: 'wallets',
  subreddit_id: 't5_w',
};

describe('an item', () => {
  it.each([
    ['without `replies`', {}],
    ['with an empty text as `replies`', { replies: '' }],
    ['with null as `replies`', { replies: null }],
    [
      'with a whole tree of `replies`',
      { replies: { kind: 'Listing', data: { children: [{ kind: 'more', data: {} }] } } },
    ],
  ])('%s does not take its page along', async (_, more) => {
    platform.onNextRead(page({ kind: 't1', data: { ...COMMENT, ...more } }));
    expect((await read(openSearch(), { since: 0 })).ids).toEqual(['t1_abc']);
  });

  it('is a mention with all that a reviewer needs', () => {
    expect(
      toMention(itemOf({ kind: 't1', data: { ...COMMENT, edited: 1_795_000_060 } }) as never, { how: 'api' }),
    ).toEqual({
      nativeId: 't1_abc',
      author: { id: 't2_mei', handle: 'mei_lin', url: 'https://www.reddit.com/user/mei_lin' },
      text: 'OKPay 没有到账',
      saidAt: 1_795_000_000_000,
      editedAt: 1_795_000_060_000,
      url: 'https://www.reddit.com/r/wallets/comments/xyz/a_title/abc/',
      conversationId: 't3_xyz',
      parentId: 't3_xyz',
      place: 'r/wallets',
      permission: { how: 'api' },
    });
  });

  it('keeps its words as they were written: Reddit is asked not to escape them', async () => {
    const words = '1 < 2 && 3 > 2, "5 &amp; 6" 充值';
    platform.post('tester', 'wallets', 'help', words);
    const [found] = (await read(openSearch(), anew())).found;
    expect(found?.text).toBe(`help\n${words}`);
  });

  it('that cannot be understood is skipped with its reason, and the page goes on', async () => {
    const strange = [{ kind: 't1', data: { name: 't1_bad', created_utc: 1 } }, { kind: 'more' }, null, 'x'];
    platform.onNextRead(page(...strange, { kind: 't1', data: COMMENT }));
    const { found, pages } = await read(openSearch(), { since: 0 });
    expect(found).toHaveLength(1);
    expect(pages[0]?.skipped).toHaveLength(4);
    expect(pages[0]?.skipped?.[0]).toMatchObject({ nativeId: 't1_bad', reason: expect.stringMatching(/author/) });
  });

  it.each(['author', 'moderator', 'account'] as const)('that was deleted (%s) is not heard', async (deleted) => {
    const [post] = posts(1);
    if (!post) throw new Error('no post');
    post.deleted = deleted;
    platform.onNextRead(page(platform.show(post)));
    const reading = await read(openSearch(), anew());
    expect(reading.found).toEqual([]);
    expect(reading.pages[0]?.skipped).toEqual([]);
  });

  it('of any shape at all gives a mention fit for the store, or a reason', () => {
    const field = fc.oneof(fc.string({ unit: 'binary' }), fc.double(), fc.boolean(), fc.constant(null), fc.object());
    const data = fc.record(
      Object.fromEntries(Object.entries(COMMENT).map(([key, value]) => [key, fc.oneof(fc.constant(value), field)])),
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.record({ kind: fc.constant('t1'), data }), (thing) => {
        markOf(thing);
        const item = itemOf(thing);
        if ('reason' in item) return;
        const mention = toMention(item, { how: 'api' });
        if ('reason' in mention) return;
        const { saidAt, editedAt, ...rest } = mention;
        expect(faultsOf(rest).filter((fault) => !/surrogate|NUL/.test(fault))).toEqual([]);
        expect(mention.text.isWellFormed()).toBe(true);
      }),
    );
  });

  it('of 2 million characters, right to left and half surrogates is taken as it is', async () => {
    const text = `\u202e${'钱'.repeat(2_000_000)}\ud800<script>`;
    platform.post('tester', 'wallets', 'help', text);
    const [found] = (await read(openSearch(), anew())).found;
    expect(found?.text.length).toBeGreaterThan(2_000_000);
    expect(found?.text.isWellFormed()).toBe(true);
  });

  it('in a subreddit is kept only with a keyword, in any case, also inside Chinese sentences', async () => {
    platform.post('a', 'wallets', 'okpay broke');
    platform.post('b', 'wallets', '今天', '我的ＯＫＰＡＹ充值失败');
    platform.post('c', 'wallets', 'nothing about it');
    const source = openWallets({ options: { keywords: ['OKPay'] } });
    expect((await read(source, anew())).found.map(({ author }) => author.handle)).toEqual(['b', 'a']);
  });
});

describe('the permission to answer', () => {
  const permissionOf = async (options: Record<string, unknown> = {}) => {
    const { found } = await read(openSearch({ options }), anew());
    return found[0]?.permission;
  };

  it('is by API where nothing speaks against it', async () => {
    posts(1);
    expect(await permissionOf()).toEqual({ how: 'api' });
  });

  it.each([
    ['locked', { locked: true }, /locked/],
    ['archived', { archived: true }, /archived/],
  ])('is "never" in a thread that is %s', async (_, more, why) => {
    platform.post('tester', 'wallets', 'help', '', more);
    expect(await permissionOf()).toEqual({ how: 'never', why: expect.stringMatching(why) });
  });

  it('is "never" where our account is banned: no failure, and no other account', async () => {
    posts(1);
    platform.subreddit('wallets', { banned: true });
    expect(await permissionOf()).toEqual({ how: 'never', why: expect.stringMatching(/banned from r\/wallets/) });
  });

  it('is "by hand" where only approved members may comment, and with a key that may not comment', async () => {
    posts(1);
    platform.subreddit('wallets', { restricted: true });
    expect(await permissionOf()).toEqual({ how: 'by-hand', why: expect.stringMatching(/approved members/) });
    platform.scope = 'identity read';
    expect(await permissionOf()).toEqual({ how: 'by-hand', why: expect.stringMatching(/submit/) });
  });

  it('is asked once an hour for each subreddit, not with every page', async () => {
    const source = openSearch({ options: { pageSize: 20 } });
    posts(100);
    const { cursor } = await read(source, anew());
    const asked = () => platform.requests.filter((request) => request.startsWith('GET /api/info')).length;
    expect(asked()).toBe(1);
    clock.pass(HOUR + 1);
    posts(1);
    await read(source, { cursor });
    expect(asked()).toBe(2);
  });
});

describe('the secrets', () => {
  it('stand in no address: only in headers and bodies', async () => {
    posts(1);
    await read(openSearch(), anew());
    expect(
      platform.requests.filter((request) => request.includes(APP.refresh) || request.includes(APP.secret)),
    ).toEqual([]);
  });
});
