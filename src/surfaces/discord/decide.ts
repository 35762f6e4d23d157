import {
  type APIInteraction,
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  InteractionType,
  InteractionResponseType as Kind,
  TextInputStyle,
} from 'discord.js';
import { Conflict, Refused } from '../../core/failures.ts';
import type { Case, Store } from '../../core/ports.ts';
import { type Actor, DISCORD_ID } from '../../core/rights.ts';
import { type Asked, DISMISS_REASONS, DISMISS_TITLES, type Review } from '../../stages/review/index.ts';
import { isDismissReason } from '../../stages/review/reasons.ts';
import { type Answer, instead, privately } from './answer.ts';
import type { Board } from './board.ts';
import { type CardView, isShownWhole, outcomeOf } from './card.ts';
import { type Action, customIdOf, type Press, pressesOf, readCustomId } from './custom-id.ts';
import { cut, literally } from './escape.ts';
import { type Person, personOf } from './person.ts';
import type { StaffRules } from './types.ts';
import { CARD_WORDS } from './words.ts';

export interface DecideParts extends Pick<CardView, 'accountOf' | 'otherWords'> {
  store: Pick<Store, 'find' | 'access'>;
  review: Review;
  rules: StaffRules;
  staffChannelId: string;
  board: Board;
}

/** What a person pressed, chose or typed on a card, and who they are. */
interface Pressed {
  press: Press;
  by: Person;
  /** Who that is here: the person whose account it is, or somebody known by the account alone. */
  actor: Actor;
  /** The reason that was chosen, or the text that was typed. */
  said: string | undefined;
  /** It stands in the card itself, and not in a private message beside it. */
  onCard: boolean;
}

/** What whoever has a staff role on the server may do, where they have no account here that says otherwise. */
const STAFF_ROLE = 'approver';
const FIELD = 'reply';
/** Discord's limit for one text field. https://docs.discord.com/developers/components/reference#text-input */
const FIELD_MAX = 4_000;

/** A press on one of our cards, or undefined when the interaction is something else. */
export function pressedOf(interaction: APIInteraction, rules: StaffRules): Pressed | undefined {
  if (interaction.type !== InteractionType.MessageComponent && interaction.type !== InteractionType.ModalSubmit) {
    return undefined;
  }
  const press = readCustomId(interaction.data.custom_id);
  if (!press) return undefined;
  const by = personOf(interaction, rules);
  return {
    press,
    by,
    actor: { name: by.name, id: DISCORD_ID + by.id, role: STAFF_ROLE },
    said: saidIn(interaction),
    onCard: press.action !== 'reason',
  };
}

/**
 * Carries a press to Review, as the named person, and says what became of it. Rights are looked at here, and never taken
 * from the button; what the person saw is bound by version and seal.
 */
export async function decide(parts: DecideParts, pressed: Pressed, channel: string | undefined): Promise<Answer> {
  const { press, by } = pressed;
  const words = CARD_WORDS[by.lang];
  if (!by.isStaff) return privately(words.notStaff);
  if (channel !== parts.staffChannelId) return privately(words.notOurs);
  const seen = await parts.store.find(press.mention);
  if (seen?.mention.id !== press.mention || seen.mention.state === 'erased') {
    parts.board.outdated(press.mention);
    return privately(words.erased);
  }
  const person = await parts.store.access.personByDiscord(by.id);
  if (person?.disabled) return privately(words.notStaff);
  const actor = person ? { name: person.name, id: person.id, role: person.role } : pressed.actor;
  try {
    return await ACTIONS[press.action](parts, { ...pressed, actor }, seen);
  } catch (thrown) {
    if (!(thrown instanceof Conflict || thrown instanceof Refused)) throw thrown;
    return tooLate(parts, pressed, thrown);
  }
}

type Act = (parts: DecideParts, pressed: Pressed, seen: Case) => Promise<Answer>;

