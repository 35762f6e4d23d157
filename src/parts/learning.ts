import { Refused } from '../core/failures.ts';
import type { NewAuditEvent } from '../core/ports.ts';
import {
  type Comparison,
  holdOut,
  imprintOf,
  judgePromotion,
  type LabelContrast,
  LEAST_TO_JUDGE,
  loadModel,
  train,
  trainingFor,
} from '../stages/classify/index.ts';
import { compareWithInUse, type LearningParts, type Measured } from './learning-compare.ts';
import { baseExamples, lessons } from './learning-examples.ts';
import type { Parts } from './parts.ts';
import { SHIPPED } from './taxonomy.ts';

export interface TrainAsked {
  /** Files of examples; without, what came along. */
  files?: readonly string[] | undefined;
  /** Learn what people corrected and dismissed, too. */
  fromCorrections: boolean;
  by: string;
  onProgress?: (done: number) => void;
}

/** A challenger was made. */
export interface Trained {
  version: string;
  labels: number;
  examples: number;
  lessons: number;
  /** Texts that were kept out of it, to measure on. */
  heldOut: number;
}

/**
 * Makes a challenger: a model that waits beside the one in use until it is compared and promoted.
 * @throws Refused `nothing-to-learn` when nobody corrected anything yet, or what `baseExamples` throws.
 */
export async function trainChallenger(parts: LearningParts, asked: TrainAsked): Promise<Trained> {
  const { models, clock, workspace, store } = parts;
  const taught = asked.fromCorrections ? await lessons(parts) : [];
  if (asked.fromCorrections && taught.length === 0) {
    throw new Refused(
      'nothing-to-learn',
      'Nobody has corrected a problem type yet. Correct some in the inbox, or label them: earshot label.',
    );
  }
  const base = await baseExamples(parts, asked.files);
  const { training, ...heldOut } = holdOut(base.own, taught, base.shipped);
  const { brand, lexicon } = workspace.current();
  const options = await trainingFor(SHIPPED, training, brand.names, lexicon);
  const model = train(training, { ...options, ...(asked.onProgress && { onProgress: asked.onProgress }) });
  const at = clock.now();
  const fromPeople = training.filter(({ author }) => author?.startsWith('mention:')).length;
  const measuredOn = [...heldOut.base, ...base.heldOut];
  const seen = [...new Set(training.map(({ text }) => imprintOf(text)))].sort();
  await models.saveChallenger(
    model,
    { by: asked.by, at, examples: training.length - fromPeople, lessons: fromPeople, seen },
    measuredOn,
  );
  const result = {
    version: model.head.version,
    labels: model.head.labels.length,
    examples: training.length - fromPeople,
    lessons: fromPeople,
    heldOut: measuredOn.length + heldOut.lessons.length,
  };
  await store.appendAudit(event(at, asked.by, 'model-trained', { ...result }));
  return result;
}

/** The outcome of a promotion. */
export interface Promoted {
  version: string;
  /** What was in use before: a version, or `shipped`. */
  before: string;
  measured: Measured;
}

/**
 * Puts the challenger in use, unless a protected problem type gets worse by it. A server that runs takes it up by itself.
 * @throws Refused `no-challenger`, `gets-worse`, `not-proven`.
 */
export async function promote(parts: LearningParts, by: string): Promise<Promoted> {
  const { models, clock, store, taxonomy } = parts;
  const measured = await compareWithInUse(parts);
  const { version } = (await loadModel(models.challengerDir)).head;
  const before = (await models.inUse()).promotion?.model ?? 'shipped';
  const refused = measured.first ? undefined : refusalOf(measured.comparison, protectedTypes(taxonomy));
  const at = clock.now();
  if (refused) {
    await store.appendAudit(event(at, by, 'promotion-refused', { model: version, code: refused.code }));
    throw refused;
  }
  const { macroF1, n } = measured.comparison;
  await models.promote(version, by, at);
  const numbers = { n, champion: macroF1.champion, challenger: macroF1.challenger };
  await store.appendAudit(event(at, by, 'model-promoted', { model: version, before, ...numbers }));
  return { version, before, measured };
}

/**
 * Puts the model before the present one in use again.
 * @throws Refused `nothing-to-roll-back` while the shipped model is in use.
 */
export async function rollBack(
  { models, clock, store }: Pick<LearningParts, 'models' | 'clock' | 'store'>,
  by: string,
) {
  const gone = await models.rollBack();
  if (!gone) throw new Refused('nothing-to-roll-back', 'The shipped model is in use: there is none before it.');
  const now = (await models.inUse()).promotion?.model ?? 'shipped';
  await store.appendAudit(event(clock.now(), by, 'model-rolled-back', { model: gone.model, to: now }));
  return { gone: gone.model, now };
}

export function protectedTypes({ types }: Parts['taxonomy']): string[] {
  return types.filter((type) => type.protected).map(({ id }) => id);
}

/** Why a challenger may not go live, in words; nothing where it may. */
export function refusalOf(comparison: Comparison, types: readonly string[]): Refused | undefined {
  const { worse, unproven } = judgePromotion(comparison, types);
  if (worse.length > 0) {
    return new Refused(
      'gets-worse',
      `Not promoted, the model in use stays. ${worse.map(loss).join(' ')} Correct or label more mentions of ` +
        `${worse.map(({ label }) => label).join(' and ')}, then train again.`,
    );
  }
  if (unproven.length === 0) return undefined;
  const few = unproven.map(({ label, n }) => `${label} (${n})`).join(', ');
  return new Refused(
    'not-proven',
    `Not promoted, the model in use stays. A protected type needs ${LEAST_TO_JUDGE} held-out texts to see whether it gets ` +
      `worse, and these have fewer: ${few}. Add examples or label more mentions of them, then train again.`,
  );
}

function loss({ label, n, champion, challenger, low, high }: LabelContrast): string {
  const two = (value: number) => value.toFixed(2);
  return `${label} would get worse: F1 ${two(champion)} → ${two(challenger)} on ${n} held-out texts (95 % of samples: ${two(low)} to ${two(high)}).`;
}

function event(at: number, actor: string, action: string, detail: Record<string, unknown>): NewAuditEvent {
  return { at, actor, action, subject: 'model', detail };
}
