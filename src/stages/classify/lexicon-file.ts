import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';

const Phrases = z.array(z.string().trim().min(1));

/** Signals of one kind with the sentence a reviewer reads. */
const Signal = z.strictObject({
  reason: z.string().min(1),
  weight: z.number().positive().default(1),
  phrases: Phrases,
});

/**
 * One file of `data/lexicon/`. A phrase is matched in folded text, at word edges where it begins or ends in Latin
 * letters. `refund*` also matches "refunded"; `sent .. not arrived` allows a few words between its parts.
 */
export const LexiconFile = z.strictObject({
  language: z.enum(['en', 'zh']),
  /** Problem type → weight → phrases. The weight is about the log-odds a phrase is worth. */
  types: z.record(z.string(), z.record(z.string().regex(/^\d+(\.\d+)?$/), Phrases)),
  /** What makes a mention urgent, and how it is told to a person. */
  urgent: z.record(z.string(), Signal),
  /** What raises a mention by one step. */
  pressing: z.record(z.string(), Signal),
  /** What a scam or a pretended support says. */
  scam: z.record(z.string(), Signal),
  /** Words that turn what stands beside them: none of them alone decides anything. */
  turns: z.strictObject({
    negation: Phrases,
    past: Phrases,
    resolved: Phrases,
    reported: Phrases,
    supposed: Phrases,
  }),
  sentiment: z.strictObject({ positive: Phrases, negative: Phrases }),
  /** Words that one region uses for what another calls differently, applied to Traditional Chinese: 储值 → 充值. */
  regional: z.record(z.string(), z.string()).default({}),
  /** Names of other products, hidden from the model so that it learns problems and not brands. */
  products: Phrases.default([]),
});
export type LexiconFile = z.output<typeof LexiconFile>;

/** @throws Error that names the file, the field and what is wrong. */
export function parseLexicon(yaml: string, file: string): LexiconFile {
  const result = LexiconFile.safeParse(parse(yaml));
  if (!result.success) throw new Error(`${file} cannot be used. ${z.prettifyError(result.error)}`);
  return result.data;
}

/** Reads every `*.yml` of a lexicon folder. */
export async function readLexicon(dir: string): Promise<LexiconFile[]> {
  const names = (await readdir(dir)).filter((name) => name.endsWith('.yml')).sort();
  return Promise.all(names.map(async (name) => parseLexicon(await readFile(join(dir, name), 'utf8'), join(dir, name))));
}
