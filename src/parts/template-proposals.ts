import { createHash } from 'node:crypto';
import type { EditedReply, Facts } from '../core/ports.ts';
import type { Template } from '../stages/draft/index.ts';

/** So many people's replies must have got the same edit before it is proposed. */
const LEAST = 3;
/** And at least this share of the edits of that template. */
const LEAST_SHARE = 0.3;
const MOST_EXAMPLES = 3;

/** One change that people make to the drafts of a template again and again. */
export interface RepeatedEdit {
  gone: string;
  come: string;
  n: number;
  /** Some of the mentions in whose replies it was made. */
  mentions: string[];
}

/** A template as it would be, if what people do to its drafts by hand were done to it once. */
export interface TemplateProposal {
  id: string;
  version: string;
  /** The same for the same proposal: what somebody turned down stays away. */
  key: string;
  text: string;
  proposed: string;
  /** Replies of this version that somebody edited. */
  edited: number;
  changes: RepeatedEdit[];
}

/**
 * What repeated edits say about the templates as they are now. Edits are compared sentence by sentence, with the workspace's
 * facts and the author's greeting put back to their names, so that nothing about a single author can get in.
 */
export function proposeChanges(
  templates: readonly Template[],
  replies: readonly EditedReply[],
  facts: Facts,
): TemplateProposal[] {
  const byTemplate = Map.groupBy(replies, ({ template: { id, version } }) => `${id} ${version}`);
  return templates.flatMap((template) => {
    const edits = byTemplate
      .get(`${template.id} ${template.version}`)
      ?.filter(({ lang }) => lang === template.language);
    return edits ? (proposalFor(template, edits, facts) ?? []) : [];
  });
}

function proposalFor(template: Template, edits: readonly EditedReply[], facts: Facts): TemplateProposal | undefined {
  const found = new Map<string, RepeatedEdit>();
  for (const { before, after, mentionId } of edits) {
    const hunks = hunksBetween(named(before, facts), named(after, facts));
    // The same sentence twice in one reply is one edit.
    for (const [key, hunk] of new Map(hunks.map((one) => [`${folded(one.gone)} > ${folded(one.come)}`, one]))) {
      const known = found.get(key) ?? { ...hunk, n: 0, mentions: [] };
      const mentions = known.mentions.length < MOST_EXAMPLES ? [...known.mentions, mentionId] : known.mentions;
      found.set(key, { ...known, n: known.n + 1, mentions });
    }
  }
  const least = Math.max(LEAST, edits.length * LEAST_SHARE);
  const changes: RepeatedEdit[] = [];
  let proposed = template.text;
  for (const change of [...found.values()].filter(({ n }) => n >= least).sort((one, other) => other.n - one.n)) {
    const next = applied(proposed, change);
    if (next === undefined) continue;
    proposed = next;
    changes.push(change);
  }
  if (changes.length === 0 || proposed === template.text || proposed === '') return undefined;
  const { id, version, text } = template;
  const key = createHash('sha256').update(`${id} ${proposed}`).digest('hex').slice(0, 12);
  return { id, version, key, text, proposed, edited: edits.length, changes };
}

/** Nothing where the sentence does not stand in the template: it came from the greeting, a notice or a signature. */
function applied(text: string, { gone, come }: RepeatedEdit): string | undefined {
  if (gone === '' || !text.includes(gone)) return undefined;
  return text
    .replace(gone, () => come)
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

const GREETING = { en: /^(?:Hi|Hello)(?: [^\n,]{1,60})?,/, zh: /^[^\n，,。]{0,30}您好[，,]/u };

/** A reply with the names of facts where their values stand. */
function named(text: string, facts: Facts): string {
  const values = (['helpUrl', 'supportEmail', 'appFeedbackPath', 'signature', 'product'] as const).flatMap((name) => {
    const value = facts[name];
    return value ? [[name, value] as const] : [];
  });
  const greeted = text.replace(GREETING.en, '{{greeting}}').replace(GREETING.zh, '{{greeting}}');
  return values
    .toSorted(([, one], [, other]) => other.length - one.length)
    .reduce((sum, [name, value]) => sum.replaceAll(value, `{{${name}}}`), greeted);
}

/** A sentence with what ends it and the blanks behind it; line breaks stand alone. */
const SENTENCE = /[^.!?。！？\n]+(?:[.!?。！？]+(?=\s|$|[^\p{L}\p{N}])[”」』"']?|[.!?。！？]+)*[^\S\n]*|\n+/gu;

/** What went and what came, sentence by sentence. Something added carries the sentence before it, to know where. */
function hunksBetween(before: string, after: string): { gone: string; come: string }[] {
  const [old, now] = [before.match(SENTENCE) ?? [], after.match(SENTENCE) ?? []];
  const longest = lengths(old, now);
  const hunks: { gone: string; come: string }[] = [];
  let [i, j] = [0, 0];
  let anchor = '';
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      if (old[i]?.trim()) anchor = old[i] as string;
      i++;
      j++;
      continue;
    }
    let [gone, come] = ['', ''];
    while ((i < old.length || j < now.length) && !(i < old.length && j < now.length && old[i] === now[j])) {
      const down = longest[i + 1]?.[j] ?? -1;
      const right = longest[i]?.[j + 1] ?? -1;
      if (j === now.length || (i < old.length && down >= right)) gone += old[i++];
      else come += now[j++];
    }
    if (gone.trim() === '' && come.trim() === '') continue;
    hunks.push(gone.trim() === '' ? { gone: anchor, come: anchor + gone + come } : { gone, come });
  }
  return hunks.filter(({ gone }) => gone.trim() !== '').map(trimmed);
}

/** Without the blanks that both end in. */
function trimmed({ gone, come }: { gone: string; come: string }) {
  return come.trim() === '' ? { gone, come: '' } : { gone: gone.trimEnd(), come: come.trimEnd() };
}

function lengths(old: readonly string[], now: readonly string[]): number[][] {
  const table = Array.from({ length: old.length + 1 }, () => new Array<number>(now.length + 1).fill(0));
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = now.length - 1; j >= 0; j--) {
      const row = table[i] as number[];
      row[j] = old[i] === now[j] ? (table[i + 1]?.[j + 1] ?? 0) + 1 : Math.max(table[i + 1]?.[j] ?? 0, row[j + 1] ?? 0);
    }
  return table;
}

/** Case, blanks and signs make no other edit. */
const folded = (text: string) =>
  text
    .toLowerCase()
    .replace(/[\s\p{P}]+/gu, ' ')
    .trim();
