import { describe, expect, it } from 'vitest';
import {
  anew,
  clock,
  HOUR,
  listings,
  MINUTE,
  openSearch,
  openWallets,
  platform,
  posts,
  read,
  withReddit,
} from './support.ts';

withReddit();

const names = (things: { name: string }[]) => things.map(({ name }) => name);

describe('a listing', () => {
  it('is read newest first, until something known comes, and never from an anchor in front', async () => {
    const source = openSearch();
    const first = posts(250);
    const one = await read(source, anew());
    expect(new Set(one.ids)).toEqual(new Set(names(first)));
    clock.pass(10 * MINUTE);
    const second = posts(130);
    platform.requests.length = 0;
    const two = await read(source, { cursor: one.cursor });
    expect(two.ids).toEqual(expect.arrayContaining(names(second)));
    expect(listings(), 'two pages hold the 130, the second ends in what is known').toHaveLength(2);
    expect(platform.requests.filter((request) => request.includes('before='))).toEqual([]);
  });

  it('costs one request when there is nothing new', async () => {
    const source = openSearch();
    posts(250);
    const one = await read(source, anew());
    platform.requests.length = 0;
    await read(source, { cursor: one.cursor });
    expect(platform.requests).toHaveLength(1);
  });

  it('goes on when everything that was known of it has been deleted', async () => {
    const source = openSearch();
    const first = posts(40);
    let { cursor } = await read(source, anew());
    for (const thing of first) thing.deleted = 'author';
    for (let round = 0; round < 3; round++) {
      clock.pass(MINUTE);
      const fresh = posts(2);
      const next = await read(source, { cursor });
      expect(next.ids).toEqual(expect.arrayContaining(names(fresh)));
      cursor = next.cursor;
    }
  });

  it('is not read down to its end when everything that was known of it has been deleted: its age tells', async () => {
    const source = openSearch();
    posts(150);
    clock.pass(HOUR);
    const known = posts(300);
    const { cursor } = await read(source, { since: clock.now() - 24 * HOUR });
    for (const thing of known) thing.deleted = 'author';
    const fresh = posts(3);
    platform.requests.length = 0;
    expect((await read(source, { cursor })).ids).toEqual(expect.arrayContaining(names(fresh)));
    expect(listings()).toHaveLength(1);
  });

  it('finds what was let through late, behind what is known already', async () => {
    const source = openSearch();
    posts(60);
    const { cursor } = await read(source, anew());
    const late = platform.post('held_back', 'wallets', 'help', 'A moderator let this through later.', {
      created: Math.floor(clock.now() / 1000) - 20,
    });
    clock.pass(MINUTE);
    expect((await read(source, { cursor })).ids).toContain(late.name);
  });

  it('leaves out what was said before the operator wants to look, also later', async () => {
    const source = openSearch();
    const old = platform.post('tester', 'wallets', 'help', '', { created: Math.floor(clock.now() / 1000) - 7200 });
    const [fresh] = posts(1);
    const one = await read(source, anew());
    const two = await read(source, { cursor: one.cursor });
    expect(one.ids).toEqual([fresh?.name]);
    expect(two.ids).not.toContain(old.name);
  });

  it.each([
    ['the last item of each page is deleted before the next page is asked for', 1, 100],
    ['many at the end of each page are deleted', 8, 100],
    ['a whole page is deleted', 20, 1],
  ])('loses nothing when %s', async (_, deleted, times) => {
    const source = openSearch({ options: { pageSize: 20 } });
    const all = posts(100);
    let left = times;
    const reading = await read(source, anew(), ({ found }) => {
      if (left-- <= 0) return;
      const ends = found.slice(-deleted).map(({ nativeId }) => nativeId);
      for (const thing of all) if (ends.includes(thing.name)) thing.deleted = 'author';
    });
    expect(listings().length).toBeLessThan(40);
    expect(new Set(reading.ids)).toEqual(new Set(names(all)));
    expect(reading.holes).toEqual([]);
  });

  it('is given up with a hole when it is deleted faster than it can be read', async () => {
    const source = openSearch({ options: { pageSize: 20 } });
    const all = posts(400);
    const reading = await read(source, anew(), () => {
      for (const thing of all.filter(({ deleted }) => !deleted).slice(-25)) thing.deleted = 'author';
    });
    expect(reading.holes.map(({ cause }) => cause).join()).toMatch(/deleted faster/);
  });

  it('that was cut off by the 1,000 is a hole in the coverage, and stays one', async () => {
    const source = openSearch();
    posts(30);
    const one = await read(source, anew());
    const readAt = clock.now();
    clock.pass(MINUTE);
    const many = posts(1100);
    const two = await read(source, { cursor: one.cursor });
    const oldestShown = (many[100]?.created ?? 0) * 1000;
    expect(new Set(two.ids)).toEqual(new Set(names(many.slice(100))));
    expect(two.holes).toEqual([
      { kind: 'hole', from: readAt, to: oldestShown, cause: expect.stringMatching(/newest 1,000/) },
    ]);
    expect(two.notices.join()).toMatch(/newest 1,000/);
    const seen = two.coverage.filter(({ kind }) => kind === 'seen');
    expect(seen).toEqual([{ kind: 'seen', from: oldestShown, to: clock.now() }]);
  });

  it('remembers little, however much is read', async () => {
    const source = openSearch();
    posts(1500);
    const { cursor } = await read(source, { since: clock.now() - 24 * HOUR });
    expect(JSON.stringify(cursor).length).toBeLessThan(10_000);
  });

  it('that shows nothing where something was is told as a hole, not as "no news"', async () => {
    const source = openSearch();
    posts(10);
    const { cursor } = await read(source, anew());
    for (const thing of platform.things) thing.deleted = 'moderator';
    clock.pass(MINUTE);
    const next = await read(source, { cursor });
    expect(next.holes[0]?.cause).toMatch(/showed nothing/);
  });

  it.each([
    ['leads back to itself', { name: 't3_zzz', created_utc: 2e9 }],
    ['holds nothing that can be understood', 7],
  ])('that %s is a failure, and is not followed for ever', async (_, data) => {
    const page = { kind: 'Listing', data: { after: 't3_zzz', children: [{ kind: 't3', data }] } };
    const endless = { as: 'answer', status: 200, body: JSON.stringify(page) } as const;
    platform.onNextRead(endless, endless, endless);
    await expect(read(openSearch(), anew())).rejects.toMatchObject({ kind: 'bad-shape' });
  });
});

