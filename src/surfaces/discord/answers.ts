import {
  type APIInteraction,
  ButtonStyle,
  RESTJSONErrorCodes as Code,
  ComponentType,
  DiscordAPIError,
  InteractionType,
  MessageFlags,
  type REST,
  Routes,
} from 'discord.js';
import { Refused } from '../../core/failures.ts';
import type { MentionId } from '../../core/nouns.ts';
import type { Case, Clock, Store } from '../../core/ports.ts';
import type { Review } from '../../stages/review/index.ts';
import { type Answer, answerInTime, instead, privately } from './answer.ts';
import { type Connection, sentenceOf } from './connection.ts';
import { Cooldown } from './cooldown.ts';
import { MEMBER_WORDS } from './member-words.ts';
import { type Person, personOf } from './person.ts';
import type { Lang, Log, StaffRules } from './types.ts';

export interface AnswerParts {
  connection: Connection;
  rules: StaffRules;
  store: Pick<Store, 'find' | 'audit' | 'appendAudit'>;
  review: Pick<Review, 'feedback'>;
  clock: Clock;
  log: Log;
  signal: AbortSignal;
  /** Where an answer stands, from its receipt. Undefined for what is no message on Discord. */
  placeOf(nativeId: string): { channel: string; message: string } | undefined;
}

export interface DiscordAnswers {
  /** Puts the question under answers that are out. To be called whenever the store changed, one at a time. */
  round(): Promise<void>;
}

/** What the log of the store keeps, under the mention's id: which answer carries the question already. */
const ASKED = 'asked-solved';
/** Whether the answer with this receipt is out, by the log. */
const OUT = ['posted', 'settled'];
const FORM = /^ea1:(yes|no):([0-9a-z]{16})$/;
const CASE_DIGITS = 8;

/**
 * "Did this solve it?" The question hangs as two buttons under the answer itself: no further message, nothing to lose, and
 * putting it there twice is the same as once. The author alone can press them, as often as things change.
 */
export function startDiscordAnswers(parts: AnswerParts): DiscordAnswers {
  const { connection, rules, clock } = parts;
  const presses = new Cooldown({ count: 6, perMs: 60_000 }, clock);
  connection.onInteraction(async (interaction) => {
    const said = saidIn(interaction);
    if (!said) return;
    const person = personOf(interaction, rules);
    const judged = judge(parts, said, person, presses);
    await answerInTime(
      connection,
      interaction,
      'quiet',
      judged.then(({ answer }) => answer),
    );
    const { thanks } = await judged;
    if (!thanks) return;
    const body = { content: thanks, flags: MessageFlags.Ephemeral, allowed_mentions: { parse: [] } };
    await connection.rest.post(Routes.webhook(connection.applicationId, interaction.token), { body, auth: false });
  });
  const questions = new Questions({ ...parts, rest: connection.rest });
  return { round: () => questions.round() };
}

interface Said {
  mention: MentionId;
  solved: boolean;
}

function saidIn(interaction: APIInteraction): Said | undefined {
  if (interaction.type !== InteractionType.MessageComponent) return undefined;
  const [, word, mention] = FORM.exec(interaction.data.custom_id) ?? [];
  return mention ? { mention, solved: word === 'yes' } : undefined;
}

/** What the press changes under the answer, and what is said of it to the member alone. */
async function judge(
  { store, review, log }: AnswerParts,
  { mention, solved }: Said,
  { id, lang }: Person,
  presses: Cooldown,
): Promise<{ answer: Answer; thanks?: string }> {
  const words = MEMBER_WORDS[lang];
  const seen = await store.find(mention);
  if (!seen || seen.mention.state === 'erased') return { answer: privately(words.caseGone) };
  if (seen.mention.author.id !== id) return { answer: privately(words.notYours) };
  const waitMs = presses.take(id);
  if (waitMs > 0) return { answer: privately(words.wait(Math.ceil(waitMs / 1000))) };
  try {
    await review.feedback({ mentionId: mention, solved });
  } catch (thrown) {
    if (!(thrown instanceof Refused)) log.warn('discord: feedback failed', { mention, error: sentenceOf(thrown) });
    return { answer: privately(thrown instanceof Refused ? words.caseGone : words.failed) };
  }
  const thanks = solved ? words.solvedThanks : words.unsolvedThanks(`**${mention.slice(0, CASE_DIGITS)}**`);
  return { answer: instead({ components: question(mention, langOfAnswer(seen), solved) }), thanks };
}

