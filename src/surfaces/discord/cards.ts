import { type APIInteraction, InteractionType } from 'discord.js';
import type { Clock, Store } from '../../core/ports.ts';
import type { Review } from '../../stages/review/index.ts';
import { answerInTime, privately } from './answer.ts';
import { Board } from './board.ts';
import type { CardView } from './card.ts';
import { type Connection, sentenceOf } from './connection.ts';
import { decide, pressedOf } from './decide.ts';
import type { Log, StaffRules } from './types.ts';
import { CARD_WORDS } from './words.ts';

export interface DiscordCardParts extends CardView {
  store: Store;
  review: Review;
  clock: Clock;
  connection: Connection;
  staffChannelId: string;
  rules: StaffRules;
  log: Log;
  signal: AbortSignal;
  /** Between two requests, in milliseconds. Default 1100. */
  paceMs?: number;
  /** No new cards while this many wait for a decision. Default 25. */
  openAtMost?: number;
}

export interface DiscordCards {
  /** Brings the channel up to date. To be called whenever the store changed, and every so often, one at a time. */
  round(): Promise<void>;
  close(): void;
}

/** Shows drafts as cards in a staff channel, and carries what staff press there to Review. */
export function startDiscordCards(parts: DiscordCardParts): DiscordCards {
  const { connection, rules, staffChannelId, log } = parts;
  const board = new Board({ ...parts, rest: connection.rest });
  connection.onInteraction(async (interaction) => {
    const pressed = pressedOf(interaction, rules);
    if (!pressed) return;
    const work = decide({ ...parts, board }, pressed, channelOf(interaction)).catch((thrown) => {
      log.warn('discord: a decision failed', { mention: pressed.press.mention, error: sentenceOf(thrown) });
      board.outdated(pressed.press.mention);
      return privately(CARD_WORDS[pressed.by.lang].failed);
    });
    await answerInTime(connection, interaction, 'quiet', work).catch((thrown) => {
      // The decision stands in the store; the next round brings the card up to date.
      board.outdated(pressed.press.mention);
      throw thrown;
    });
  });
  log.info('discord: cards', { channel: staffChannelId });
  return { round: () => board.round(), close: () => board.close() };
}

function channelOf(interaction: APIInteraction): string | undefined {
  return interaction.type === InteractionType.Ping ? undefined : interaction.channel?.id;
}
