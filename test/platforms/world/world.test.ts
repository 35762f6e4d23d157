import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type AnyConnector, ConnectorError, createHttp, openSource } from '#kit';
import { connectors } from '../../../connectors/index.ts';
import type { FoundMention } from '../../../src/core/nouns.ts';
import type { Page, Source } from '../../../src/core/ports.ts';
import type { LocalServer } from '../local-server.ts';
import { quiet } from '../open-forum.ts';
import { Life } from './life.ts';
import { LocalWorld } from './local-world.ts';
import { beUnlucky } from './misfortune.ts';
import { startPage } from './page-server.ts';
import { handle, lookAlike } from './people.ts';
import { fill, type Line, SAID } from './said.ts';
import type { ShownWorld } from './shown.ts';

let world: LocalWorld;
let page: LocalServer;
beforeEach(async () => {
  world = await LocalWorld.start();
  page = await startPage(world);
});
afterEach(async () => {
  await page.close();
  await world.close();
});

const signal = () => AbortSignal.timeout(60_000);
const shown = async () => (await (await fetch(`${page.url}/state`)).json()) as ShownWorld;

async function act(what: object): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch(`${page.url}/act`, { method: 'POST', headers, body: JSON.stringify(what) });
}

/** A source of the workspace that this world offers, through the connector as it ships. */
function source(connector: string): Source {
  const { sources } = world.workspace() as { sources: { id: string; connector: string; options: object }[] };
  const entry = sources.find((one) => one.connector === connector);
  const found = connectors.find(({ about }) => about.id === connector) as AnyConnector;
  return openSource(
    found,
    { id: entry?.id ?? '', options: entry?.options },
    {
      http: createHttp({ userAgent: 'earshot-tests', timeoutMs: 5_000 }),
      log: quiet,
      now: Date.now,
      variables: world.secrets,
    },
  );
}

/** All that a source finds, page after page. */
async function readAll({ pull }: Source): Promise<FoundMention[]> {
  const found: FoundMention[] = [];
  let from: Parameters<NonNullable<Source['pull']>>[0] = { since: Date.now() - 60_000 };
  for (let more = true; pull && more; ) {
    const page: Page = await pull(from, signal());
    found.push(...page.found);
    from = { cursor: page.cursor };
    more = page.more;
  }
  return found;
}

describe('what a visitor says on the page', () => {
  it.each([
    ['twitter', { do: 'x', who: 'lena_demo', text: '@OKPaySupport 充值失败了' }],
    ['reddit', { do: 'reddit', who: 'lena_demo', title: 'OKPay', text: 'My top up failed' }],
    ['discord', { do: 'discord', who: 'lena_demo', text: '@OKPay_Helper my top up failed' }],
  ])('is heard on %s by the connector as it ships, and the reply stands under it', async (connector, said) => {
    const room = world.rooms[0]?.id;
    expect((await act({ ...said, room })).status).toBe(200);
    const heard = source(connector);
    const found = await readAll(heard);
    const [mention] = found;
    expect(mention?.text).toMatch(/充值失败|top up failed/);
    const order = {
      key: 'k.r1',
      text: 'We look into it.',
      nativeId: mention?.nativeId ?? '',
      firstTriedAt: Date.now(),
    };
    await heard.reply?.send({ ...mention, ...order } as never, signal());
    await heard.close();
    const { x, reddit, discord, replies } = await shown();
    const all = [...x, ...reddit, ...discord.flatMap(({ messages }) => messages)];
    const ours = [...all, ...all.flatMap(({ under }) => under)].filter((one) => one.ours);
    expect(ours.map(({ text }) => text)).toEqual(['We look into it.']);
    expect(Object.values(replies).reduce((sum, count) => sum + count)).toBe(1);
  });

  it('is refused in a sentence when it cannot be', async () => {
    const answer = await act({ do: 'x', who: 'not a handle!', text: 'hello' });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ error: expect.stringMatching(/handle/) });
  });
});

