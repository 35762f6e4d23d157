import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type AnyConnector, createHttp, openSource, ownOrigins } from '#kit';
import { connectors } from '../../connectors/index.ts';
import type { FoundMention } from '../../src/core/nouns.ts';
import type { Page, Source } from '../../src/core/ports.ts';
import { startServer } from '../platforms/local-server.ts';
import { quiet } from '../platforms/open-forum.ts';
import { LocalWorld } from '../platforms/world/local-world.ts';

/**
 * Nobody sets an address: each connector asks the real hosts, at the real paths. Whoever leads that traffic elsewhere, to
 * another implementation of the same API, needs no setting of ours for it.
 */
let world: LocalWorld;
const asked: { url: string; headers: Headers; limits: string[] }[] = [];
beforeEach(async () => {
  world = await LocalWorld.start();
  asked.length = 0;
});
afterEach(() => world.close());

const REQUIRED: Record<string, Record<string, unknown>> = {
  twitter: { monthlyBudgetUsd: 10, searches: ['OKPay -@OKPaySupport'] },
  reddit: { userAgent: 'node:example.okpay.earshot:0.1 (by /u/okpay_dev)', subreddits: ['OKPay'] },
  discord: {},
};

/** Leads what is for the real hosts to the local platforms, as a proxy before this machine would. */
function elsewhere(): typeof fetch {
  const { x, reddit, interactions } = world;
  const to: Record<string, string> = {
    'https://api.x.com': x.url,
    'https://oauth.reddit.com': reddit.url,
    'https://www.reddit.com': reddit.url,
    'https://discord.com': new URL(interactions.url).origin,
  };
  return async (input, init) => {
    const url = new URL(String(input));
    const answer = await fetch((to[url.origin] ?? 'http://nowhere.invalid') + url.pathname + url.search, init);
    const limits = [...answer.headers.keys()].filter((name) => /ratelimit|rate-limit/.test(name));
    asked.push({ url: url.origin + url.pathname, headers: new Headers(init?.headers), limits });
    return answer;
  };
}

function open(id: string): Source {
  const connector = connectors.find(({ about }) => about.id === id) as AnyConnector;
  const http = createHttp({ userAgent: 'earshot-tests', timeoutMs: 5_000, fetch: elsewhere() });
  const surroundings = { http, log: quiet, now: Date.now, variables: world.secrets };
  return openSource(connector, { id, options: REQUIRED[id] }, surroundings);
}

async function readAll(source: Source, signal: AbortSignal): Promise<FoundMention[]> {
  const found: FoundMention[] = [];
  let from: Parameters<NonNullable<Source['pull']>>[0] = { since: Date.now() - 60_000 };
  for (let more = true; more; ) {
    const page: Page | undefined = await source.pull?.(from, signal);
    found.push(...(page?.found ?? []));
    from = { cursor: page?.cursor };
    more = page?.more ?? false;
  }
  return found;
}

describe.each([
  {
    id: 'twitter',
    first: 'https://api.x.com/2/users/me',
    others: [
      'https://api.x.com/2/users/:id/mentions',
      'https://api.x.com/2/tweets/search/recent',
      'https://api.x.com/2/tweets',
    ],
    authorization: /^OAuth oauth_consumer_key="/,
    limits: ['x-rate-limit-limit', 'x-rate-limit-remaining', 'x-rate-limit-reset'],
  },
  {
    id: 'reddit',
    first: 'https://www.reddit.com/api/v1/access_token',
    others: [
      'https://oauth.reddit.com/message/mentions',
      'https://oauth.reddit.com/r/OKPay/new',
      'https://oauth.reddit.com/api/comment',
    ],
    authorization: /^bearer /i,
    limits: ['x-ratelimit-remaining', 'x-ratelimit-reset', 'x-ratelimit-used'],
  },
  {
    id: 'discord',
    first: 'https://discord.com/api/v10/users/@me',
    others: ['https://discord.com/api/v10/channels/:id/messages'],
    authorization: /^Bot /,
    limits: [
      'x-ratelimit-bucket',
      'x-ratelimit-limit',
      'x-ratelimit-remaining',
      'x-ratelimit-reset',
      'x-ratelimit-reset-after',
    ],
  },
])('$id with no address set', ({ id, first, others, authorization, limits }) => {
  it('hears and answers at the real hosts and paths, with the headers that the platform wants', async () => {
    const { x, reddit, discord, rooms } = world;
    reddit.allowance = { remaining: 100, reset: 600 };
    x.say('lena_demo', '@OKPaySupport help');
    reddit.post('lena_demo', 'OKPay', 'OKPay', 'help');
    const [help] = rooms;
    if (help) discord.say(help, 'lena_demo', 'help');

    const source = open(id);
    const signal = AbortSignal.timeout(60_000);
    const [mention] = await readAll(source, signal);
    expect(mention?.text).toMatch(/help/);
    const order = { key: 'k.r1', text: 'We look into it.', firstTriedAt: Date.now() };
    await source.reply?.send({ ...order, ...(mention as FoundMention), text: order.text }, signal);
    await source.close();

    const paths = asked.map(({ url }) => url.replace(/\/\d{5,}/g, '/:id'));
    expect(paths[0]).toBe(first);
    expect(paths).toEqual(expect.arrayContaining(others));
    const api = asked.filter(({ url }) => !url.endsWith('/access_token'));
    for (const one of api) expect(one.headers.get('authorization'), one.url).toMatch(authorization);
    expect(api.at(-1)?.limits.sort()).toEqual(limits);
    expect(Object.values(world.replies).reduce((sum, count) => sum + count)).toBe(1);
  });
});

describe('the hosts of the platforms themselves', () => {
  it('are those that the options name by default', () => {
    const own = Object.fromEntries(connectors.map((one) => [one.about.id, ownOrigins(one)]));
    expect(own).toMatchObject({
      twitter: ['https://api.x.com'],
      reddit: ['https://oauth.reddit.com', 'https://www.reddit.com'],
      discord: ['https://discord.com'],
      feed: [],
    });
  });

  it('are asked wherever their names lead, and no other name leads into a private network', async () => {
    const real = dns.lookup;
    onTestFinished(() => {
      dns.lookup = real;
      syncBuiltinESMExports();
    });
    const here = (_: string, options: dns.LookupOptions, done: (...all: unknown[]) => void) =>
      options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4);
    dns.lookup = here as typeof dns.lookup;
    syncBuiltinESMExports();
    const server = await startServer((_, response) => response.end('here'));
    onTestFinished(() => server.close());
    const { port } = new URL(server.url);
    const own = `http://api.platform.example:${port}`;
    const http = createHttp({ userAgent: 'x', privateHosts: [], ownOrigins: [own] });
    const signal = AbortSignal.timeout(60_000);
    expect((await http.request({ url: `${own}/v1`, signal })).status).toBe(200);
    for (const url of [`http://typed.example:${port}/`, 'http://api.platform.example:8123/']) {
      await expect(http.request({ url, signal }), url).rejects.toMatchObject({ kind: 'rejected' });
    }
  });
});
