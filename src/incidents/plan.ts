import type { Incident, IncidentWithMembers, MasterReply, ReplyKind } from '../core/incidents.ts';
import type { Check, Draft, Mention, MentionId, ReplyLanguage, State } from '../core/nouns.ts';
import type { Case, Source, Store, TemplateBook } from '../core/ports.ts';
import { turnOf, variations, type Wording } from './wordings.ts';

/** What one mention of an incident would get, before anybody approves it. */
export interface PlanRow {
  mentionId: MentionId;
  /** Of the mention, as it was looked at. */
  version: number;
  state: State;
  /** Whose words `why` is in, where it is a rule of the platform. */
  connector: string;
  platform: string;
  place?: string;
  author: string;
  /** `api`: Earshot posts it. `by-hand`: a person does. `cannot`: it gets nothing, and `why` says so. `done`: it has it. */
  how: 'api' | 'by-hand' | 'cannot' | 'done';
  why?: string;
  /** The account we post as. */
  as?: string;
  lang?: ReplyLanguage;
  text?: string;
  twin?: string;
  checks: Check[];
  length?: { used: number; max: number };
  /** A person wrote this text for this mention: it is kept. */
  own?: boolean;
  /** The draft to be saved before it is approved; left out where the newest draft is it already. */
  draft?: Draft;
}

export interface Planning {
  store: Pick<Store, 'find'>;
  templates: Pick<TemplateBook, 'check'>;
  toTraditional(text: string): string;
  accountOf(mention: Mention): string;
  /** The source that answers a mention. */
  sourceOf(mention: Mention): Source | undefined;
  clock: { now(): number };
}

/** States from which an answer may go out. */
const ANSWERABLE: readonly State[] = ['assessed', 'drafted'];
const DONE: readonly State[] = ['approved', 'by-hand', 'sending', 'posted', 'unsure'];

/**
 * Who gets what text where and how: one row for each mention of the incident, in the order in which they were said. No room
 * gets the same text twice, and no thread two that read alike.
 */
export async function planReplies(parts: Planning, { incident, members }: IncidentWithMembers, kind: ReplyKind) {
  const used = new Used();
  const cases: Case[] = [];
  for (const { mentionId } of members) {
    const found = await parts.store.find(mentionId);
    if (!found || found.mention.state === 'erased') continue;
    cases.push(found);
    const out =
      found.approval?.reply.text ?? (DONE.includes(found.mention.state) ? found.drafts.at(-1)?.text : undefined);
    if (out) used.add(found.mention, out);
  }
  const answered = new Set(
    members.filter(({ replies }) => replies.some((reply) => reply.kind === kind)).map(({ mentionId }) => mentionId),
  );
  return cases.map((found) => planOne(parts, incident, kind, found, answered.has(found.mention.id), used));
}

function planOne(
  parts: Planning,
  incident: Incident,
  kind: ReplyKind,
  found: Case,
  replied: boolean,
  used: Used,
): PlanRow {
  const { mention } = found;
  const { place, author } = mention;
  const row: PlanRow = {
    mentionId: mention.id,
    version: mention.version,
    state: mention.state,
    connector: mention.connector,
    platform: mention.platform,
    ...(place && { place }),
    author: author.handle ?? author.name ?? author.id,
    how: 'cannot',
    checks: [],
  };
  const no = whyNot(parts, kind, found, replied);
  if (no) return { ...row, ...no };
  const lang = languageOf(found);
  if (!lang) return { ...row, why: 'other-language' };
  const how = mention.permission.how as 'api' | 'by-hand';
  const whyByHand = mention.permission.how === 'by-hand' ? { why: mention.permission.why } : {};
  const sent = { how, ...whyByHand, lang, as: parts.accountOf(mention) };
  const own = ownDraft(found, kind);
  if (own) {
    const checked = parts.templates.check(mention, found.assessment, own.text, own.lang, [
      ...found.said,
      ...used.inThread(mention),
    ]);
    return finish(
      { ...row, ...sent, ...checked, text: own.text, own: true, ...(own.twin && { twin: own.twin }) },
      mention,
      used,
    );
  }
  const picked = pick(parts, incident[kind], found, lang, used);
  if (!picked) return { ...row, why: 'no-wording' };
  const { wording, checked } = picked;
  const draft = draftOf(parts, found, lang, wording, checked);
  const latest = found.drafts.at(-1);
  const same = latest?.text === draft.text && latest.by === 'earshot' && mention.state !== 'posted';
  return finish(
    {
      ...row,
      ...sent,
      ...checked,
      text: wording.text,
      ...(wording.twin && { twin: wording.twin }),
      ...(!same && { draft }),
    },
    mention,
    used,
  );
}

