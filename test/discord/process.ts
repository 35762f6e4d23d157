import { mentionId } from '../../src/core/ids.ts';
import type { MentionId } from '../../src/core/nouns.ts';
import { type DiscordParts, showInDiscord } from '../../src/parts/discord.ts';
import { createCollector, listen } from '../../src/stages/collect/index.ts';
import { Workspace, type WorkspaceInput } from '../../src/workspace/schema.ts';
import { BOT_TOKEN } from '../platforms/discord.ts';
import type { Room, Said } from '../platforms/discord-world.ts';
import { openDiscord } from '../platforms/open-discord.ts';
import { quiet } from '../platforms/open-forum.ts';
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
    accountOf: () => bench.account.name,
    ourHandles: () => ['acorn_colleague'],
    log: { info: () => {}, warn: (message: string) => warnings.push(message) },
  } as unknown as DiscordParts;
  const { gateway } = local.discord;
  const sessions = gateway.identified;
  const work = [showInDiscord(parts, stop.signal)];
  if (listening) work.push(hear(stop.signal, options));
  await gateway.reached(sessions + work.length);
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
  await listen({ ...platform, id: 'our-server' }, deps, createCollector(deps), { since: clock.now(), signal });
  await platform.close();
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
