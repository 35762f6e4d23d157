import { RESTJSONErrorCodes as Code, DiscordAPIError, type REST, Routes } from 'discord.js';
import type { Instant, MentionId, State } from '../../core/nouns.ts';
import type { Case, Clock, QueueRow, Store } from '../../core/ports.ts';
import { type Card, type CardView, goneCard, mayDecide, renderCard, reopenedAt } from './card.ts';
import { hashOf, readCustomId } from './custom-id.ts';
import type { Log } from './types.ts';
import { CARD_WORDS } from './words.ts';

/** What the log of the store keeps of cards, under the mention's id: where it is, and what it showed last. */
const SHOWN = 'card-shown';
const UPDATED = 'card-updated';
const ACTOR = 'earshot';
/** States in which a mention gets a card. One that has it already keeps it, whatever becomes of it. */
const ASKS: readonly State[] = ['drafted', 'failed', 'unsure', 'assessed'];
/** More are looked at in the next round. */
const LOOKS_PER_ROUND = 200;

export interface BoardParts extends CardView {
  store: Store;
  clock: Clock;
  rest: Pick<REST, 'post' | 'patch' | 'get'>;
  staffChannelId: string;
  log: Log;
  signal: AbortSignal;
  /** Between two requests, in milliseconds. Discord takes about five messages in five seconds. Default 1100. */
  paceMs?: number;
  /** No new cards while this many wait for a decision: the inbox holds the rest. Default 25. */
  openAtMost?: number;
}

interface Known {
  message: string;
  /** Of the card as it was last shown. Undefined: not known, so it is looked at. */
  hash: string | undefined;
  /** It waits for a decision. */
  open: boolean;
  /** When the author brought it back, as far as the channel was told. */
  backAt?: Instant;
}

/** The cards in the staff channel: one for each mention, kept as the store has it, over restarts. */
export class Board {
  readonly #parts: BoardParts;
  readonly #cards = new Map<MentionId, Known>();
  readonly #changed = new Set<MentionId>();
  readonly #unwatch: () => void;
  #loaded = false;