describe('what goes wrong by chance', () => {
  it.each(['twitter', 'reddit', 'discord', 'email'])(
    'leaves the first look at %s alone, and begins then',
    async (connector) => {
      new Life(world, { random: () => 0 }).say(
        ({ twitter: 'x', email: 'mail' }[connector] ?? connector) as 'reddit',
        SAID[0] as Line,
      );
      // Every lot is drawn against us.
      const stopTrouble = beUnlucky(world, () => 0);
      const heard = source(connector);
      await heard.check(signal());
      expect(await readAll(heard)).toHaveLength(1);
      const again = async () => {
        for (let n = 0; n < 40; n++) await readAll(heard);
      };
      await expect(again()).rejects.toThrow(ConnectorError);
      stopTrouble();
      await heard.close();
    },
  );
});

describe('the page', () => {
  it('answers nobody who came through another name, as a page of the web would', async () => {
    const url = new URL(page.url);
    const asked = request({
      port: url.port,
      host: '127.0.0.1',
      path: '/state',
      headers: { host: 'evil.example' },
    }).end();
    const [answer] = await once(asked, 'response');
    expect(answer.statusCode).toBe(403);
    answer.resume();
  });

  it.each([
    ['https://x.com/lena_demo/status/123', '/?show=123#x'],
    ['https://www.reddit.com/r/OKPay/comments/abc/a_title/', '/?show=t3_abc#reddit'],
    ['https://www.reddit.com/r/OKPay/comments/abc/a_title/def/', '/?show=t1_def#reddit'],
    ['https://discord.com/channels/1/2/3', '/?show=3#discord'],
    ['https://evil.example/', '/'],
  ])('leads from %s to what stands here', async (address, place) => {
    const answer = await fetch(`${page.url}/open?url=${encodeURIComponent(address)}`, { redirect: 'manual' });
    expect(answer.headers.get('location')).toBe(place);
  });

  it('says so when nobody answers a command', { timeout: 20_000 }, async () => {
    const answer = await act({
      do: 'command',
      who: 'lena_demo',
      room: world.rooms[0]?.id,
      name: 'help',
      locale: 'en-US',
    });
    expect(await answer.json()).toMatchObject({ data: { content: expect.stringMatching(/did not respond/) } });
  });
});

describe('what people say', () => {
  const file = join(import.meta.dirname, '../../../data/problem-types.yml');
  const types = (parse(readFileSync(file, 'utf8')) as { types: { id: string }[] }).types.map(({ id }) => id);

  it.each(types)('is about %s, in three scripts', (type) => {
    expect(new Set(SAID.filter((line) => line.type === type).map(({ script }) => script)).size).toBe(3);
  });

  it('is whole, and fits everywhere', () => {
    expect(new Set(SAID.map(({ text }) => text)).size).toBeGreaterThan(80);
    for (const { text } of SAID) {
      const filled = fill(text, 'OKPay', Math.random);
      expect(filled).not.toMatch(/[{}]|(?<![A-Za-z])B(?![A-Za-z])/);
      expect(filled.length).toBeLessThan(250);
    }
  });

  it('is said by nobody real: handles say so, and look-alikes are never ours', () => {
    for (let n = 0; n < 100; n++) {
      expect(handle(Math.random)).toMatch(/^\w{4,15}$/);
      expect(handle(Math.random)).toMatch(/demo|madeup|unreal|notreal/);
      expect(lookAlike('OKPaySupport', Math.random)).not.toBe('OKPaySupport');
    }
  });
});

it('npm run platforms says how to point Earshot at it, and Ctrl-C ends it', async () => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'run.ts'), '--people'], { stdio: 'pipe' });
  let said = '';
  for await (const chunk of child.stdout) {
    said += chunk;
    if (said.includes('Ctrl-C stops')) break;
  }
  const folder = /EARSHOT_DATA=(\S+)/.exec(said)?.[1] ?? '';
  const { sources } = JSON.parse(readFileSync(join(folder, 'workspace.json'), 'utf8'));
  expect(sources.map(({ connector }: { connector: string }) => connector)).toEqual([
    'twitter',
    'reddit',
    'discord',
    'email',
  ]);
  expect(said).toMatch(/X_API_KEY=.*\n.*X_API_SECRET=/);
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([0, null]);
  await rm(folder, { recursive: true });
});
