import { describe, expect, it } from 'vitest';
import { type DiscordParts, showInDiscord } from '../../src/parts/discord.ts';
import { standingAnswers } from '../../src/parts/standing-answers.ts';
import { findPersonal } from '../../src/stages/classify/index.ts';
import { Workspace } from '../../src/workspace/schema.ts';
import { BOT_TOKEN } from '../platforms/discord.ts';
import { bench, cardOf, guest, lin, local, press, STAFF_ROLE, setUpServer, staff } from './support.ts';

setUpServer();

/** The parts as a running process has them, with a workspace as a person would write it. */
function partsWith(token: string | undefined, warnings: string[] = []): DiscordParts {
  const workspace = Workspace.parse({
    version: 1,
    brand: { product: 'Acorn Pay' },
    discord: { staffChannelId: staff.id, staffRoleIds: [STAFF_ROLE], guildIds: [staff.guild], address: local.url },
  });
  return {
    ...bench,
    settings: { variables: { DISCORD_BOT_TOKEN: token } },
    workspace: { current: () => workspace, onChange: () => () => {} },
    problemTypes: [],
    accountOf: () => bench.account.name,
    findPersonal,
    log: { info: () => {}, warn: (message: string) => warnings.push(message) },
  } as unknown as DiscordParts;
}

describe('the running process', () => {
  it('shows a card for what is drafted, posts what is decided there, and takes reports', async () => {
    const stop = new AbortController();
    const running = showInDiscord(partsWith(BOT_TOKEN), stop.signal);
    const { mention } = await bench.drafted();
    await local.until(() => local.in(staff).length === 1 && local.commands.length > 0);
    await press(lin, cardOf(mention.id), 'Approve');
    expect((await bench.caseOf(mention.id)).mention.state).toBe('approved');

    const { data } = await local.submit(guest, staff, 'em1:report', { what: 'Nothing works since noon' });
    const number = /\*\*([0-9a-z]{8})\*\*/.exec(data.content)?.[1] as string;
    expect((await bench.store.find(number))?.mention.text).toBe('Nothing works since noon');
    stop.abort();
    await running;
  });

  it('says in the log what is missing, and goes on without', async () => {
    const warnings: string[] = [];
    await showInDiscord(partsWith(undefined, warnings), new AbortController().signal);
    expect(warnings).toEqual([expect.stringContaining('DISCORD_BOT_TOKEN')]);

    const stop = new AbortController();
    const running = showInDiscord(partsWith('not-the-token', warnings), stop.signal);
    await local.until(() => local.requests.length > 0);
    await expect.poll(() => warnings.length).toBeGreaterThan(1);
    stop.abort();
    await running;
  });

  it('answers /faq from the knowledge base, in three scripts', async () => {
    const fresh = Workspace.parse({ version: 1, brand: { product: 'Acorn Pay' } });
    const articles = (await standingAnswers(fresh)).flatMap((answer) => answer.articles);
    const count = (lang: string) => articles.filter((article) => article.lang === lang).length;
    expect(count('en')).toBeGreaterThan(10);
    expect([count('zh-Hans'), count('zh-Hant')]).toEqual([count('en'), count('en')]);
    for (const { title, text } of articles) expect(title && text).toBeTruthy();
  });
});
