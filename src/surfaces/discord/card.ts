import { ButtonStyle, ComponentType } from 'discord.js';
import { checkName, checkWords } from '../../core/checks.ts';
import { coverSeen, type FindPersonal } from '../../core/cover.ts';
import type { Instant, Mention, Priority, State } from '../../core/nouns.ts';
import type { AuditEvent, Case } from '../../core/ports.ts';
import { reasonWords } from '../../core/reasons.ts';
import { DISMISS_TITLES, isPosted, mayUndo } from '../../stages/review/index.ts';
import { isDismissReason } from '../../stages/review/reasons.ts';
import { type Action, customIdOf, pressesOf } from './custom-id.ts';
import { cut, fits, literally } from './escape.ts';
import type { Lang } from './types.ts';
import { CARD_WORDS, type CardWords } from './words.ts';

export interface CardView {
  /** The language of the staff channel. */
  lang: Lang;
  problemTypes: readonly { id: string; title: Record<Lang, string> }[];
  /** Who we would answer as. Part of what an approval is bound to. */
  accountOf(mention: Mention): string;
  findPersonal: FindPersonal;
  /** What a connector said, in the other languages as far as somebody wrote it in them. */
  otherWords(said: string, connector: string): Partial<Record<Lang, string>>;
}

/** What a reader needs of it: their language, and what connectors said in that. */
type Reader = Pick<CardView, 'lang' | 'otherWords'>;

/** A card as Discord takes it, for posting and for editing alike. */
export interface Card {
  embeds: object[];
  components: object[];
  allowed_mentions: { parse: [] };
}

/** Discord takes 6,000 characters in all embeds together; these leave room for what is said around them. */
const MAX = { text: 1_200, draft: 2_000, twin: 600, evidence: 200, why: 300, checks: 250, outcome: 400, target: 250 };
const COLOURS: Record<Priority, number> = { urgent: 0xc92a2a, high: 0xe8590c, normal: 0x868e96, low: 0xced4da };
const DECISIONS = ['approved', 'retried', 'dismissed', 'escalated', 'snoozed'];

/**
 * One mention for a staff channel: what the author wrote, why it matters, the draft, its twin, and what can be done. The
 * text of a card depends on nothing but the case, so that the same case is the same card.
 */
export function renderCard(seen: Case, view: CardView): Card {
  if (seen.mention.state === 'erased') return goneCard(view);
  const words = CARD_WORDS[view.lang];
  return cardOf([mentionOf(seen, view), ...draftOf(seen, view, words)], buttonsOf(seen, view, words));
}

/** What is left of a card when the mention was deleted at its source: no word of it. */
export function goneCard({ lang }: Pick<CardView, 'lang'>): Card {
  return cardOf([{ description: CARD_WORDS[lang].erased }], []);
}

function cardOf(embeds: object[], components: object[]): Card {
  return { embeds, components, allowed_mentions: { parse: [] } };
}

function mentionOf(seen: Case, view: CardView) {
  const { lang, problemTypes, findPersonal } = view;
  const words = CARD_WORDS[lang];
  const { mention, assessment } = coverSeen(seen, findPersonal);
  const { author, place, platform, url, sample } = mention;
  const type = problemTypes.find(({ id }) => id === assessment?.problemType)?.title[lang] ?? assessment?.problemType;
  const priority = assessment?.priority ?? 'normal';
  const outcome = outcomeOf(seen, view);
  const where = [author.name ?? author.handle ?? author.id, platform, place].filter((part) => part !== undefined);
  const why = assessment?.priorityReasons.map((reason) => reasonWords(reason, lang)) ?? [];
  const reasons = [...(assessment?.unsure ? [words.unsure] : []), ...why];
  const spans = [...new Set(assessment?.evidence.map(({ text }) => text) ?? [])];
  return {
    color: COLOURS[priority],
    author: { name: plain(where.join(' · '), 150) },
    title: cut(`${words.priorities[priority]} · ${type ?? words.unsorted}${sample ? ` · ${words.sample}` : ''}`, 80),
    ...(url && /^https?:/.test(url) && url.length <= 1_000 && { url }),
    description: literally(mention.text, MAX.text).trim() || '…',
    timestamp: new Date(mention.saidAt).toISOString(),
    footer: { text: mention.id },
    fields: [
      ...(outcome ? [{ name: '\u200b', value: cut(outcome, MAX.outcome) }] : []),
      ...(mention.confirmedScammer ? [{ name: '\u200b', value: words.scammer }] : []),
      ...firstApprovalOf(seen, words),
      ...field(words.why, reasons.join('\n'), MAX.why),
      ...field(words.evidence, spans.join(' · '), MAX.evidence),
    ],
  };
}

/** One approval of two: who gave it, and what is missing. */
function firstApprovalOf({ mention: { firstApproval } }: Case, words: CardWords) {
  if (!firstApproval) return [];
  const when = `<t:${Math.floor(firstApproval.at / 1000)}:R>`;
  return [{ name: '\u200b', value: cut(words.oneOfTwo(literally(firstApproval.by, 120), when), MAX.outcome) }];
}

