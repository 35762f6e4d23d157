import { readFileSync } from 'node:fs';
import type { Example } from '../stages/classify/index.ts';

/**
 * Reads labelled examples from JSON lines files. Who wrote a text and where is kept with it: it decides what
 * may be held out together.
 * @throws Error that names file and line: training on half a file would be worse than stopping.
 */
export function readExamples(files: readonly string[]): Example[] {
  return files.flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .map((line, at) => ({ line: line.trim(), where: `${file}, line ${at + 1}` }))
      .filter(({ line }) => line !== '')
      .map(({ line, where }) => readExample(line, where)),
  );
}

function readExample(line: string, where: string): Example {
  let record: unknown;
  try {
    record = JSON.parse(line);
  } catch (thrown) {
    throw new Error(`${where} is not JSON: ${(thrown as Error).message}`);
  }
  const { text, label, ...more } = (record ?? {}) as Record<string, unknown>;
  if (typeof text !== 'string' || typeof label !== 'string' || label === '') {
    throw new Error(`${where} needs "text" and "label", both strings.`);
  }
  const known = (['lang', 'author', 'register', 'priority'] as const).flatMap((field) => {
    const value = more[field];
    return typeof value === 'string' ? [[field, value]] : [];
  });
  return { text, label, ...Object.fromEntries(known), ...weightOf(more.weight, where) };
}

function weightOf(weight: unknown, where: string): Pick<Example, 'weight'> {
  if (weight === undefined) return {};
  if (typeof weight === 'number' && weight > 0) return { weight };
  throw new Error(`${where} has a "weight" that is no number above 0: 1 is what an example counts, 0.5 half of that.`);
}
