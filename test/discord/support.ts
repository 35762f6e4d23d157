import { afterEach, beforeEach } from 'vitest';
import { openGateway } from '../../connectors/discord/live.ts';
import type { MentionId } from '../../src/core/nouns.ts';
import { otherWords } from '../../src/parts/other-words.ts';
import { findPersonal } from '../../src/stages/classify/index.ts';
import { connectDiscord, type DiscordCards, startDiscordCards } from '../../src/surfaces/discord/index.ts';
import { BOT_TOKEN } from '../platforms/discord.ts';
import { type BotMessage, LocalInteractions, type Member } from '../platforms/discord-interactions.ts';
import type { Room } from '../platforms/discord-world.ts';
import { quiet } from '../platforms/open-forum.ts';
import { type Bench, openBench, PROBLEM_TYPES } from '../review/support.ts';

export const STAFF_ROLE = '700000000000000001';

/** A server with a staff channel, two of the staff, a member, and the records. Made anew for each test. */
export let local: LocalInteractions;
export let bench: Bench;
export let staff: Room;
export let lin: Member;
export let maya: Member;
export let guest: Member;
let stops: AbortController[] = [];

export function setUpServer(): void {
  beforeEach(async () => {
    local = await LocalInteractions.start();
    bench = await openBench();
    const { world } = local.discord;
    staff = world.addRoom(world.addGuild('Acorn'), 'staff');
    const person = (username: string, nick: string, roles: string[]): Member => ({
      person: world.personCalled(username),
      nick,
      roles,
    });
    lin = person('lin.w', 'Lin', [STAFF_ROLE]);
    maya = person('maya_s', 'Maya', ['1', STAFF_ROLE]);
    guest = person('someone', 'Lin', ['1']);
  });
  afterEach(async () => {
    for (const stop of stops) stop.abort();
    stops = [];
    await local.close();
    await bench.close();
  });
}

export function connect(signal: AbortSignal) {
  return connectDiscord({ token: BOT_TOKEN, apiBase: local.url, log: quiet, signal, openGateway });
}

export interface Running extends DiscordCards {
  stop(): void;
}

/** Cards as a process runs them; `stop` ends it, as a restart does. */
export async function startCards(
  more: { openAtMost?: number; lang?: 'en' | 'zh-Hans' | 'zh-Hant' } = {},
): Promise<Running> {
  const stop = new AbortController();
  stops.push(stop);
  const { store, review, clock, account } = bench;
  const connection = await connect(stop.signal);
  const cards = startDiscordCards({
    store,
    review,
    clock,
    connection,
    staffChannelId: staff.id,
    rules: { staffRoleIds: [STAFF_ROLE], guildIds: staff.guild ? [staff.guild] : [] },
    problemTypes: PROBLEM_TYPES.map(({ id }) => ({ id, title: { en: id, 'zh-Hans': id, 'zh-Hant': id } })),
    accountOf: () => account.name,
    findPersonal,
    otherWords,
    lang: 'en',
    log: quiet,
    signal: stop.signal,
    paceMs: 0,
    ...more,
  });
  return {
    ...cards,
    stop: () => {
      stop.abort();
      cards.close();
    },
  };
}

export function cardOf(id: MentionId): BotMessage {
  const cards = local.in(staff).filter(({ embeds }) => embeds[0].footer?.text === id);
  const [card] = cards;
  if (!card || cards.length > 1) throw new Error(`${cards.length} cards for ${id}`);
  return card;
}

export function buttonsOf(card: BotMessage): Record<string, string> {
  const buttons = card.components.flatMap(
    (row: { components: { label: string; custom_id: string }[] }) => row.components,
  );
  return Object.fromEntries(buttons.map((one: { label: string; custom_id: string }) => [one.label, one.custom_id]));
}

export const press = (who: Member, card: BotMessage, label: string) => {
  const id = buttonsOf(card)[label];
  if (!id) throw new Error(`the card has no button ${label}`);
  return local.press(who, staff, id, card);
};

export const textOf = (card: BotMessage): string => JSON.stringify(card.embeds);