/** The two buttons; the one that was pressed last is marked. */
function question(mention: MentionId, lang: Lang, solved?: boolean): object[] {
  const words = MEMBER_WORDS[lang];
  const button = (word: 'yes' | 'no', label: string, pressed: boolean) => ({
    type: ComponentType.Button,
    custom_id: `ea1:${word}:${mention}`,
    label: pressed ? `✓ ${label}` : label,
    style: pressed ? ButtonStyle.Primary : ButtonStyle.Secondary,
    disabled: pressed,
  });
  const components = [button('yes', words.solved, solved === true), button('no', words.unsolved, solved === false)];
  return [{ type: ComponentType.ActionRow, components }];
}

/** The last draft is the answer, or comes after it in the same language. */
function langOfAnswer({ drafts }: Case): Lang {
  return drafts.at(-1)?.lang ?? 'en';
}

/** Follows the log for answers that went out, whoever posted them, and however long this process was away. */
class Questions {
  readonly #parts: Omit<AnswerParts, 'connection'> & { rest: Pick<REST, 'patch'> };
  readonly #open = new Map<MentionId, string>();
  #after = 0;

  constructor(parts: Omit<AnswerParts, 'connection'> & { rest: Pick<REST, 'patch'> }) {
    this.#parts = parts;
  }

  async round(): Promise<void> {
    await this.#follow();
    for (const [mention, key] of this.#open) {
      if (this.#parts.signal.aborted) return;
      await this.#ask(mention, key);
      this.#open.delete(mention);
    }
  }

  async #follow(): Promise<void> {
    for (;;) {
      const events = await this.#parts.store.audit(this.#after, 1_000);
      for (const { action, subject, detail } of events) {
        if (OUT.includes(action)) this.#open.set(subject, String(detail.key));
        else if (action === ASKED && detail.key === this.#open.get(subject)) this.#open.delete(subject);
      }
      const last = events.at(-1);
      if (!last) return;
      this.#after = last.seq;
    }
  }

  async #ask(mention: MentionId, key: string): Promise<void> {
    const { store, rest, clock, log, placeOf } = this.#parts;
    const seen = await store.find(mention);
    const place = seen && answerOn(seen, key) ? placeOf(seen.receipt?.nativeId ?? '') : undefined;
    if (!seen || !place) return;
    const body = { components: question(mention, langOfAnswer(seen)) };
    try {
      await rest.patch(Routes.channelMessage(place.channel, place.message), { body });
    } catch (thrown) {
      // It was removed, or a person wrote it: there is nothing to hang the question under.
      if (!(thrown instanceof DiscordAPIError) || !HOPELESS.includes(Number(thrown.code))) throw thrown;
      log.warn('discord: an answer could not be asked about', { mention, error: sentenceOf(thrown) });
    }
    await store.appendAudit({ at: clock.now(), actor: 'earshot', action: ASKED, subject: mention, detail: { key } });
  }
}

const HOPELESS: number[] = [
  Code.UnknownMessage,
  Code.UnknownChannel,
  Code.MissingAccess,
  Code.MissingPermissions,
  Code.CannotEditMessageAuthoredByAnotherUser,
];

/** Posted by us on Discord. What a person posted by hand is theirs, and cannot be changed by us. */
function answerOn({ mention, receipt }: Case, key: string): boolean {
  return (
    mention.connector === 'discord' &&
    mention.state === 'posted' &&
    !mention.sample &&
    receipt?.key === key &&
    receipt.proof !== 'person'
  );
}
