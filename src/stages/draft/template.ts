import { createHash } from 'node:crypto';
import { readHead, TemplateError } from './head.ts';

export { TemplateError };

/** The names a text may hold in double braces. `product` and `greeting` are always there, the others may be missing. */
export const NAMES = [
  'product',
  'greeting',
  'authorName',
  'helpUrl',
  'supportEmail',
  'appFeedbackPath',
  'signature',
  'articleUrl',
] as const;
export type Name = (typeof NAMES)[number];
export type FactName = Exclude<Name, 'articleUrl'>;

/** The languages that templates are written in. Traditional Chinese is converted from Simplified. */
export type TemplateLanguage = 'zh-Hans' | 'en';

/** Besides problem types, what a template can be excluded from: an unsure verdict, a likely scam, an urgent mention. */
export const CONDITIONS = ['unsure', 'scam', 'urgent'] as const;

/** One file of templates/: a head that says what it is for, and the words. */
export interface Template {
  /** Its path without the ending: "account-locked/en.2.twitter". */
  id: string;
  title: string;
  problemTypes: string[];
  language: TemplateLanguage;
  /** The reply languages it serves: a zh-Hans template serves Traditional writers too when it says so. */
  languages: string[];
  /** Platforms it was written for, or `any`. */
  platforms: string[];
  owner: string;
  /** Problem types and conditions for which it must never be chosen. */
  neverFor: string[];
  /** Articles of data/knowledge that it rests on. */
  knowledge: string[];
  text: string;
  /** Names its text cannot do without: all that it uses but `articleUrl`, whose line falls away. */
  needs: FactName[];
  /** Whether its text offers the article it rests on. */
  offersArticle: boolean;
  /** Hash of its text: 12 hex digits. */
  version: string;
  /** Id of the same words in the other language. */
  twin: string;
  /** Version of the twin that somebody last compared this text with. */
  twinVersion: string;
  /** Set when the twin has changed since: says what to do. A stale twin is not shown to a reviewer. */
  stale?: string;
}

/** Twelve hex digits of a text's SHA-256; line endings and outer white space do not count. */
export function versionOf(text: string): string {
  return createHash('sha256').update(text.replaceAll('\r\n', '\n').trim()).digest('hex').slice(0, 12);
}

const FILE =
  /^(?<type>[a-z0-9][a-z0-9-]*)\/(?<language>zh-Hans|en)(?:\.(?<variant>\d+))?(?:\.(?<platform>[a-z][a-z0-9-]*))?\.md$/;
const HEAD_ENTRIES = {
  lines: ['title', 'owner', 'twin'],
  lists: ['problem-types', 'languages', 'platforms', 'never-for', 'knowledge'],
};
export const HEAD = /^---\n(?<head>[\s\S]*?\n)---\n(?<text>[\s\S]*)$/;

/** What a file's path says. Throws a `TemplateError` for a name that does not follow the pattern. */
function readPath(file: string) {
  const parts = FILE.exec(file)?.groups;
  if (!parts) {
    throw new TemplateError(
      file,
      1,
      'The name must read <problem-type>/<language>[.<number>][.<platform>].md with zh-Hans or en, such as fees/en.2.twitter.md.',
    );
  }
  const language = parts.language as TemplateLanguage;
  const rest = file.slice(`${parts.type}/${language}`.length, -'.md'.length);
  const other = language === 'en' ? 'zh-Hans' : 'en';
  return { type: parts.type as string, language, platform: parts.platform, twin: `${parts.type}/${other}${rest}` };
}

/**
 * Reads one template. `file` is its path under templates/ with forward slashes.
 *
 * @throws TemplateError naming file and line, for a wrong name, a head that is no YAML, a missing or unknown entry, an
 *   unknown {{name}}, logic, or an empty text.
 */
