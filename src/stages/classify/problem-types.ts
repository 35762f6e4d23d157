import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { PRIORITIES } from '../../core/nouns.ts';

/** Which way a mention goes through review: `security` and `legal` need a second approver, in `quiet` nobody waits. */
export const LANES = ['general', 'security', 'legal', 'quiet'] as const;

const Title = z.strictObject({ en: z.string().min(1), 'zh-Hans': z.string().min(1), 'zh-Hant': z.string().min(1) });

const ProblemType = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/, 'Use small letters, digits and hyphens'),
  title: Title,
  meaning: z.string().min(1),
  examples: z.array(z.string().min(1)).min(1),
  nearMisses: z.array(z.strictObject({ text: z.string().min(1), as: z.string() })).default([]),
  priority: z.enum(PRIORITIES),
  lane: z.enum(LANES),
  protected: z.boolean(),
});

const File = z.strictObject({ types: z.array(ProblemType).min(1) }).superRefine(({ types }, context) => {
  const ids = new Set<string>();
  for (const { id } of types) {
    if (ids.has(id)) context.addIssue({ code: 'custom', message: `Problem type "${id}" is there twice` });
    ids.add(id);
  }
  for (const { id, nearMisses } of types)
    for (const { as } of nearMisses)
      if (!ids.has(as))
        context.addIssue({ code: 'custom', message: `A near miss of "${id}" belongs to "${as}", which is no type` });
});

export type Lane = (typeof LANES)[number];
/** One problem type as `data/problem-types.yml` describes it. */
export type ProblemType = z.output<typeof ProblemType>;

/**
 * Reads the problem types from the text of a `problem-types.yml`.
 * @throws Error that names the field and what is wrong with it.
 */
export function parseProblemTypes(yaml: string, file = 'problem-types.yml'): ProblemType[] {
  const result = File.safeParse(parse(yaml));
  if (!result.success) throw new Error(`${file} cannot be used. ${z.prettifyError(result.error)}`);
  return result.data.types;
}

/** Reads `problem-types.yml` in the data folder. Throws what `parseProblemTypes` throws, or that the file is missing. */
export async function loadProblemTypes(dataDir: string): Promise<ProblemType[]> {
  const file = join(dataDir, 'problem-types.yml');
  return parseProblemTypes(await readFile(file, 'utf8'), file);
}
