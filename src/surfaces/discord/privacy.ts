import { DiscordAPIError, type REST, Routes } from 'discord.js';
import type { FindPersonal } from '../../core/cover.ts';
import type { MentionId } from '../../core/nouns.ts';
import type { Clock, Store } from '../../core/ports.ts';
import { type HeardMessage, sentenceOf } from './connection.ts';
import { Cooldown } from './cooldown.ts';
import { literally } from './escape.ts';
import { MEMBER_WORDS } from './member-words.ts';
import { findSecrets, withoutSecrets } from './secrets.ts';
import type { Lang, Log } from './types.ts';

export interface PrivacyParts {
  rest: Pick<REST, 'post' | 'delete'>;
  store: Pick<Store, 'appendAudit'>;
  clock: Clock;
  log: Log;
  findPersonal: FindPersonal;
  /** What people may always show: our own addresses. */
  ours(): readonly string[];
  /** What the workspace asks for. */
  wanted(): { warn: boolean; remove: boolean };
  idOf(channel: string, message: string): MentionId;
}

/** Nobody writes more in one message; the rest is not looked at. */
const TEXT_MAX = 4_000;

/**
 * Looks whether a public message shows what is private. Its author is told so in a direct message, or, where they take none,
 * by one line that says nothing of what it was. A message with a secret is removed where the workspace and Discord allow it.
 */
export class Privacy {
  readonly #parts: PrivacyParts;
  readonly #warnings: Cooldown;

  constructor(parts: PrivacyParts) {
    this.#parts = parts;
    this.#warnings = new Cooldown({ count: 3, perMs: 600_000 }, parts.clock);
  }

  /** Resolves when all is done, with whether the message was removed. */
  async look(message: HeardMessage, lang: Lang): Promise<boolean> {
    const { warn, remove } = this.#parts.wanted();
    if (!warn && !remove) return false;
    const text = message.content.slice(0, TEXT_MAX);
    const secrets = findSecrets(text, this.#parts.findPersonal);
    const secret = secrets.length > 0;
    if (!secret && !this.#showsContact(text)) return false;
    const removed = secret && remove && (await this.#remove(message));
    // Whoever floods is not told again and again; a removal is always told.
    const tell = removed || (warn && this.#warnings.take(message.author.id) === 0);
    if (!tell) return removed;
    const told = await this.#tell(
      message,
      warningFor(message, lang, { secret, removed, text, secrets }),
      lang,
      removed,
    );
    await this.#note(message, { secret, removed, told });
    return removed;
  }

  #showsContact(text: string): boolean {
    const ours = this.#parts.ours().map((address) => address.toLowerCase());
    return this.#parts
      .findPersonal(text)
      .some(
        ({ kind, start, end }) =>
          (kind === 'phone' || kind === 'email') && !ours.includes(text.slice(start, end).toLowerCase()),
      );
  }

  async #remove({ channel_id: channel, id }: HeardMessage): Promise<boolean> {
    try {
      await this.#parts.rest.delete(Routes.channelMessage(channel, id), { reason: 'It showed something secret.' });
      return true;
    } catch (thrown) {
      this.#parts.log.warn('discord: a message with a secret could not be removed; the bot needs Manage Messages', {
        channel,
        error: sentenceOf(thrown),
      });
      return false;
    }
  }

  async #tell(message: HeardMessage, content: string, lang: Lang, removed: boolean): Promise<'direct' | 'public'> {
    const { rest } = this.#parts;
    const { author, id, channel_id: channel } = message;
    const quiet = { enforce_nonce: true, allowed_mentions: { parse: [], replied_user: false } };
    try {
      const direct = (await rest.post(Routes.userChannels(), { body: { recipient_id: author.id } })) as { id: string };
      await rest.post(Routes.channelMessages(direct.id), { body: { content, nonce: `w${id}`, ...quiet } });
      return 'direct';
    } catch (thrown) {
      // Only Discord's own no means that the member was not told.
      if (!(thrown instanceof DiscordAPIError) || thrown.status >= 500) throw thrown;
    }
    const words = MEMBER_WORDS[lang];
    const body = {
      content: removed ? words.removedHint(`<@${author.id}>`) : words.shownHint,
      nonce: `h${id}`,
      ...quiet,
      ...(!removed && { message_reference: { channel_id: channel, message_id: id, fail_if_not_exists: true } }),
    };
    await rest.post(Routes.channelMessages(channel), { body });
    return 'public';
  }

  async #note({ channel_id: channel, id }: HeardMessage, detail: Record<string, unknown>): Promise<void> {
    const { store, clock, idOf } = this.#parts;
    const subject = idOf(channel, id);
    await store.appendAudit({ at: clock.now(), actor: 'earshot', action: 'warned', subject, detail });
  }
}

interface Found {
  secret: boolean;
  removed: boolean;
  text: string;
  secrets: ReturnType<typeof findSecrets>;
}

/** Never repeats what was shown. What was removed is given back without it, since its author has it nowhere else. */
function warningFor(message: HeardMessage, lang: Lang, { secret, removed, text, secrets }: Found): string {
  const words = MEMBER_WORDS[lang];
  const where = `<#${message.channel_id}>`;
  if (!removed) return `${words.shown(where, secret)}\n${words.safety}`;
  const clean = literally(withoutSecrets(text, secrets), 1_000);
  return `${words.removed(where)}\n${words.safety}\n\n${words.removedText}\n${clean}`;
}
