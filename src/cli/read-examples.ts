import { readFileSync } from 'node:fs';

/** A text with the label a person gave it. */
export interface LabelledText {
  text: string;
  label: string;
  lang?: string;
}

/**
 * Reads labelled examples from JSON lines files. Unknown fields are kept out.
 * @throws Error that names file and line: training on half a file would be worse than stopping.
 */
export function readExamples(files: readonly string[]): LabelledText[] {
  return files.flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .map((line, at) => ({ line: line.trim(), where: `${file}, line ${at + 1}` }))
      .filter(({ line }) => line !== '')
      .map(({ line, where }) => readExample(line, where)),
  );
}

function readExample(line: string, where: string): LabelledText {
  let record: unknown;
  try {
    record = JSON.parse(line);
  } catch (thrown) {
    throw new Error(`${where} is not JSON: ${(thrown as Error).message}`);
  }
  const { text, label, lang } = (record ?? {}) as Record<string, unknown>;
  if (typeof text !== 'string' || typeof label !== 'string' || label === '') {
    throw new Error(`${where} needs "text" and "label", both strings.`);
  }
  return { text, label, ...(typeof lang === 'string' && { lang }) };
}
