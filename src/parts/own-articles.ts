import type { ReplyLanguage } from '../core/nouns.ts';
import type { Facts } from '../core/ports.ts';
import { type Article, checkReply, parseArticle, TemplateError } from '../stages/draft/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { saidHere } from './knowledge.ts';

/** An article in both languages that people write, as a form holds it. */
export interface Written {
  en: { title: string; text: string };
  'zh-Hans': { title: string; text: string };
}

/** Longer than anything that members read in one go. */
const LONGEST = 20_000;

/**
 * The articles that came along, with the team's own laid over them. One that cannot be used, since somebody wrote it into
 * the file by hand, is left out.
 */
export function articlesHere(came: readonly Article[], { articles }: Pick<Workspace, 'articles'>): Article[] {
  const own = articles.flatMap((entry) => {
    if (!entry.en || !entry['zh-Hans']) return [];
    try {
      return asArticles(came, entry.id, { en: entry.en, 'zh-Hans': entry['zh-Hans'] }, entry.at);
    } catch (thrown) {
      if (thrown instanceof TemplateError) return [];
      throw thrown;
    }
  });
  const replaced = new Set(own.map(({ id }) => id));
  return [...came.filter(({ id }) => !replaced.has(id)), ...own].sort((one, other) =>
    one.id < other.id ? -1 : one.id > other.id ? 1 : one.lang < other.lang ? -1 : 1,
  );
}

/** @throws TemplateError for markup or a {{name}} that an article may not hold */
export function asArticles(came: readonly Article[], id: string, written: Written, at: string): Article[] {
  const owner = came.find((one) => one.id === id)?.owner ?? 'team';
  return (['en', 'zh-Hans'] as const).map((lang) => {
    const { title, text } = written[lang];
    const head = { id, title, owner, checked: at.slice(0, 10) };
    const entries = Object.entries(head).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
    return parseArticle(
      `${id}/${lang}.md`,
      `---\n${entries.join('\n')}\n---\n${text.replaceAll('\r\n', '\n').trim()}\n`,
    );
  });
}

/** An article as it is written, names unfilled. */
export function writtenOf(articles: readonly Article[], id: string): Written | undefined {
  const of = (lang: Article['lang']) => articles.find((one) => one.id === id && one.lang === lang);
  const [en, zh] = [of('en'), of('zh-Hans')];
  return en && zh && { en: { title: en.title, text: en.text }, 'zh-Hans': { title: zh.title, text: zh.text } };
}

/** What the guard rails say of an article in each script: the same that every draft must pass. */
export function checkArticle(articles: readonly Article[], workspace: Workspace, facts: Facts) {
  const limit = { max: LONGEST, lengthOf: (text: string) => text.length };
  return saidHere(articles, workspace).map(({ lang, title, blocks }) => {
    const lines = blocks.flatMap((block) => ('text' in block ? [block.text] : block.items));
    const text = [title, ...lines].join('\n');
    const reply = { text, lang: lang as ReplyLanguage, facts, limit, recent: [], theirs: [], regulated: false };
    return { lang, checks: checkReply(reply).checks };
  });
}
