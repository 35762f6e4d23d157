import { describe, expect, it } from 'vitest';
import { openReddit } from '../../platforms/open-reddit.ts';
import { APP, USER_AGENT } from '../../platforms/reddit.ts';
import {
  anew,
  clock,
  listings,
  openSearch,
  openWallets,
  platform,
  posts,
  read,
  signal,
  withReddit,
} from './support.ts';

withReddit();

const tokens = () => platform.requests.filter((request) => request.includes('access_token')).length;

describe('the allowance in the headers', () => {
  it('is waited for when less than one whole request is left: the number is a fraction, the reset in seconds', async () => {
    posts(1);
    const source = openSearch();
    platform.allowance = { remaining: 1.7, reset: 213 };
    const { cursor } = await read(source, anew()).catch(() => ({ cursor: undefined }));
    expect(cursor).toBeUndefined();
    const asked = platform.requests.length;
    await expect(read(source, anew())).rejects.toMatchObject({ kind: 'rate-limited', until: clock.now() + 213_000 });
    expect(platform.requests, 'nothing was asked').toHaveLength(asked);
    platform.allowance = { remaining: 100, reset: 600 };
    clock.pass(213_000);
    expect((await read(source, anew())).ids).toHaveLength(1);
  });

  it('is left when one whole request remains', async () => {
    posts(1);
    platform.allowance = { remaining: 3, reset: 500 };
    expect((await read(openSearch(), anew())).ids).toHaveLength(1);
  });

  it.each([
    ['Retry-After', { 'retry-after': '17' }, 17_000],
    ['X-Ratelimit-Reset', { 'x-ratelimit-reset': '44.2' }, 44_200],
    ['nothing', {}, 60_000],
  ])('a 429 with %s is waited for as told', async (_, headers, ms) => {
    platform.onNextRead({ as: 'answer', status: 429, headers });
    await expect(read(openSearch(), anew())).rejects.toMatchObject({ kind: 'rate-limited', until: clock.now() + ms });
  });

  it('of one listing that is over stops the round, which goes on later where it stood', async () => {
    const source = openWallets();
    const [post] = posts(1);
    const first = await source.pull?.(anew(), signal());
    platform.onNextRead({ as: 'answer', status: 429, headers: { 'retry-after': '5' } });
    const cursor = JSON.parse(JSON.stringify(first?.cursor));
    await expect(read(source, { cursor })).rejects.toMatchObject({ kind: 'rate-limited' });
    clock.pass(5001);
    platform.requests.length = 0;
    expect((await read(source, { cursor })).ids).toEqual([post?.name]);
    expect(listings()).toHaveLength(1);
  });
});

describe('calls', () => {
  it('go out one at a time, however many ask at once', async () => {
    posts(1);
    const source = openSearch();
    await Promise.all(Array.from({ length: 8 }, () => source.check(signal())));
    expect(platform.requests.filter((request) => request.includes('/me'))).toHaveLength(8);
    expect(tokens()).toBe(1);
    expect(platform.mostAtOnce).toBe(1);
  });

  it('that wait for their turn stop at once when told to, and leave the turn of others alone', async () => {
    const source = openSearch();
    await source.check(signal());
    platform.onNextRead({ as: 'never' });
    const slow = new AbortController();
    platform.requests.length = 0;
    const first = source.check(slow.signal);
    await expect.poll(() => platform.requests).toHaveLength(1);
    const stop = new AbortController();
    const second = source.check(stop.signal);
    const third = source.check(signal());
    stop.abort(new Error('stop'));
    await expect(second).rejects.toThrow('stop');
    slow.abort(new Error('enough'));
    await expect(first).rejects.toThrow('enough');
    await expect(third).resolves.toMatchObject({ handle: 'acorn_help' });
  });

  it('are never repeated, neither by us nor by the library', async () => {
    const source = openSearch();
    await source.check(signal());
    for (const status of [500, 502, 503, 504, 522]) {
      platform.requests.length = 0;
      platform.onNextRead({ as: 'answer', status });
      await expect(source.check(signal())).rejects.toMatchObject({ kind: 'unavailable' });
      expect(platform.requests).toHaveLength(1);
    }
  });

  it('carry the user agent of the options, also for the token', async () => {
    await expect(
      openSearch({ options: { userAgent: 'node:x.y:1 (by /u/somebody)' } }).check(signal()),
    ).rejects.toMatchObject({
      kind: 'rate-limited',
    });
    await expect(openSearch({ options: { userAgent: USER_AGENT } }).check(signal())).resolves.toBeDefined();
  });

  it.each(['', 'Mozilla/5.0', 'python-requests/2.31', 'node:app (by /u/x)', 'node:app:1 (by x)'])(
    'cannot be made with a user agent that is not as Reddit demands: %j',
    (userAgent) => {
      expect(() => openSearch({ options: { userAgent } })).toThrow(/userAgent/);
    },
  );
});

