import { readHead, TemplateError } from '../head.ts';
import { HEAD, type TemplateLanguage } from '../template.ts';

/** The names an article may hold in double braces: what the workspace says about the product. */
export const ARTICLE_NAMES = ['product', 'helpUrl', 'supportEmail', 'appFeedbackPath'] as const;
export type ArticleName = (typeof ARTICLE_NAMES)[number];

/** A piece of an article: a heading, a paragraph, or a list of steps in order or of points. */
export type Block = { kind: 'heading' | 'paragraph'; text: string } | { kind: 'steps' | 'points'; items: string[] };

/** A help article in one of the languages that people write. */
export interface Article {
  id: string;
  lang: TemplateLanguage;
  title: string;
  /** The team that answers for it. */
  owner: string;
  /** The day somebody last compared it with the product: "2026-11-23". */
  checked: string;
  blocks: Block[];
  /** The words as they are written, names unfilled. */
  text: string;
}

const FILE = /^(?<id>[a-z0-9][a-z0-9-]*)\/(?<lang>en|zh-Hans)\.md$/;
const ENTRIES = { lines: ['id', 'title', 'owner', 'checked'], lists: [] };

/**
 * Reads one article. `file` is its path under data/knowledge with forward slashes.
 *
 * @throws TemplateError naming file and line: a wrong name, a missing or unknown entry of the head, a day that is none, an
 *   unknown {{name}}, or markup other than `## ` headings, lists and paragraphs.
 */
export function parseArticle(file: string, content: string): Article {
  const { id, lang } = FILE.exec(file)?.groups ?? {};
  if (!id || !lang) {
    throw new TemplateError(file, 1, 'The name must read <id>/en.md or <id>/zh-Hans.md, such as fees/en.md.');
  }
  const source = content.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const parts = HEAD.exec(source)?.groups;
  if (!parts) throw new TemplateError(file, 1, 'It must start with a head between two lines of "---".');
  const head = readHead(file, parts.head as string, ENTRIES);
  if (head.line('id') !== id) throw head.fail('id', `must be "${id}", as the folder says`);
  const checked = head.line('checked');
  if (!isDay(checked)) throw head.fail('checked', 'must be the day of the last check, such as 2026-11-23');

  const text = parts.text as string;
  const firstLine = source.slice(0, source.length - text.length).split('\n').length;
  const blocks = blocksOf(file, text, firstLine);
  if (blocks.length === 0) throw new TemplateError(file, firstLine, 'There is no text below the head.');
  return {
    id,
    lang: lang as TemplateLanguage,
    title: plainLine(file, head.line('title'), 2),
    owner: head.line('owner'),
    checked,
    blocks,
    text: text.trim(),
  };
}

function isDay(written: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(written) ? Date.parse(`${written}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(written);
}

/** Each line is a paragraph, a heading, or an item that joins the list above it. */
function blocksOf(file: string, text: string, firstLine: number): Block[] {
  const blocks: Block[] = [];
  let open: Block | undefined;
  text.split('\n').forEach((row, index) => {
    const at = firstLine + index;
    const [, mark = '', rest = ''] = /^(## |- |\d+\. )?(.*)$/.exec(row.trimEnd()) ?? [];
    if (row.trim() === '') {
      open = undefined;
      return;
    }
    const said = plainLine(file, rest, at);
    const kind = mark === '## ' ? 'heading' : mark === '- ' ? 'points' : mark ? 'steps' : 'paragraph';
    if (kind === 'heading' || kind === 'paragraph') blocks.push({ kind, text: said });
    else if (open?.kind === kind) open.items.push(said);
    else blocks.push({ kind, items: [said] });
    open = blocks.at(-1);
  });
  return blocks;
}

const PLACE = /\{\{([^{}]*)\}\}/g;
/** What Markdown or a browser would take for more than words. */
const MARKUP = /^(?:#|>|\||```|\*\s|\s)|[<>`]|\*\*|__|\]\(|!\[/;

function plainLine(file: string, row: string, at: number): string {
  if (row.trim() === '') throw new TemplateError(file, at, 'There is nothing behind the mark.');
  if (MARKUP.test(row)) {
    throw new TemplateError(
      file,
      at,
      'An article holds "## " headings, "- " and "1. " lists and paragraphs of one line each; no other markup.',
    );
  }
  for (const [, name] of row.matchAll(PLACE)) {
    if (!ARTICLE_NAMES.includes(name as ArticleName)) {
      throw new TemplateError(file, at, `{{${name}}} is no known name. Known are ${ARTICLE_NAMES.join(', ')}.`);
    }
  }
  if (/[{}]/.test(row.replace(PLACE, ''))) {
    throw new TemplateError(file, at, 'Braces must be double and hold one name, as in {{product}}.');
  }
  return row;
}