const ACTIONS: Record<Action, Act> = {
  async approve(parts, pressed, seen) {
    mustBeAsShown(parts, pressed, seen);
    // Nobody signs here what they could not read whole, whatever the button says.
    if (!isShownWhole(seen)) throw new Refused('not-here', CARD_WORDS[pressed.by.lang].tooLong);
    const asked = askedOf(pressed);
    const { state } = seen.mention;
    const after =
      state === 'failed'
        ? await parts.review.retry(asked)
        : await parts.review.approve({ ...asked, revision: pressed.press.revision });
    return updated(parts, after);
  },
  async escalate(parts, pressed) {
    return updated(parts, await parts.review.escalate(askedOf(pressed)));
  },
  async undo(parts, pressed) {
    return updated(parts, await parts.review.undo(askedOf(pressed)));
  },
  async edit(parts, pressed, seen) {
    mustBeAsShown(parts, pressed, seen);
    return form(pressed, seen);
  },
  async text(parts, pressed, seen) {
    mustBeAsShown(parts, pressed, seen);
    return updated(parts, await parts.review.edit({ ...askedOf(pressed), text: pressed.said ?? '' }));
  },
  async dismiss(parts, pressed, seen) {
    mustBeAsShown(parts, pressed, seen);
    return reasonList(pressed);
  },
  async reason(parts, pressed) {
    const reason = pressed.said ?? '';
    await parts.review.dismiss({ ...askedOf(pressed), reason });
    parts.board.outdated(pressed.press.mention);
    const { lang } = pressed.by;
    const title = isDismissReason(reason) ? DISMISS_TITLES[reason][lang] : reason;
    return instead({ content: CARD_WORDS[lang].dismissed(title), components: [] });
  },
};

const askedOf = ({ press, actor }: Pressed): Asked => ({
  mentionId: press.mention,
  version: press.version,
  by: actor,
});

/** @throws Conflict when the card showed another version, draft, account or thread than there is now. */
function mustBeAsShown({ accountOf }: DecideParts, { press }: Pressed, seen: Case): void {
  const now = pressesOf(seen, accountOf(seen.mention));
  if (now.version !== press.version || now.revision !== press.revision || now.seal !== press.seal) throw new Conflict();
}

async function updated({ board }: DecideParts, after: Case): Promise<Answer> {
  const card = board.render(after);
  await board.shown(after, card);
  return instead(card);
}

/** Says politely what stands now, and never loses what somebody typed. */
async function tooLate(parts: DecideParts, { press, by, said }: Pressed, why: Conflict | Refused): Promise<Answer> {
  const words = CARD_WORDS[by.lang];
  parts.board.outdated(press.mention);
  const now = await parts.store.find(press.mention);
  const decided =
    now && now.mention.version !== press.version ? outcomeOf(now, { ...parts, lang: by.lang }) : undefined;
  const reason = why instanceof Refused ? literally(why.message, 600) : words.outdated;
  const sentence = decided ? words.faster(decided) : reason;
  if (press.action !== 'text' || !said) return privately(cut(sentence, 1_900));
  const room = 1_900 - sentence.length - words.yourText.length;
  return privately(`${sentence}\n${words.yourText}\n${literally(said, Math.max(room, 100))}`);
}

/** Opened at once, since a form cannot follow on a receipt: its text is the draft that the card shows. */
function form({ press, by }: Pressed, seen: Case): Answer {
  const words = CARD_WORDS[by.lang];
  const text = seen.drafts.at(-1)?.text ?? '';
  if (text.length > FIELD_MAX) return privately(words.tooLongToEdit);
  const input = {
    type: ComponentType.TextInput as const,
    custom_id: FIELD,
    style: TextInputStyle.Paragraph,
    required: true,
    max_length: FIELD_MAX,
    ...(text && { value: text }),
  };
  const data: APIModalInteractionResponseCallbackData = {
    custom_id: customIdOf({ ...press, action: 'text' }),
    title: cut(words.editTitle, 45),
    components: [{ type: ComponentType.Label, label: cut(words.editLabel, 45), component: input }],
  };
  return { type: Kind.Modal, data };
}

function reasonList({ press, by }: Pressed): Answer {
  const words = CARD_WORDS[by.lang];
  const options = DISMISS_REASONS.map((id) => ({ label: DISMISS_TITLES[id][by.lang], value: id }));
  const select = {
    type: ComponentType.StringSelect,
    custom_id: customIdOf({ ...press, action: 'reason' }),
    options,
  };
  return privately(words.chooseReason, { components: [{ type: ComponentType.ActionRow, components: [select] }] });
}

/** The one value of a list, or the one text of a form. */
function saidIn(interaction: APIInteraction): string | undefined {
  if (interaction.type === InteractionType.MessageComponent) {
    return 'values' in interaction.data ? interaction.data.values[0] : undefined;
  }
  return interaction.type === InteractionType.ModalSubmit ? fieldsOf(interaction.data)[FIELD] : undefined;
}

/** What was typed into a form, by field. Forms come in two shapes: in labels, and in rows as of old. */
export function fieldsOf({ components }: { components?: unknown }): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const one of (components ?? []) as { component?: Typed; components?: Typed[] }[]) {
    for (const typed of [one.component, ...(one.components ?? [])]) {
      if (typed?.custom_id && typeof typed.value === 'string') fields[typed.custom_id] = typed.value;
    }
  }
  return fields;
}

interface Typed {
  custom_id?: string;
  value?: unknown;
}
