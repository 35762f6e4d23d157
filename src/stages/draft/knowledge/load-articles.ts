import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { TemplateError } from '../head.ts';
import type { Template } from '../template.ts';
import { type Article, parseArticle } from './article.ts';

/**
 * Reads and checks all articles below a folder, sorted by id, English first.
 *
 * @throws TemplateError for the first file that cannot be used or has no twin in the other language.
 */
export async function loadArticles(dir: string): Promise<Article[]> {
  const files = (await readdir(dir, { recursive: true }))
    .map((file) => file.split(sep).join('/'))
    .filter((file) => file.endsWith('.md') && file !== 'README.md')
    .sort();
  const articles = await Promise.all(
    files.map(async (file) => parseArticle(file, await readFile(join(dir, file), 'utf8'))),
  );
  for (const { id, lang, owner } of articles) {
    const twin = articles.find((other) => other.id === id && other.lang !== lang);
    const [file, missing] = lang === 'en' ? [`${id}/en.md`, `${id}/zh-Hans.md`] : [`${id}/zh-Hans.md`, `${id}/en.md`];
    if (!twin)
      throw new TemplateError(file, 1, `Its twin ${missing} is missing. Every article is there in both languages.`);
    if (twin.owner !== owner) {
      throw new TemplateError(
        file,
        2,
        `"owner" is "${owner}" here and "${twin.owner}" in ${missing}. One team answers for both.`,
      );
    }
  }
  return articles;
}

/** @throws TemplateError for the first template that rests on an article that is not there */
export function checkCitations(templates: readonly Template[], articles: readonly Article[]): void {
  const ids = new Set(articles.map(({ id }) => id));
  for (const { id, knowledge } of templates) {
    const missing = knowledge.find((article) => !ids.has(article));
    if (missing) {
      throw new TemplateError(
        `${id}.md`,
        2,
        `"knowledge" holds "${missing}", and there is no such article in data/knowledge.`,
      );
    }
  }
}
