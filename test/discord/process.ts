import { mentionId } from '../../src/core/ids.ts';
import type { MentionId } from '../../src/core/nouns.ts';
import { type DiscordParts, showInDiscord } from '../../src/parts/discord.ts';
import { keepDoing } from '../../src/schedule/index.ts';
import { findPersonal } from '../../src/stages/classify/index.ts';
import { createCollector, listen } from '../../src/stages/collect/index.ts';
import { openOutbox } from '../../src/stages/post/index.ts';
import { Workspace, type WorkspaceInput } from '../../src/workspace/schema.ts';
import { BOT_TOKEN } from '../platforms/discord.ts';
import type { Room, Said } from '../platforms/discord-world.ts';
import { openDiscord } from '../platforms/open-discord.ts';
import { quiet } from '../platforms/open-forum.ts';
import { assessmentOf, book, UNDO_MS } from '../review/support.ts';
import { bench, local, STAFF_ROLE, staff } from './support.ts';

export interface Running {
  /** The settings as they stand: change them as a person would. */
  workspace: Workspace;
  warnings: string[];
  stop(): Promise<void>;
}

/**
 * What a running process has to do with Discord: the source that hears the server, and the surface that shows cards and
 * speaks with members, over one store.
 */
export async function runProcess(
  discord: Partial<NonNullable<WorkspaceInput['discord']>> = {},
  source: { listening?: boolean; options?: Record<string, unknown> } = {},
): Promise<Running> {
  const { listening = true, options = {} } = source;
  const stop = new AbortController();
  const warnings: string[] = [];
  const workspace = Workspace.parse({
    version: 1,
    brand: { product: 'Acorn Pay', supportEmail: 'help@acorn.example' },
    sources: [{ id: 'our-server', connector: 'discord', enabled: listening, options }],
    discord: {
      staffChannelId: staff.id,
      staffRoleIds: [STAFF_ROLE],
      guildIds: [staff.guild ?? ''],
      address: local.url,
      ...discord,
    },
  });
  const parts = {
    ...bench,
    settings: { variables: { DISCORD_BOT_TOKEN: BOT_TOKEN } },
    workspace: { current: () => workspace, onChange: () => () => {} },
    problemTypes: [],
    findPersonal,
    accountOf: () => bench.account.name,
    ourHandles: () => ['acorn_colleague'],
    log: { info: () => {}, warn: (message: string) => warnings.push(message) },
  } as unknown as DiscordParts;
  const { gateway } = local.discord;
  const sessions = gateway.identified;
  local.commands = [];
  const work = [showInDiscord(parts, stop.signal), post(stop.signal, options)];
  if (listening) work.push(hear(stop.signal, options));
  await gateway.reached(sessions + (listening ? 2 : 1));
  // Once the commands are there, all else of the surface is too.
  await local.until(() => local.commands.length > 0);
  return {
    workspace,
    warnings,
    async stop() {
      stop.abort();
      await Promise.all(work);
    },
  };
}

async function hear(signal: AbortSignal, options: Record<string, unknown>): Promise<void> {
  const { store, clock } = bench;
  const deps = { store, clock, log: quiet, ourHandles: () => ['acorn_colleague'] };
  const platform = openDiscord({ url: local.url }, { clock, options });
  await listen({ ...platform, id: 'our-server' }, deps, createCollector(deps), {
    since: clock.now() - 3_600_000,
    signal,
  });
  await platform.close();
}

/** Lets out what is approved, through the real connector. */
async function post(signal: AbortSignal, options: Record<string, unknown>): Promise<void> {
  const { store, clock } = bench;
  const platform = openDiscord({ url: local.url }, { clock, options });
  const outbox = openOutbox({
    ...{ store, clock, signal, log: quiet, worker: 'w', templates: book },
    sourceOf: () => platform,
    accountOf: () => bench.account.name,
  });
  await keepDoing('posting', () => outbox.run(), { store, everyMs: 20, signal, log: quiet });
  await platform.close();
}

/** Sorts and drafts a mention, unless that was done. */
export async function draft(id: MentionId): Promise<void> {
  const { store, clock } = bench;
  await bench.until(async () => (await store.find(id)) !== undefined);
  const { mention } = await bench.caseOf(id);
  if (mention.state === 'heard') {
    const assessment = assessmentOf({}, clock.now());
    await store.saveAssessments([{ id, version: mention.version, assessment }]);
    const made = book.draft(mention, assessment, clock.now());
    if ('none' in made) throw new Error(made.none);
    await store.saveDrafts([{ id, version: mention.version + 1, draft: made }]);
  }
}

/** Approves its draft, or the text given. */
export async function approve(id: MentionId, text?: string): Promise<void> {
  const { review, clock } = bench;
  await draft(id);
  let ready = await bench.caseOf(id);
  if (text) ready = await review.edit({ mentionId: id, version: ready.mention.version, by: 'Lin', text });
  const revision = ready.drafts.at(-1)?.revision ?? 0;
  await review.approve({ mentionId: id, version: ready.mention.version, revision, by: 'Lin' });
  clock.pass(UNDO_MS);
}

/** The same, and gives the answer as the platform has it. */
export async function answer(id: MentionId, text?: string): Promise<Said> {
  await approve(id, text);
  await bench.until(async () => (await bench.caseOf(id)).mention.state === 'posted');
  const { receipt } = await bench.caseOf(id);
  const said = local.discord.world.messages.get(receipt?.nativeId?.split('/')[1] ?? '');
  if (!said) throw new Error(`no answer to ${id} on the platform`);
  return said;
}

export const idOf = (said: Said): MentionId => mentionId('discord', `${said.channel}/${said.id}`);

/** What the bot says in a channel or a direct conversation. */
export const saidByBot = ({ id }: Room): Said[] => local.discord.world.replies.filter(({ channel }) => channel === id);

/** Resolves with what the bot said in a room as soon as it is this much. */
export async function botSays(room: Room, count: number): Promise<Said[]> {
  await local.until(() => saidByBot(room).length >= count);
  return saidByBot(room);
}

export const direct = (username: string): Room =>
  local.discord.world.directWith(local.discord.world.personCalled(username).id);
