import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Refused } from '../core/failures.ts';
import { type Example, imprintOf, lessonsOf, TEACHING_REASONS } from '../stages/classify/index.ts';
import type { Parts } from './parts.ts';
import { readExamples } from './read-examples.ts';
import { SHIPPED } from './taxonomy.ts';

/** More dismissals than this teach nothing that the newest do not. */
const MOST_DISMISSALS = 5000;

/** What people taught: corrections, and dismissals that say what a mention is about. */
export async function lessons({ store, taxonomy }: Pick<Parts, 'store' | 'taxonomy'>): Promise<Example[]> {
  const [corrections, dismissals] = await Promise.all([
    store.corrections(),
    store.dismissals(TEACHING_REASONS, MOST_DISMISSALS),
  ]);
  return lessonsOf(corrections, dismissals, new Set(taxonomy.types.map(({ id }) => id)));
}

/** What a model starts from. */
export interface Base {
  /** Of this workspace: files that were named, or `examples/` of the data directory and the examples of its types. */
  own: Example[];
  /** What came along, learned whole. */
  shipped: Example[];
  /** What came along and no model ever learns, to measure on. */
  heldOut: Example[];
}

/**
 * What a model starts from: the files that were named; else `examples/` of the data directory, with the examples that
 * ship while most of the shipped problem types are in force, and those that an own `problem-types.yml` gives.
 *
 * @throws Refused `unknown-label` when an example of one's own has a label that is no problem type here.
 */
export async function baseExamples(
  parts: Pick<Parts, 'taxonomy' | 'settings'>,
  files?: readonly string[],
): Promise<Base> {
  const { taxonomy } = parts;
  const known = new Set(taxonomy.types.map(({ id }) => id));
  const own = await ownExamples(parts, files);
  const of = (examples: Example[]) => examples.filter(({ label }) => known.has(label));
  const along = !files && taxonomy.likeShipped;
  const [shipped, heldOut] = along ? await Promise.all([shippedExamples(), shippedHeldOut()]) : [[], []];
  const described = !files && taxonomy.own ? describedExamples(taxonomy) : [];
  const never = new Set((await shippedHeldOut()).map(({ text }) => imprintOf(text)));
  const learned = withoutRepeats([...own, ...described], never);
  const seen = new Set([...never, ...learned.map(({ text }) => imprintOf(text))]);
  return { own: learned, shipped: withoutRepeats(of(shipped), seen), heldOut: of(heldOut) };
}

/** @throws Refused `unknown-label` when one has a label that is no problem type here. */
export async function ownExamples(
  { taxonomy, settings }: Pick<Parts, 'taxonomy' | 'settings'>,
  files?: readonly string[],
): Promise<Example[]> {
  const known = new Set(taxonomy.types.map(({ id }) => id));
  const own = readExamples(files ?? (await jsonLinesIn(join(settings.dataDir, 'examples'))));
  const unknown = [...new Set(own.map(({ label }) => label))].filter((label) => !known.has(label));
  if (unknown.length === 0) return own;
  throw new Refused(
    'unknown-label',
    `No problem type here is called ${unknown.slice(0, 5).join(', ')}${unknown.length > 5 ? ' …' : ''}. ` +
      `Describe your own in ${join(settings.dataDir, 'problem-types.yml')}, or train into a folder: --out DIR.`,
  );
}

export async function shippedExamples(): Promise<Example[]> {
  return readExamples(await jsonLinesIn(join(SHIPPED, 'examples')));
}

/** The examples that came along and no model ever learns: whatever is measured on them, it is measured fairly. */
export async function shippedHeldOut(): Promise<Example[]> {
  return readExamples(await jsonLinesIn(join(SHIPPED, 'held-out')));
}

/** The invented posts and near misses by which a `problem-types.yml` explains its types. */
function describedExamples({ types }: Parts['taxonomy']): Example[] {
  return types.flatMap(({ id, examples, nearMisses }) => [
    ...examples.map((text) => ({ text, label: id, register: 'described' })),
    ...nearMisses.map(({ text, as }) => ({ text, label: as, register: 'described' })),
  ]);
}

/** The first of each text that is not `known`: one that stands there twice would count twice, or contradict itself. */
function withoutRepeats(examples: readonly Example[], known: ReadonlySet<string>): Example[] {
  const seen = new Set(known);
  return examples.filter(({ text }) => {
    const imprint = imprintOf(text);
    return !seen.has(imprint) && seen.add(imprint);
  });
}

async function jsonLinesIn(dir: string): Promise<string[]> {
  const names = await readdir(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .map((name) => join(dir, name));
}