  constructor(parts: BoardParts) {
    this.#parts = parts;
    this.#unwatch = parts.store.watch(({ mentions }) => {
      // Nothing named means that anything may have changed.
      for (const id of mentions.length > 0 ? mentions : this.#cards.keys()) this.#changed.add(id);
    });
  }

  close(): void {
    this.#unwatch();
  }

  /** The card of this mention is to be looked at again. */
  outdated(id: MentionId): void {
    const card = this.#cards.get(id);
    if (card) card.hash = undefined;
    this.#changed.add(id);
  }

  /** The card was brought up to date by the answer to a click. */
  async shown(seen: Case, card: Card): Promise<void> {
    const known = this.#cards.get(seen.mention.id);
    if (!known) return;
    known.open = isOpen(seen);
    await this.#remember(seen.mention.id, known, card);
  }

  render(seen: Case): Card {
    return renderCard(seen, this.#parts);
  }

  /** Brings old cards up to date, then shows new ones, most urgent first. Never two rounds at once. */
  async round(): Promise<void> {
    if (!this.#loaded) await this.#load();
    await this.#update();
    await this.#add();
  }

  /** Where the cards are stands in the store's log. What a crash kept from the log is seen in the channel. */
  async #load(): Promise<void> {
    const { store } = this.#parts;
    for (let after = 0; ; ) {
      const events = await store.audit(after, 1_000);
      for (const { action, subject, detail } of events) {
        const known = this.#cards.get(subject);
        const hash = typeof detail.hash === 'string' ? detail.hash : undefined;
        if (action === SHOWN && detail.channel === this.#parts.staffChannelId)
          this.#cards.set(subject, { message: String(detail.message), hash, open: true });
        else if (action === UPDATED && known) known.hash = hash;
      }
      const last = events.at(-1);
      if (!last) break;
      after = last.seq;
    }
    for (const { mention, message } of await this.#inChannel()) {
      if (this.#cards.has(mention)) continue;
      this.#cards.set(mention, { message, hash: undefined, open: true });
      await this.#log(SHOWN, mention, { channel: this.#parts.staffChannelId, message });
    }
    for (const id of this.#cards.keys()) this.#changed.add(id);
    this.#loaded = true;
  }

  async #inChannel(): Promise<{ mention: MentionId; message: string }[]> {
    const query = new URLSearchParams({ limit: '100' });
    const messages = (await this.#parts.rest.get(Routes.channelMessages(this.#parts.staffChannelId), { query })) as {
      id: string;
      author: { bot?: boolean };
      components?: { components?: { custom_id?: string }[] }[];
    }[];
    return messages.flatMap(({ id, author, components }) => {
      const press = readCustomId(components?.[0]?.components?.[0]?.custom_id ?? '');
      return press && author.bot ? [{ mention: press.mention, message: id }] : [];
    });
  }

  async #update(): Promise<void> {
    let looks = 0;
    for (const id of [...this.#changed]) {
      const known = this.#cards.get(id);
      // Before the work, so that a change during it is looked at again.
      this.#changed.delete(id);
      if (!known) continue;
      try {
        await this.#bringUpToDate(id, known);
      } catch (thrown) {
        this.#changed.add(id);
        throw thrown;
      }
      if (++looks >= LOOKS_PER_ROUND || this.#parts.signal.aborted) return;
    }
  }

  async #bringUpToDate(id: MentionId, known: Known): Promise<void> {
    const { store, rest, staffChannelId } = this.#parts;
    const seen = await store.find(id);
    const card = seen ? this.render(seen) : goneCard(this.#parts);
    known.open = seen !== undefined && isOpen(seen);
    if (known.hash === hashOf(card)) return;
    try {
      await rest.patch(Routes.channelMessage(staffChannelId, known.message), { body: card });
    } catch (thrown) {
      if (!(thrown instanceof DiscordAPIError) || thrown.code !== Code.UnknownMessage) throw thrown;
      // Somebody removed the card by hand: it is not shown again.
      known.open = false;
    }
    if (seen) await this.#tellBack(seen, known);
    await this.#remember(id, known, card);
    await this.#pace();
  }

  /** An old card far up is not seen by anybody: what its author brought back is told below, as an answer to the card. */
  async #tellBack(seen: Case, known: Known): Promise<void> {
    const { rest, staffChannelId, lang } = this.#parts;
    const backAt = reopenedAt(seen);
    if (backAt === undefined || backAt === known.backAt) return;
    const body = {
      content: CARD_WORDS[lang].reopened(`<t:${Math.floor(backAt / 1000)}:R>`),
      nonce: `${seen.mention.id}.${seen.mention.version}`.slice(0, 25),
      enforce_nonce: true,
      allowed_mentions: { parse: [] },
      message_reference: { channel_id: staffChannelId, message_id: known.message, fail_if_not_exists: false },
    };
    await rest.post(Routes.channelMessages(staffChannelId), { body });
    known.backAt = backAt;
  }

  async #add(): Promise<void> {
    const { store, openAtMost = 25, signal } = this.#parts;
    let open = [...this.#cards.values()].filter((card) => card.open).length;
    for (let after: string | undefined; ; ) {
      const page = await store.queue({ states: ASKS, order: 'urgency', limit: 100, ...(after && { after }) });
      for (const row of page.rows) {
        if (open >= openAtMost || signal.aborted) return;
        if (this.#cards.has(row.mention.id) || !asks(row)) continue;
        if (await this.#show(row.mention.id)) open++;
      }
      if (!page.next) return;
      after = page.next;
    }
  }

  async #show(id: MentionId): Promise<boolean> {
    const { store, rest, staffChannelId } = this.#parts;
    const seen = await store.find(id);
    if (!seen || !ASKS.includes(seen.mention.state)) return false;
    const card = this.render(seen);
    // Where no answer came, the next round asks again with the same nonce, and gets the first card back.
    const body = { ...card, nonce: `card-${id}`, enforce_nonce: true };
    const message = (await rest.post(Routes.channelMessages(staffChannelId), { body })) as { id: string };
    const hash = hashOf(card);
    this.#cards.set(id, { message: message.id, hash, open: true });
    await this.#log(SHOWN, id, { channel: staffChannelId, message: message.id, hash });
    await this.#pace();
    return true;
  }

  async #remember(id: MentionId, known: Known, card: Card): Promise<void> {
    known.hash = hashOf(card);
    await this.#log(UPDATED, id, { hash: known.hash });
  }

  #log(action: string, subject: MentionId, detail: Record<string, unknown>): Promise<void> {
    return this.#parts.store.appendAudit({ at: this.#parts.clock.now(), actor: ACTOR, action, subject, detail });
  }

  #pace(): Promise<void> {
    const { paceMs = 1_100, signal } = this.#parts;
    return new Promise((resolve) => {
      const timer = setTimeout(done, paceMs);
      function done() {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      }
      signal.addEventListener('abort', done, { once: true });
    });
  }
}

/** A mention on its way to a draft is not shown yet; one that got none waits for a person. */
function asks({ mention }: QueueRow): boolean {
  return mention.state !== 'assessed' || mention.trouble !== undefined;
}

function isOpen({ mention: { state } }: Case): boolean {
  return mayDecide(state) || state === 'unsure';
}
