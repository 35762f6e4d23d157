import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Shown, ShownWorld } from '../platforms/world/shown.ts';
import { type Home, openHome } from './support.ts';

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
  const server = home.begin(['start', '--with-local-platforms'], { ...real, EARSHOT_LOG: 'silent' });
  let said = '';
  for await (const line of createInterface({ input: server.stdout as NodeJS.ReadableStream })) {
    said += `${line}\n`;
    if (line.includes('Ctrl-C')) break;
  }
  expect(said).toMatch(/An invented world.*made up/);
  const page = /arrive: +(http:\S+)/.exec(said)?.[1] ?? '';
  const data = /EARSHOT_DATA=(\S+)/.exec(said)?.[1] ?? '';
  const queue = async () =>
    (await home.run(['queue', '--limit', '100', '--json'], { env: { EARSHOT_DATA: data } })).json;
  const shown = async () => (await (await fetch(`${page}state`)).json()) as ShownWorld;

  const platforms = async () => new Set((await queue()).map(({ mention }) => mention.platform));
  await expect.poll(platforms, SOON).toEqual(new Set(['twitter', 'reddit', 'discord', 'email']));
  const waiting = await queue();
  expect(
    waiting.filter(({ mention }) => !mention.sample),
    'each is marked as invented',
  ).toEqual([]);

  // Some of each: an author may delete what they said meanwhile.
  const asked = ['twitter', 'reddit', 'discord', 'email'].flatMap((platform) =>
    waiting.filter(({ mention }) => mention.platform === platform && mention.permission.how === 'api').slice(0, 3),
  );
  const approved: Record<string, string[]> = { twitter: [], reddit: [], discord: [], email: [] };
  for (const { mention } of asked) {
    const { code, json } = await home.run(['show', mention.id, '--json'], { env: { EARSHOT_DATA: data } });
    expect(code).toBe(0);
    approved[mention.platform]?.push(json[0].drafts.at(-1).text);
    const { code: approving, err } = await home.run(['approve', mention.id], { env: { EARSHOT_DATA: data } });
    expect(approving, err).toBe(0);
  }
  const ours = (all: Shown[]): string[] =>
    all.flatMap(({ ours: is, text, under }) => [...(is ? [text] : []), ...ours(under)]);
  const answered = async () => {
    const { x, reddit, discord, mail } = await shown();
    const there = {
      twitter: ours(x),
      reddit: ours(reddit),
      discord: ours(discord.flatMap(({ messages }) => messages)),
      email: ours(mail).map((text) => text.trim()),
    };
    return Object.entries(approved).filter(([on, texts]) => texts.some((text) => there[on as 'reddit'].includes(text)))
      .length;
  };
  await expect.poll(answered, SOON).toBe(4);

  process.kill(-(server.pid ?? 0), 'SIGINT');
  const [code] = await once(server, 'exit');
  expect(code).toBe(0);
  expect(existsSync(data)).toBe(false);
  await expect(fetch(page)).rejects.toThrow();
});
