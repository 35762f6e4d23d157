import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import * as z from 'zod';
import type { SenseTable } from './senses.ts';

const Words = z.array(z.string().trim().min(1));
const SensesFile = z.record(z.string().min(1), z.strictObject({ en: Words, zh: Words }));

/**
 * Reads `senses.yml`: what is said, and the words that say it in each language.
 * @throws Error that names the file, the sense and what is wrong: a word that two senses have, too.
 */
export async function readSenses(file: string): Promise<SenseTable> {
  const result = SensesFile.safeParse(parse(await readFile(file, 'utf8')));
  if (!result.success) throw new Error(`${file} cannot be used. ${z.prettifyError(result.error)}`);
  const table = Object.entries(result.data).map(([name, { en, zh }]) => [name, [...en, ...zh]] as const);
  const senseOf = new Map<string, string>();
  for (const [name, words] of table)
    for (const word of words) {
      const before = senseOf.get(word);
      if (before !== undefined)
        throw new Error(`${file} has "${word}" under both ${before} and ${name}. Keep it under one.`);
      senseOf.set(word, name);
    }
  return Object.fromEntries(table);
}