function draftOf(seen: Case, view: CardView, words: CardWords) {
  const { mention, drafts } = seen;
  const draft = drafts.at(-1);
  if (!draft) return mayDecide(mention.state) ? [{ description: words.noDraft }] : [];
  const { text, twin, lang, revision, length, checks, by } = draft;
  const failed = checks
    .filter(({ ok }) => !ok)
    .map(({ name, why }) => words.pair(checkName(name, view.lang), checkWords(name, why, view.lang)));
  const shown = fits(text, MAX.draft)
    ? literally(text, MAX.draft)
    : `${words.tooLong}\n\n${literally(text, MAX.draft - 200)}`;
  return [
    {
      title: cut(`${words.draft(lang, revision)} · ${length.used}/${length.max}`, 80),
      description: shown.trim() || '…',
      fields: [
        ...field(words.twin, twin ?? '', MAX.twin),
        ...field(`⚠️ ${words.failedChecks}`, failed.join('\n'), MAX.checks),
      ],
      footer: {
        text: plain([by === 'earshot' ? '' : by, targetOf(seen, view, words)].filter(Boolean).join(' · '), MAX.target),
      },
    },
  ];
}

/** "Say what will happen": as whom, where and how. */
function targetOf({ mention }: Case, view: CardView, words: CardWords): string {
  const { permission, platform, place } = mention;
  if (permission.how === 'api') return words.asWhom(view.accountOf(mention), place ?? platform);
  const why = saidOf(mention, permission.why, view);
  return permission.how === 'by-hand' ? words.byHand(why) : words.never(why);
}

/** What the connector of a mention said, in the reader's language where somebody wrote it in that. */
function saidOf({ connector }: Mention, said: string, { lang, otherWords }: Reader): string {
  return lang === 'en' ? said : (otherWords(said, connector)[lang] ?? said);
}

/** Who decided what, once somebody did. Undefined while it waits for the first decision. */
export function outcomeOf(seen: Case, reader: Reader): string | undefined {
  const words = CARD_WORDS[reader.lang];
  const { mention, approval, receipt, history } = seen;
  const { state } = mention;
  const back = reopenedAt(seen);
  if (back !== undefined) return words.reopened(relative(back));
  if (state === 'drafted' || (state === 'assessed' && mention.trouble)) return undefined;
  const event = history.findLast(({ action }) => DECISIONS.includes(action));
  const who = literally(event?.actor ?? approval?.reply.approver ?? '?', 120);
  const when = event ? relative(event.at) : '';
  const sentences = [words.states[state]?.(who, when)];
  if (state === 'dismissed' && event) sentences.push(`(${literally(reasonOf(event, reader.lang), 100)})`);
  if (state === 'failed' && approval?.reason) sentences.push(literally(saidOf(mention, approval.reason, reader), 200));
  if (state === 'unsure') sentences.push(words.settle);
  if (state === 'posted' && feedbackIn(seen)?.action === 'solved') sentences.push(words.solved);
  if (state === 'posted' && receipt?.url && /^https?:\/\/[^\s<>()]+$/.test(receipt.url))
    sentences.push(`<${receipt.url}>`);
  return sentences.filter(Boolean).join(' ');
}

/** When the author said that our answer did not help, while nobody has done anything about it. */
export function reopenedAt(seen: Case): Instant | undefined {
  const { state, trouble } = seen.mention;
  const said = feedbackIn(seen);
  return state === 'assessed' && trouble && said?.action === 'not-solved' ? said.at : undefined;
}

function feedbackIn({ history }: Case): AuditEvent | undefined {
  return history.findLast(({ action }) => action === 'solved' || action === 'not-solved');
}

const relative = (at: Instant) => `<t:${Math.floor(at / 1000)}:R>`;

function reasonOf({ detail }: AuditEvent, lang: Lang): string {
  const reason = String(detail.reason ?? '');
  return isDismissReason(reason) ? DISMISS_TITLES[reason][lang] : reason;
}

/** States in which a person can decide from a card. */
export function mayDecide(state: State): boolean {
  return state === 'drafted' || state === 'assessed' || state === 'failed' || state === 'escalated';
}

/** Whether the card shows every word of the draft. Nothing else can be signed from it. */
export function isShownWhole({ drafts }: Case): boolean {
  const draft = drafts.at(-1);
  return draft !== undefined && fits(draft.text, MAX.draft);
}

function mayApprove(seen: Case): boolean {
  const { checks = [], revision = 0 } = seen.drafts.at(-1) ?? {};
  return (
    isShownWhole(seen) &&
    !isPosted(seen, revision) &&
    checks.every(({ ok }) => ok) &&
    seen.mention.permission.how !== 'never'
  );
}

function buttonsOf(seen: Case, { accountOf }: CardView, words: CardWords) {
  const { state } = seen.mention;
  const presses = pressesOf(seen, accountOf(seen.mention));
  const { buttons: says } = words;
  const button = (action: Action, label: string, style: number) => ({
    type: ComponentType.Button as const,
    custom_id: customIdOf({ ...presses, action }),
    label,
    style,
  });
  const buttons = mayDecide(state)
    ? [
        ...(mayApprove(seen)
          ? [button('approve', state === 'failed' ? says.tryAgain : says.approve, ButtonStyle.Success)]
          : []),
        button('edit', says.edit, ButtonStyle.Primary),
        button('dismiss', says.dismiss, ButtonStyle.Secondary),
        ...(state === 'escalated' ? [] : [button('escalate', says.escalate, ButtonStyle.Danger)]),
      ]
    : [];
  if (mayUndo(seen)) buttons.push(button('undo', says.undo, ButtonStyle.Secondary));
  return buttons.length > 0 ? [{ type: ComponentType.ActionRow as const, components: buttons }] : [];
}

/** None where nothing would be seen: Discord refuses an empty field. */
function field(name: string, text: string, max: number) {
  const value = literally(text, max).trim();
  return value ? [{ name, value }] : [];
}

/** Where Discord knows no formatting: names, footers. */
function plain(text: string, max: number): string {
  return (
    cut(
      literally(text, max * 2)
        .replace(/\\(.)/g, '$1')
        .replaceAll('\n', ' '),
      max,
    ) || '?'
  );
}