describe('several listings', () => {
  it('are read one after the other, and one mention heard through two of them is one', async () => {
    const source = openWallets({ options: { usernameMentions: true, searches: ['help'] } });
    const [post] = posts(1);
    if (!post) throw new Error('no post');
    const comment = platform.comment('tester', post, 'u/acorn_help please', { mentionsUs: true });
    const { found } = await read(source, anew());
    expect(new Set(found.map(({ nativeId }) => nativeId))).toEqual(new Set([post.name, comment.name]));
    const twice = found.filter(({ nativeId }) => nativeId === comment.name);
    expect(twice).toHaveLength(2);
    expect(twice[0]).toEqual(twice[1]);
  });

  it.each([
    ['private', /private/],
    ['quarantined', /quarantined/],
    ['banned', /does not know it/],
  ] as const)('go on when one subreddit is %s; it is named, and is a hole', async (closed, why) => {
    const source = openWallets({ options: { subreddits: ['hidden', 'wallets'] } });
    platform.subreddit('hidden', { closed });
    const [post] = posts(1);
    const reading = await read(source, anew());
    expect(reading.ids).toEqual([post?.name]);
    expect(reading.notices.join()).toMatch(why);
    expect(reading.holes.map(({ cause }) => cause).join()).toMatch(/r\/hidden/);
    expect(reading.coverage.filter(({ kind }) => kind === 'seen')).toEqual([]);
  });

  it('go on when a subreddit is not there: Reddit answers with a search instead', async () => {
    const source = openWallets({ options: { subreddits: ['nowhere', 'wallets'] } });
    posts(1);
    expect((await read(source, anew())).notices.join()).toMatch(/r\/nowhere.*no such place/);
  });

  it('fail together when none can be read, as one failure with a sentence for each', async () => {
    platform.subreddit('wallets', { closed: 'private' });
    await expect(read(openWallets(), anew())).rejects.toMatchObject({
      kind: 'rejected',
      message: expect.stringMatching(/r\/wallets, comments.*private[\s\S]*r\/wallets, posts/),
    });
  });

  it('catch up what one of them missed, and close its hole', async () => {
    const source = openWallets();
    posts(3);
    const since = clock.now() - HOUR;
    platform.onNextRead({ as: 'answer', status: 500 });
    const one = await read(source, anew());
    expect(one.holes).toHaveLength(1);
    clock.pass(MINUTE);
    const two = await read(source, { cursor: one.cursor });
    expect(two.coverage).toEqual([{ kind: 'seen', from: since, to: clock.now() }]);
  });
});

describe('what Reddit says instead of data', () => {
  it.each([403, 200])('a web page with status %i is "blocked", never "no news"', async (status) => {
    posts(1);
    const body = "<!doctype html><html><body>You've been blocked by network security.</body></html>";
    platform.onNextRead({ as: 'answer', status, headers: { 'content-type': 'text/html' }, body });
    await expect(read(openWallets(), anew())).rejects.toMatchObject({ kind: 'unauthorized', blocked: true });
  });

  it.each([
    ['{"kind":"Listing","data":{"children":', 'half a document'],
    ['{"message":"ok"}', 'something else'],
    ['', 'nothing'],
    ['null', 'null'],
  ])('%j is a failure: %s', async (body) => {
    platform.onNextRead({ as: 'answer', status: 200, body });
    await expect(read(openSearch(), anew())).rejects.toMatchObject({ kind: 'bad-shape' });
  });
});
