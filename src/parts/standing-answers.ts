import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROOT } from '../settings.ts';
import { toTraditional } from '../stages/draft/traditional.ts';
import type { Article } from '../surfaces/discord/index.ts';
import type { Workspace } from '../workspace/index.ts';

/** Where the articles are that standing answers are made of. */
export const KNOWLEDGE = join(ROOT, 'data/knowledge');

/** An article of the knowledge base with what people decided about it. */
export interface StandingAnswer {
  id: string;
  /** The same in each language it is written in. */
  articles: readonly Article[];
  /** Hash of all of them. */
  version: string;
  /** `changed`: it was approved, and written anew since. Only what is `approved` is given to members. */
  state: 'approved' | 'changed' | 'waiting';
  approval?: { by: string; at: string };
}

/** All there are, in the order of their ids. */
export async function standingAnswers(workspace: Workspace, folder = KNOWLEDGE): Promise<StandingAnswer[]> {
  const byId = Map.groupBy(await readArticles(folder), ({ id }) => id);
  return [...byId].map(([id, articles]) => {
    const version = versionOf(articles);
    const known = workspace.standingAnswers.find((one) => one.id === id);
    if (!known) return { id, articles, version, state: 'waiting' as const };
    const { by, at } = known;
    const state = known.version === version ? ('approved' as const) : ('changed' as const);
    return { id, articles, version, state, approval: { by, at } };
  });
}

export function approvedArticles(answers: readonly StandingAnswer[]): Article[] {
  return answers.filter(({ state }) => state === 'approved').flatMap(({ articles }) => articles);
}

function versionOf(articles: readonly Article[]): string {
  const texts = articles.map(({ lang, title, text }) => [lang, title, text]);
  return createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 16);
}

/** The knowledge base in all languages. Traditional Chinese is made of the Simplified. */
export async function readArticles(folder: string): Promise<Article[]> {
  const files = await readdir(folder, { recursive: true });
  const read = files
    .filter((file) => /[\\/](en|zh-Hans)\.md$/.test(file))
    .sort()
    .map(async (file) => {
      const lang = file.endsWith('en.md') ? ('en' as const) : ('zh-Hans' as const);
      const [, head = '', text = ''] =
        /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(await readFile(join(folder, file), 'utf8')) ?? [];
      const { id, title } = parse(head) as { id: string; title: string };
      return { id, lang, title, text: text.trim() };
    });
  const articles: Article[] = await Promise.all(read);
  const traditional = articles
    .filter(({ lang }) => lang === 'zh-Hans')
    .map(({ id, title, text }) => ({
      id,
      lang: 'zh-Hant' as const,
      title: toTraditional(title),
      text: toTraditional(text),
    }));
  return [...articles, ...traditional];
}
