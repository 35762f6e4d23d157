import { LineCounter, parseDocument } from 'yaml';

/** A template or article that cannot be used. The message names file and line. */
export class TemplateError extends Error {
  constructor(file: string, line: number, problem: string) {
    super(`${file}:${line}: ${problem}`);
    this.name = 'TemplateError';
  }
}

/** The entries that a head may have: texts and lists of texts. */
export interface HeadEntries {
  lines: readonly string[];
  lists: readonly string[];
}

/**
 * The head of a Markdown file, with what reads its entries. `fail` makes the error for an entry, at its line.
 *
 * @throws TemplateError for a head that is no YAML or holds an unknown entry; `line` and `list` for a missing one
 */
export function readHead(file: string, yaml: string, known: HeadEntries) {
  const counter = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: counter });
  // The head begins on the file's second line.
  const [problem] = document.errors;
  if (problem)
    throw new TemplateError(file, (problem.linePos?.[0].line ?? 1) + 1, `The head is no YAML: ${problem.message}`);
  const values: unknown = document.toJS();
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    throw new TemplateError(file, 2, 'The head must be a list of "name: value" lines.');
  }
  const entries = new Map(Object.entries(values));
  const lineOf = (key: string) => {
    const at = yaml.split('\n').findIndex((line) => line.startsWith(`${key}:`));
    return at < 0 ? 2 : at + 2;
  };
  const fail = (key: string, what: string) => new TemplateError(file, lineOf(key), `"${key}" ${what}.`);

  const all = [...known.lines, ...known.lists];
  for (const key of entries.keys()) {
    if (!all.includes(key)) {
      throw fail(key, `is unknown here. Known are ${all.join(', ')}`);
    }
  }
  const line = (key: string) => {
    const value = entries.get(key);
    // A version of digits alone reaches us as a number unless it is quoted.
    if (typeof value !== 'string' || value.trim() === '') throw fail(key, 'is missing or not a text; put it in quotes');
    return value;
  };
  const list = (key: string): string[] => {
    const value = entries.get(key);
    if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) {
      throw fail(key, 'is missing or not a list, such as [one, two] or []');
    }
    return value;
  };
  const demand = (key: string, holds: (values: string[]) => boolean, what: string) => {
    if (!holds(list(key))) throw fail(key, what);
  };
  return { line, list, demand, fail };
}
