import type { MentionId } from '../../core/nouns.ts';
import type { Clock, Store } from '../../core/ports.ts';
import type { Acquaintances } from './acquaintances.ts';
import { type Connection, type HeardMessage, sentenceOf } from './connection.ts';
import { Cooldown } from './cooldown.ts';
import { hasStaffRole } from './person.ts';
import { Privacy, type PrivacyParts } from './privacy.ts';
import { Receipts } from './receipts.ts';
import { isSaidByPerson, isToUs, wordsOf } from './to-us.ts';
import type { Lang, Log, StaffRules } from './types.ts';

export interface ReceptionParts {
  connection: Connection;
  rules: StaffRules;
  clock: Clock;
  store: Pick<Store, 'find' | 'appendAudit'>;
  acquaintances: Acquaintances;
  log: Log;
  signal: AbortSignal;
  /** Where neither the words nor earlier meetings tell the member's language. */
  lang: Lang;
  /** Resolves when the message is in the records, with its mention. Undefined for one that is no mention of ours. */
  hear(message: HeardMessage): Promise<MentionId | undefined>;
  /** The language that words are answered in. Undefined where they do not tell. */
  langOfText(text: string): Lang | undefined;
  /** Whether messages to the bot get a receipt. */
  receipts(): boolean;
  /** What is done about personal data in public. */
  privacy: Pick<PrivacyParts, 'findPersonal' | 'ours' | 'wanted' | 'idOf'>;
  /** Each member's receipts. Default: 3 in 5 min. */
  cooldown?: { count: number; perMs: number };
}

const CASE_DIGITS = 8;
/** Messages looked at at the same time. What comes on top is heard like any other, and gets no receipt. */
const AT_ONCE_MAX = 500;
/** Messages remembered as receipted. Later than that the log of the store tells. */
const REMEMBERED_MAX = 10_000;

/** Gives a receipt to whoever pings the bot, answers one of its messages, or writes to it directly. */
export function startDiscordReception(parts: ReceptionParts): void {
  const desk = new Reception(parts);
  parts.connection.onMessage((message, edited) => desk.take(message, edited));
  parts.log.info('discord: receipts for members');
}

class Reception {
  readonly #parts: ReceptionParts;
  readonly #privacy: Privacy;
  readonly #receipts: Receipts;
  readonly #cooldown: Cooldown;
  readonly #seen = new Set<string>();
  #open = 0;

  constructor(parts: ReceptionParts) {
    this.#parts = parts;
    this.#privacy = new Privacy({ ...parts, ...parts.privacy, rest: parts.connection.rest });
    this.#receipts = new Receipts({ rest: parts.connection.rest, log: parts.log, signal: parts.signal });
    this.#cooldown = new Cooldown(parts.cooldown ?? { count: 3, perMs: 300_000 }, parts.clock);
  }

  async take(message: HeardMessage, edited: boolean): Promise<void> {
    const { connection, acquaintances, rules } = this.#parts;
    const { author, guild_id: guild, member } = message;
    if (!isSaidByPerson(message, connection.me)) return;
    if (guild !== undefined && rules.guildIds.length > 0 && !rules.guildIds.includes(guild)) return;
    if (member) acquaintances.met(author.id, { staff: hasStaffRole(member, rules) });
    if (acquaintances.isStaff(author.id) || this.#open >= AT_ONCE_MAX) return;
    this.#open++;
    try {
      const removed = guild !== undefined && (await this.#isRemoved(message));
      if (!removed && !edited && isToUs(message, connection.me)) await this.#receipt(message);
    } finally {
      this.#open--;
    }
  }

  /** A warning that did not come through keeps nobody from their receipt. */
  #isRemoved(message: HeardMessage): Promise<boolean> {
    return this.#privacy.look(message, this.#langOf(message)).catch((thrown) => {
      this.#parts.log.warn('discord: a warning failed', { error: sentenceOf(thrown) });
      return false;
    });
  }

  /** False for what the gateway tells again after a break. */
  #isNew(message: string): boolean {
    if (this.#seen.has(message)) return false;
    this.#seen.add(message);
    const [first] = this.#seen;
    if (this.#seen.size > REMEMBERED_MAX && first !== undefined) this.#seen.delete(first);
    return true;
  }

  async #receipt(message: HeardMessage): Promise<void> {
    const { store, clock, log } = this.#parts;
    if (!this.#parts.receipts() || !this.#isNew(message.id) || this.#cooldown.take(message.author.id) > 0) return;
    const id = await this.#parts.hear(message);
    if (!id) return;
    const known = await store.find(id);
    if (!known || known.history.some(({ action }) => action === 'receipted')) return;
    const given = await this.#receipts.give({
      channel: message.channel_id,
      message: message.id,
      author: message.author.id,
      lang: this.#langOf(message),
      caseNumber: id.slice(0, CASE_DIGITS),
      direct: message.guild_id === undefined,
    });
    if (!given) return;
    const event = { at: clock.now(), actor: 'earshot', action: 'receipted', subject: id, detail: {} };
    await store.appendAudit(event).catch((thrown) => {
      log.warn('discord: a receipt could not be noted', { mention: id, error: sentenceOf(thrown) });
    });
  }

  #langOf({ content, author }: HeardMessage): Lang {
    const { langOfText, acquaintances, lang } = this.#parts;
    return langOfText(wordsOf(content)) ?? acquaintances.langOf(author.id) ?? lang;
  }
}
