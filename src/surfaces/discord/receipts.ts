import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { MessageFlags, type REST, Routes } from 'discord.js';
import { sentenceOf } from './connection.ts';
import { MEMBER_WORDS } from './member-words.ts';
import { mayHelpToTryAgain } from './say.ts';
import type { Lang, Log } from './types.ts';

/** Discord takes about five messages in five seconds in a channel; the answers of people need room, too. */
const LIMITS = [
  { count: 1, perMs: 250 },
  { count: 4, perMs: 5_000 },
  { count: 12, perMs: 60_000 },
];
const LONGEST_MS = 60_000;
const CONTENT_MAX = 1_900;
/** In one channel. Whoever comes when so many wait gets no receipt; the message is heard all the same. */
const WAITING_MAX = 200;
const CHANNELS_MAX = 1_000;
const TRIES = 3;

/** A message that gets a receipt. */
export interface ToReceipt {
  channel: string;
  message: string;
  author: string;
  lang: Lang;
  caseNumber: string;
  /** Between the author and the bot alone. */
  direct: boolean;
}

interface Lane {
  waiting: { item: ToReceipt; done: (given: boolean) => void }[];
  sentAt: number[];
  running: boolean;
}

/**
 * Posts receipts: at once where it is quiet, as an answer to the message; several in one message where many write at the
 * same time, since Discord would let all of them wait otherwise. Nobody is rung. A receipt is posted once: it carries a
 * nonce made of the messages it is for.
 */
export class Receipts {
  readonly #rest: Pick<REST, 'post'>;
  readonly #log: Log;
  readonly #signal: AbortSignal;
  readonly #lanes = new Map<string, Lane>();

  constructor({ rest, log, signal }: { rest: Pick<REST, 'post'>; log: Log; signal: AbortSignal }) {
    this.#rest = rest;
    this.#log = log;
    this.#signal = signal;
  }

  /** Resolves when the receipt is out; false when there is none: too many wait, or Discord said no. */
  give(item: ToReceipt): Promise<boolean> {
    const lane = this.#laneOf(item.channel);
    if (!lane || lane.waiting.length >= WAITING_MAX) return Promise.resolve(false);
    return new Promise((done) => {
      lane.waiting.push({ item, done });
      if (!lane.running) void this.#run(lane);
    });
  }

  #laneOf(channel: string): Lane | undefined {
    const known = this.#lanes.get(channel);
    if (known) return known;
    if (this.#lanes.size >= CHANNELS_MAX) this.#forgetIdle();
    if (this.#lanes.size >= CHANNELS_MAX) return undefined;
    const lane: Lane = { waiting: [], sentAt: [], running: false };
    this.#lanes.set(channel, lane);
    return lane;
  }

  #forgetIdle(): void {
    const now = performance.now();
    for (const [channel, { running, sentAt }] of this.#lanes) {
      if (!running && (sentAt.at(-1) ?? 0) < now - LONGEST_MS) this.#lanes.delete(channel);
    }
  }

  async #run(lane: Lane): Promise<void> {
    lane.running = true;
    while (lane.waiting.length > 0 && !this.#signal.aborted) {
      await pause(waitOf(lane), undefined, { signal: this.#signal }).catch(() => {});
      const batch = lane.waiting.splice(0, fitting(lane.waiting.map(({ item }) => item)));
      const items = batch.map(({ item }) => item);
      const given = await this.#post(items).catch((thrown) => {
        this.#log.warn('discord: no receipt', { count: items.length, error: sentenceOf(thrown) });
        return false;
      });
      lane.sentAt = [...lane.sentAt, performance.now()].slice(-12);
      for (const { done } of batch) done(given);
    }
    lane.running = false;
    for (const { done } of lane.waiting.splice(0)) done(false);
  }

  async #post(items: readonly ToReceipt[]): Promise<boolean> {
    const [first] = items;
    if (!first || this.#signal.aborted) return false;
    const body = {
      content: receiptText(items),
      nonce: nonceOf(items),
      enforce_nonce: true,
      allowed_mentions: { parse: [], replied_user: false },
      // A channel of many people is not rung for one of them.
      ...(!first.direct && { flags: MessageFlags.SuppressNotifications }),
      // To a message that was deleted in the meantime nothing is said.
      ...(items.length === 1 && {
        message_reference: { channel_id: first.channel, message_id: first.message, fail_if_not_exists: true },
      }),
    };
    for (let tried = 1; ; tried++) {
      try {
        await this.#rest.post(Routes.channelMessages(first.channel), { body });
        return true;
      } catch (thrown) {
        // The same nonce again: what was posted without an answer comes back, and is not posted twice.
        if (tried >= TRIES || !mayHelpToTryAgain(thrown) || this.#signal.aborted) throw thrown;
      }
    }
  }
}

function waitOf({ sentAt }: Lane): number {
  const now = performance.now();
  const waits = LIMITS.map(({ count, perMs }) => {
    const oldest = sentAt.at(-count);
    return sentAt.length < count || oldest === undefined ? 0 : oldest + perMs - now;
  });
  return Math.max(0, ...waits);
}

/** How many of them one message holds, at least one. */
function fitting(items: readonly ToReceipt[]): number {
  let count = 1;
  while (count < items.length && receiptText(items.slice(0, count + 1)).length <= CONTENT_MAX) count++;
  return count;
}

/** For each language one paragraph: the case numbers, and the one safety sentence. */
export function receiptText(items: readonly ToReceipt[]): string {
  const [first] = items;
  if (!first) return '';
  const { received, safety } = MEMBER_WORDS[first.lang];
  if (items.length === 1) return `${received(`**${first.caseNumber}**`)}\n${safety}`;
  const paragraphs = [...Map.groupBy(items, ({ lang }) => lang)].map(([lang, some]) => {
    const words = MEMBER_WORDS[lang];
    const numbers = some.map(({ author, caseNumber }) => `<@${author}> **${caseNumber}**`);
    return `${words.received(numbers.join(' · '))}\n${words.safety}`;
  });
  return paragraphs.join('\n\n');
}

function nonceOf(items: readonly ToReceipt[]): string {
  const [first] = items;
  if (items.length === 1 && first) return `r${first.message}`;
  const ids = items.map(({ message }) => message).join();
  return `r-${createHash('sha256').update(ids).digest('hex').slice(0, 20)}`;
}