describe('the access token', () => {
  it('is fetched once and used until it ends', async () => {
    const source = openSearch();
    for (let n = 0; n < 3; n++) await source.check(signal());
    expect(tokens()).toBe(1);
  });

  it('that was taken back early is fetched anew at the next try', async () => {
    const source = openSearch();
    await source.check(signal());
    platform.forgetTokens();
    await expect(source.check(signal())).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(source.check(signal())).resolves.toBeDefined();
    expect(tokens()).toBe(2);
  });

  it.each([
    ['secret', { REDDIT_CLIENT_SECRET: 'wrong' }],
    ['refresh token', { REDDIT_REFRESH_TOKEN: 'revoked' }],
  ])('that is refused for a wrong %s needs a person', async (_, variables) => {
    await expect(openSearch({ variables }).check(signal())).rejects.toMatchObject({
      kind: 'unauthorized',
      message: expect.stringMatching(/REDDIT_CLIENT_ID/),
    });
  });
});

describe('the addresses', () => {
  /** Whatever goes to Reddit arrives at the local platform, as by a name server that was told so. */
  const redirected =
    (seen: string[]): typeof fetch =>
    (input, init) => {
      const url = new URL(String(input));
      seen.push(`${init?.method} ${url.origin}${url.pathname}`);
      return fetch(new URL(url.pathname + url.search, platform.url), init);
    };

  it('are the real ones when nothing is set', async () => {
    const seen: string[] = [];
    const [post] = posts(1);
    const source = openWallets({
      fetch: redirected(seen),
      options: { searches: ['help'], searchIn: ['wallets', 'pay'] },
    });
    platform.subreddit('pay');
    expect((await read(source, anew())).ids).toContain(post?.name);
    expect(seen.filter((one) => !one.includes('/api/info'))).toEqual([
      'POST https://www.reddit.com/api/v1/access_token',
      'GET https://oauth.reddit.com/r/wallets/comments',
      'GET https://oauth.reddit.com/r/wallets/new',
      'GET https://oauth.reddit.com/r/wallets+pay/search',
    ]);
    const [search = ''] = platform.requests.filter((request) => request.includes('/search'));
    expect(Object.fromEntries(new URL(search.split(' ')[1] ?? '', platform.url).searchParams)).toEqual({
      q: 'help',
      sort: 'new',
      type: 'link',
      t: 'week',
      restrict_sr: '1',
      limit: '100',
      raw_json: '1',
    });
  });
});

describe('an app of the type "script"', () => {
  const variables = { REDDIT_REFRESH_TOKEN: '', REDDIT_USERNAME: 'acorn_help', REDDIT_PASSWORD: APP.password };

  it('signs in with the name and password of its account', async () => {
    await expect(openSearch({ variables }).check(signal())).resolves.toMatchObject({ handle: 'acorn_help' });
  });

  it('needs both', () => {
    expect(() => openSearch({ variables: { ...variables, REDDIT_PASSWORD: '' } })).toThrow(/REDDIT_PASSWORD/);
  });
});

describe('what a person is told', () => {
  it('about rights that the key lacks', async () => {
    platform.scope = 'identity read';
    const findings = await openReddit(platform).examine?.(signal());
    const wrong = findings?.filter(({ ok }) => !ok).map(({ message }) => message);
    expect(wrong?.join('\n')).toMatch(/privatemessages.*submit.*history/s);
  });

  it('about a suspended account', async () => {
    platform.suspended = true;
    await expect(openSearch().check(signal())).rejects.toMatchObject({
      kind: 'unauthorized',
      message: expect.stringMatching(/suspended u\/acorn_help/),
    });
  });

  it('about a right that one listing lacks, while the others go on', async () => {
    const source = openSearch({ options: { usernameMentions: true } });
    const [post] = posts(1);
    const headers = { 'www-authenticate': 'Bearer realm="reddit", error="insufficient_scope"' };
    platform.onNextRead({ as: 'answer', status: 403, headers, body: '{"message": "Forbidden", "error": 403}' });
    const reading = await read(source, anew());
    expect(reading.ids).toEqual([post?.name]);
    expect(reading.notices.join()).toMatch(/username mentions: the key lacks a right/);
  });

  it('about options that name nothing to hear', () => {
    expect(() => openReddit(platform, { options: { usernameMentions: false } })).toThrow(/Nothing to hear/);
  });
});
