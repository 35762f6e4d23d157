import { setImmediate as breathe } from 'node:timers/promises';
import { Refused } from '../core/failures.ts';
import type { Mention } from '../core/nouns.ts';
import type { Classifier, TemplateBook } from '../core/ports.ts';
import { type Comparison, compare, imprintOf, lexiconWith, readLexicon } from '../stages/classify/index.ts';
import { loadTemplates } from '../stages/draft/index.ts';
import { BrokenWorkspace, checkWorkspace, type Workspace } from '../workspace/index.ts';
import { lessons } from './learning-examples.ts';
import { classifierWith } from './model-in-use.ts';
import type { Parts } from './parts.ts';
import { type Difference, differenceOf, type Outcome, type Replayed } from './replay-difference.ts';
import { templatesWith } from './team-templates.ts';

/** What would be different. What is not named stays as it is; with nothing named, the challenger is tried. */
export interface Change {
  /** A folder with a model, instead of the one in use. */
  model?: string | undefined;
  /** A folder with lexicon files, instead of the shipped ones. */
  lexicon?: string | undefined;
  /** A folder with templates, instead of those in use. */
  templates?: string | undefined;
  /** All settings as they would be. */
  settings?: Workspace | undefined;
  /** A section of the settings as it would be. */
  setting?: { section: string; value?: unknown } | undefined;
}

export interface ReplayAsked {
  change: Change;
  days: number;
  /** At most so many mentions, the last heard. */
  limit: number;
  onProgress?: (done: number, total: number) => void;
}

export interface Replay {
  difference: Difference;
  /** Both on what people corrected and labelled, without what either has learned. */
  corrections: Comparison;
}

const DAY_MS = 86_400_000;
const PAGE = 200;

/**
 * Runs a change over the mentions of the last days and tells what it would have done, before anybody turns it on. Nothing
 * is stored, and nobody's draft changes.
 * @throws Refused `nothing-changed` when nothing is named and there is no challenger.
 */
export async function replay(parts: Parts, { change, days, limit, onProgress }: ReplayAsked): Promise<Replay> {
  const before = { classifier: await parts.classifier(), templates: parts.templates };
  const { trained, ...after } = await changed(parts, change);
  const mentions = await heardSince(parts, parts.clock.now() - days * DAY_MS, limit);
  const replayed: Replayed[] = [];
  for (const mention of mentions) {
    replayed.push({ id: mention.id, before: outcomeOf(before, mention), after: outcomeOf(after, mention) });
    if (replayed.length % 50 === 0) await breathe();
    onProgress?.(replayed.length, mentions.length);
  }
  const learned = new Set(trained);
  const taught = (await lessons(parts)).filter(({ text }) => !learned.has(imprintOf(text)));
  return {
    difference: differenceOf(replayed),
    corrections: compare(taught, judgeOf(before.classifier), judgeOf(after.classifier)),
  };
}

interface Rules {
  classifier: Classifier;
  templates: Pick<TemplateBook, 'draft'>;
}

/** The rules with the change, and marks of the texts that either model has learned. */
async function changed(parts: Parts, change: Change): Promise<Rules & { trained: string[] }> {
  const { models, taxonomy } = parts;
  const inUse = (await models.inUse()).dir;
  const named = Object.values(change).some((value) => value !== undefined);
  if (!named && !(await models.hasChallenger())) {
    throw new Refused(
      'nothing-changed',
      'There is no challenger to try. Make one (earshot train --from-corrections), or name what changes: --model, --lexicon, --templates or --settings.',
    );
  }
  const workspace = change.setting ? proposed(parts, change.setting) : (change.settings ?? parts.workspace.current());
  const model = change.model ?? (named ? inUse : models.challengerDir);
  const files = change.lexicon === undefined ? undefined : await readLexicon(change.lexicon);
  const lexicon = files && lexiconWith(files, workspace.lexicon);
  const [old, young] = await Promise.all([models.trainingOf(inUse), models.trainingOf(model)]);
  return {
    classifier: await classifierWith(model, workspace, taxonomy, lexicon),
    templates: parts.bookOf(
      change.templates === undefined
        ? templatesWith(parts.shipped, workspace).all
        : await loadTemplates(change.templates),
      workspace,
    ),
    trained: [...(old?.seen ?? []), ...(young?.seen ?? [])],
  };
}

/** The settings with one section replaced. @throws Refused `invalid-settings` */
function proposed(
  { workspace }: Pick<Parts, 'workspace'>,
  { section, value }: NonNullable<Change['setting']>,
): Workspace {
  const { [section]: _, ...others } = workspace.current() as Record<string, unknown>;
  try {
    return checkWorkspace(value === undefined ? others : { ...others, [section]: value });
  } catch (thrown) {
    if (thrown instanceof BrokenWorkspace) throw new Refused('invalid-settings', thrown.message);
    throw thrown;
  }
}

async function heardSince({ store }: Pick<Parts, 'store'>, since: number, limit: number): Promise<Mention[]> {
  const mentions: Mention[] = [];
  let after: string | undefined;
  do {
    const page = await store.queue({ order: 'newest', limit: PAGE, ...(after !== undefined && { after }) });
    for (const { mention } of page.rows) if (mention.heardAt >= since) mentions.push(mention);
    const oldest = page.rows.at(-1);
    after = oldest && oldest.mention.heardAt >= since ? page.next : undefined;
  } while (after !== undefined && mentions.length < limit);
  return mentions.slice(0, limit);
}

function outcomeOf({ classifier, templates }: Rules, mention: Mention): Outcome {
  const { text, author, langHint, heardAt } = mention;
  const by = {
    ...(author.handle !== undefined && { handle: author.handle }),
    ...(author.name !== undefined && { name: author.name }),
  };
  const assessment = classifier.classify({ text, author: by, ...(langHint !== undefined && { langHint }) }, heardAt);
  const draft = templates.draft(mention, assessment, heardAt);
  return { assessment, draft: 'none' in draft ? undefined : draft };
}

const judgeOf = (classifier: Classifier) => (text: string) => ({
  label: classifier.classify({ text }, 0).problemType,
});
