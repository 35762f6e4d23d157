import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BOT_TOKEN, LocalDiscord } from '../platforms/discord.ts';
import { APP, RedditPlatform, USER_AGENT } from '../platforms/reddit.ts';
import { XPlatform } from '../platforms/twitter.ts';
import { X_KEYS } from '../platforms/twitter-tokens.ts';
import { type Home, openHome } from './support.ts';

const HOUR = 3_600_000;
const KEYS = {
  ...X_KEYS,
  EARSHOT_PRIVATE_HOSTS: '127.0.0.1',
  DISCORD_BOT_TOKEN: BOT_TOKEN,
  REDDIT_CLIENT_ID: APP.id,
  REDDIT_CLIENT_SECRET: APP.secret,
  REDDIT_REFRESH_TOKEN: APP.refresh,
};

let home: Home;
let x: XPlatform;
let reddit: RedditPlatform;
let discord: LocalDiscord;
let ahead = 0;

beforeAll(async () => {
  [home, x, reddit, discord] = await Promise.all([
    openHome(),
    new XPlatform({ now: () => Date.now() + ahead }).start(),
    new RedditPlatform().start(),
    LocalDiscord.start(),
  ]);
  x.tokens.checksTime = true;
  const prices = { ownedRead: 0.1, post: 0, user: 0, reply: 0.1, linkReply: 2 };
  const sources = [
    { id: 'x', connector: 'twitter', options: { address: x.url, monthlyBudgetUsd: 1, prices } },
    {
      id: 'reddit',
      connector: 'reddit',
      options: { userAgent: USER_AGENT, apiAddress: reddit.url, siteAddress: reddit.url },
    },
    { id: 'discord', connector: 'discord', options: { address: discord.url } },
  ];
  await mkdir(home.data);
  const settings = { version: 1, brand: { product: 'OKPay' }, sources };
  await writeFile(join(home.data, 'workspace.json'), JSON.stringify(settings));
  const guild = discord.world.addGuild('Acorn Wallet');
  discord.world.addRoom(guild, 'help');
  discord.world.addRoom(guild, 'vip').denied.add('history');
});
afterAll(() => Promise.all([home.close(), x.close(), reddit.close(), discord.close()]));

/** What the doctor says of the sources, by what it looked at. */
async function doctor(env: Record<string, string>) {
  const { code, json } = await home.run(['doctor', '--json'], { env });
  const said = new Map<string, { ok: boolean; message: string }>(json.map(({ what, ...rest }) => [what, rest]));
  return { code, said: (what: string) => said.get(`source ${what}`), all: said };
}
/** Done again where a month (UTC) ended meanwhile: what was spent in it counts no more. */
async function inOneMonth<T>(work: () => Promise<T>): Promise<T> {
  const month = new Date().getUTCMonth();
  const done = await work();
  return new Date().getUTCMonth() === month ? done : inOneMonth(work);
}
const wrong = (message: RegExp) => ({ ok: false, message: expect.stringMatching(message) });
const fine = (message: RegExp) => ({ ok: true, message: expect.stringMatching(message) });

describe('the doctor says in one line each what to do', () => {
  it('when nothing is set', async () => {
    const { code, said, all } = await doctor({});
    expect(code).toBe(1);
    expect(said('x')).toEqual(wrong(/X_API_KEY.*X_CLIENT_ID.*Set them and start again/));
    expect(said('reddit')).toEqual(wrong(/Username mentions need an account.*public feed is read.*README/));
    expect(said('discord')).toEqual(wrong(/DISCORD_BOT_TOKEN.*Set it and start again/));
    for (const { message } of all.values()) expect(message).not.toContain('\n');
  });

  it('when a key is wrong, and never shows it', async () => {
    discord.world.contentIntent = false;
    const bad = {
      X_ACCESS_TOKEN: 'not-the-token-1c9f',
      DISCORD_BOT_TOKEN: BOT_TOKEN,
      REDDIT_REFRESH_TOKEN: 'nor-this-77',
    };
    const { said, all } = await doctor({ ...KEYS, ...bad });
    expect(said('x')).toEqual(wrong(/does not accept the keys.*developer\.x\.com/));
    expect(said('x, clock')).toEqual(fine(/agrees/));
    expect(said('reddit')).toEqual(wrong(/does not accept.*REDDIT_CLIENT_ID.*refresh token/));
    expect(said('discord')).toEqual(wrong(/Message Content intent is missing.*developer portal.*"hear" to "mentions"/));
    expect(JSON.stringify([...all])).not.toMatch(/not-the-token-1c9f|nor-this-77/);
  });

  it('when rights are missing and the budget is used up', async () => {
    discord.world.contentIntent = true;
    x.access = 'read';
    reddit.scope = 'identity read';
    const { code, said } = await inOneMonth(async () => {
      for (let n = 0; n < 10; n++) x.say('mei', `@OKPayHelp ${n}`, { at: Date.now() - HOUR });
      await home.run(['pull', 'x'], { env: KEYS });
      return doctor(KEYS);
    });
    expect(code).toBe(1);
    expect(said('x')).toEqual(fine(/works as OKPayHelp/));
    expect(said('x, rights')).toEqual(wrong(/may only read.*"Read and write".*anew/));
    expect(said('x, limits')).toEqual(fine(/299 of 300/));
    expect(said('x, budget')).toEqual(
      wrong(/\$1\.00 of \$1\.00.*used up: neither read nor answered.*monthlyBudgetUsd/),
    );
    expect(said('reddit, rights')).toEqual(wrong(/lacks the right \w+.*README/));
    expect(said('discord')).toEqual(fine(/works as acorn_helper/));
    expect(said('discord, intents')).toEqual(fine(/Message Content is switched on/));
    expect(said('discord, history')).toEqual(wrong(/1 channel .*not #vip.*Read Message History/));
    expect(said('discord, limits')).toEqual(fine(/of 1000 live connections/));
  });

  it('when the clock is off by an hour', async () => {
    ahead = HOUR;
    const { said } = await doctor(KEYS);
    expect(said('x')).toEqual(wrong(/clock of this machine is 60 minutes behind/));
    expect(said('x, clock')).toEqual(wrong(/60 minutes behind 127\.0\.0\.1:\d+\. Set it right.*timedatectl/));
    expect(said('discord, clock')).toEqual(fine(/agrees/));
  });
});