export function parseTemplate(file: string, content: string): Template {
  const path = readPath(file);
  const source = content.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const parts = HEAD.exec(source)?.groups;
  if (!parts) throw new TemplateError(file, 1, 'It must start with a head between two lines of "---".');
  const head = readHead(file, parts.head as string, HEAD_ENTRIES);
  const text = (parts.text as string).trim();
  const textLine = source.slice(0, source.length - (parts.text as string).length).split('\n').length;
  if (text === '') throw new TemplateError(file, textLine, 'There is no text below the head.');

  head.demand('problem-types', (types) => types.includes(path.type), `must hold "${path.type}", as the folder says`);
  head.demand('languages', (langs) => langs.includes(path.language), `must hold "${path.language}", as the name says`);
  head.demand(
    'platforms',
    (platforms) => platforms.includes(path.platform ?? 'any'),
    `must hold "${path.platform ?? 'any'}", as the name says`,
  );
  const names = namesIn(file, text, textLine + leadingLines(parts.text as string));
  const offersArticle = names.includes('articleUrl');
  if (offersArticle && head.list('knowledge').length === 0) {
    throw head.fail('knowledge', 'must name the article that {{articleUrl}} leads to');
  }
  return {
    id: file.slice(0, -'.md'.length),
    title: head.line('title'),
    problemTypes: head.list('problem-types'),
    language: path.language,
    languages: head.list('languages'),
    platforms: head.list('platforms'),
    owner: head.line('owner'),
    neverFor: head.list('never-for'),
    knowledge: head.list('knowledge'),
    text,
    needs: names.filter((name) => name !== 'articleUrl'),
    offersArticle,
    version: versionOf(text),
    twin: path.twin,
    twinVersion: head.line('twin'),
  };
}

/** The same template with other words. @throws TemplateError for an unknown {{name}} or braces that are none */
export function reworded(template: Template, words: string): Template {
  const text = words.replaceAll('\r\n', '\n').trim();
  const names = namesIn(`${template.id}.md`, text, 1);
  return {
    ...template,
    text,
    version: versionOf(text),
    needs: names.filter((name) => name !== 'articleUrl'),
    offersArticle: names.includes('articleUrl') && template.knowledge.length > 0,
  };
}

/**
 * A template without words, for what its id says. It is kept from the same mentions as its neighbours, and rests on the
 * same articles. @throws TemplateError for an id that does not follow the pattern
 */
export function newTemplate(id: string, neighbours: readonly Template[]): Template {
  const { type, language, platform, twin } = readPath(`${id}.md`);
  const neighbour = neighbours.find((one) => one.language === language && one.problemTypes.includes(type));
  return {
    id,
    title: neighbour?.title ?? type,
    problemTypes: [type],
    language,
    languages: language === 'en' ? ['en'] : ['zh-Hans', 'zh-Hant'],
    platforms: [platform ?? 'any'],
    owner: neighbour?.owner ?? 'team',
    neverFor: neighbour?.neverFor ?? [],
    knowledge: neighbour?.knowledge ?? [],
    text: '',
    needs: [],
    offersArticle: false,
    version: versionOf(''),
    twin,
    twinVersion: '',
  };
}

const leadingLines = (text: string) => (/^\s*/.exec(text)?.[0].split('\n').length ?? 1) - 1;

const BRACES = /[{}]/;
/** A line with the article's address, and the empty ones above it. */
const ARTICLE_LINE = /(?:^|\n+)[^\n]*\{\{articleUrl\}\}[^\n]*/g;
const PLACE = /\{\{([^{}]*)\}\}/g;

/** The names in a text. Throws for an unknown one and for braces that are no name. */
function namesIn(file: string, text: string, firstLine: number): Name[] {
  const names = new Set<Name>();
  text.split('\n').forEach((row, index) => {
    for (const [, name] of row.matchAll(PLACE)) {
      if (!NAMES.includes(name as Name)) {
        throw new TemplateError(
          file,
          firstLine + index,
          `{{${name}}} is no known name. Known are ${NAMES.join(', ')}.`,
        );
      }
      names.add(name as Name);
    }
    if (BRACES.test(row.replace(PLACE, ''))) {
      throw new TemplateError(file, firstLine + index, 'Braces must be double and hold one name, as in {{product}}.');
    }
  });
  return [...names];
}

/**
 * Fills the names in. Whatever has no value must have been ruled out by `needs` before; only the line with `articleUrl` is
 * left out where there is no address.
 */
export function fill(text: string, values: Partial<Record<Name, string>>): string {
  const offered = values.articleUrl === undefined ? text.replace(ARTICLE_LINE, '').trim() : text;
  return offered.replace(PLACE, (_, name: Name) => values[name] ?? '');
}