/** A text with a failed check cannot go out, whoever approves it. */
function finish(row: PlanRow, mention: Mention, used: Used): PlanRow {
  const failed = row.checks.filter(({ ok }) => !ok);
  if (failed.length > 0) return { ...row, how: 'cannot', why: 'check-failed' };
  used.add(mention, row.text ?? '');
  return row;
}

/** Why this mention gets nothing, or nothing. Short words for what the screen translates, else the platform's own rule. */
function whyNot(
  parts: Planning,
  kind: ReplyKind,
  { mention, assessment }: Case,
  replied: boolean,
): Pick<PlanRow, 'how' | 'why'> | undefined {
  if (kind === 'solved') {
    if (mention.state !== 'posted')
      return { how: replied ? 'done' : 'cannot', why: replied ? mention.state : 'not-answered' };
    if (replied) return { how: 'done', why: mention.state };
    const rule = mention.permission.how === 'api' ? parts.sourceOf(mention)?.reply?.onlyOnce : undefined;
    if (rule) return { how: 'cannot', why: rule };
  } else {
    if (DONE.includes(mention.state)) return { how: 'done', why: mention.state };
    if (!ANSWERABLE.includes(mention.state)) return { how: 'cannot', why: mention.state };
  }
  if (mention.permission.how === 'never') return { how: 'cannot', why: mention.permission.why };
  if (!assessment) return { how: 'cannot', why: 'heard' };
  return undefined;
}

function languageOf({ mention, assessment }: Case): ReplyLanguage | undefined {
  const lang = assessment?.lang;
  if (lang === 'en' || lang === 'zh-Hans' || lang === 'zh-Hant') return lang;
  return lang === 'mixed' || /\p{Script=Han}/u.test(mention.text) ? 'zh-Hans' : undefined;
}

/** A colleague's own words for this mention stay, unless they are what went out already. */
function ownDraft({ drafts, mention }: Case, kind: ReplyKind): Draft | undefined {
  const latest = drafts.at(-1);
  return kind === 'answer' && latest && latest.by !== 'earshot' && mention.state === 'drafted' ? latest : undefined;
}

type Checked = Pick<Draft, 'checks' | 'length'>;

/** The first variation that is new in its room and passes every check; failing that the first that is new, with its faults. */
function pick(parts: Planning, reply: MasterReply, found: Case, lang: ReplyLanguage, used: Used) {
  const { mention, assessment } = found;
  let spare: { wording: Wording; checked: Checked } | undefined;
  for (const wording of variations(reply, lang, turnOf(mention.id), parts.toTraditional)) {
    if (used.inRoom(mention, wording.text)) continue;
    const said = [...found.said, ...used.inThread(mention)];
    const checked = parts.templates.check(mention, assessment, wording.text, lang, said);
    const made = { wording, checked };
    if (checked.checks.every(({ ok }) => ok)) return made;
    spare ??= made;
  }
  return spare;
}

function draftOf(
  { clock }: Planning,
  { mention, drafts }: Case,
  lang: ReplyLanguage,
  { text, twin }: Wording,
  checked: Checked,
): Draft {
  return {
    mentionId: mention.id,
    revision: (drafts.at(-1)?.revision ?? 0) + 1,
    text,
    lang,
    ...(twin && { twin }),
    ...checked,
    by: 'earshot',
    at: clock.now(),
  };
}

/** What was said, or is about to be, in each room and each thread. */
class Used {
  readonly #rooms = new Map<string, Set<string>>();
  readonly #threads = new Map<string, string[]>();

  add(mention: Mention, text: string): void {
    const room = this.#rooms.get(roomOf(mention)) ?? new Set();
    this.#rooms.set(roomOf(mention), room.add(text));
    const thread = threadOf(mention);
    if (thread) this.#threads.set(thread, [...(this.#threads.get(thread) ?? []), text]);
  }

  inRoom(mention: Mention, text: string): boolean {
    return this.#rooms.get(roomOf(mention))?.has(text) ?? false;
  }

  inThread(mention: Mention): readonly string[] {
    const thread = threadOf(mention);
    return (thread && this.#threads.get(thread)) || [];
  }
}

function roomOf({ connector, platform, place, source }: Mention): string {
  return `${connector}\0${platform}\0${place ?? source}`;
}

function threadOf({ connector, conversationId }: Mention): string | undefined {
  return conversationId && `${connector}\0${conversationId}`;
}
