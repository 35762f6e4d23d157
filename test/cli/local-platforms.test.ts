import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Shown, ShownWorld } from '../platforms/world/shown.ts';
import { type Home, openHome } from './support.ts';

/** A row of `queue --json`, as far as it is looked at here. */
interface Row {
  mention: { id: string; platform: string; sample: boolean; permission: { how: string }; firstApproval?: object };
  draft?: { text: string };
}

const ours = (all: Shown[]): string[] =>
  all.flatMap(({ ours: is, text, under }) => [...(is ? [text] : []), ...ours(under)]);

const SOON = { timeout: 150_000, interval: 500 };

let home: Home;
beforeAll(async () => {
  home = await openHome();
});
afterAll(() => home.close());

it('start --with-local-platforms: people are heard, replies arrive where they were asked for, and a stop leaves nothing', {
  timeout: 240_000,
}, async () => {
  const real = { X_API_KEY: 'key-of-a-real-account', EARSHOT_DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' };
  const server = home.begin(['start', '--with-local-platforms'], { ...real, EARSHOT_LOG: 'error' });
  let log = '';
  server.stderr?.on('data', (chunk) => {
    log += chunk;
  });
  let said = '';
  for await (const line of createInterface({ input: server.stdout as NodeJS.ReadableStream })) {
    said += `${line}\n`;
    if (line.includes('Ctrl-C')) break;
  }
  expect(said).toMatch(/An invented world.*made up/);
  const page = /arrive: +(http:\S+)/.exec(said)?.[1] ?? '';
  const data = /EARSHOT_DATA=(\S+)/.exec(said)?.[1] ?? '';
  const queue = async (): Promise<Row[]> =>
    (await home.run(['queue', '--limit', '100', '--json'], { env: { EARSHOT_DATA: data } })).json;
  const shown = async () => (await (await fetch(`${page}state`)).json()) as ShownWorld;

  const platforms = async () => new Set((await queue()).map(({ mention }) => mention.platform));
  await expect.poll(platforms, SOON).toEqual(new Set(['twitter', 'reddit', 'discord', 'email']));
  const waiting = await queue();
  expect(
    waiting.filter(({ mention }) => !mention.sample),
    'each is marked as invented',
  ).toEqual([]);

  const approved: Record<string, string[]> = { twitter: [], reddit: [], discord: [], email: [] };
  const answeredOn = async () => {
    const { x, reddit, discord, mail } = await shown();
    const there: Record<string, string[]> = {
      twitter: ours(x),
      reddit: ours(reddit),
      discord: ours(discord.flatMap(({ messages }) => messages)),
      email: ours(mail).map((text) => text.trim()),
    };
    return Object.keys(approved).filter((on) => approved[on]?.some((text) => there[on]?.includes(text)));
  };
  // As a person does, one after the other: an author may delete or edit what they said meanwhile, and some need two people.
  const approveOneMore = async (rows: Row[], platform: string) => {
    const row = rows.find(
      ({ mention, draft }) =>
        mention.platform === platform && mention.permission.how === 'api' && draft && !mention.firstApproval,
    );
    if (!row) return;
    const { code, err } = await home.run(['approve', row.mention.id], { env: { EARSHOT_DATA: data } });
    expect([0, 3], err).toContain(code);
    if (code === 0) approved[platform]?.push(row.draft?.text ?? '');
  };
  const answered = async () => {
    const there = await answeredOn();
    const rows = await queue();
    for (const platform of Object.keys(approved)) if (!there.includes(platform)) await approveOneMore(rows, platform);
    return there;
  };
  await expect.poll(answered, SOON).toEqual(['twitter', 'reddit', 'discord', 'email']);

  process.kill(-(server.pid ?? 0), 'SIGINT');
  const [code] = await once(server, 'close');
  expect(code, log).toBe(0);
  expect(existsSync(data)).toBe(false);
  await expect(fetch(page)).rejects.toThrow();
});
