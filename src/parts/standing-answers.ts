import { createHash } from 'node:crypto';
import { articleUrl } from '../core/article-address.ts';
import { type Article, type Block, loadArticles, type SaidArticle, textOf } from '../stages/draft/index.ts';
import type { Article as StandingArticle } from '../surfaces/discord/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { KNOWLEDGE, saidHere } from './knowledge.ts';
import { articlesHere } from './own-articles.ts';

/** A member reads this much in a chat, in UTF-16 units; what does not fit stands in the article. */
const ANSWER_MAX = 1_000;

/** An article of the knowledge base with what people decided about it. */
export interface StandingAnswer {
  id: string;
  /** The same in each language it is written in, as members read it. */
  articles: readonly StandingArticle[];
  /** Hash of what is written, in all languages. */
  version: string;
  /** `changed`: it was approved, and written anew since. Only what is `approved` is given to members. */
  state: 'approved' | 'changed' | 'waiting';
  approval?: { by: string; at: string };
}

/** All there are, in the order of their ids. @throws TemplateError for an article that cannot be used */
export async function standingAnswers(workspace: Workspace, folder = KNOWLEDGE): Promise<StandingAnswer[]> {
  const written = articlesHere(await loadArticles(folder), workspace);
  const said = answersOf(written, workspace);
  return [...Map.groupBy(written, ({ id }) => id)].map(([id, versions]) => {
    const version = versionOf(versions);
    const articles = said.filter((article) => article.id === id);
    const known = workspace.standingAnswers.find((one) => one.id === id);
    if (!known) return { id, articles, version, state: 'waiting' as const };
    const { by, at } = known;
    const state = known.version === version ? ('approved' as const) : ('changed' as const);
    return { id, articles, version, state, approval: { by, at } };
  });
}

/** Articles as members read them in a chat, in each script. */
export function answersOf(articles: readonly Article[], workspace: Workspace): StandingArticle[] {
  return saidHere(articles, workspace).map((article) => answerOf(article, workspace.brand.faqUrl));
}

export function approvedArticles(answers: readonly StandingAnswer[]): StandingArticle[] {
  return answers.filter(({ state }) => state === 'approved').flatMap(({ articles }) => articles);
}

/** Of a text in all its languages: the words alone. */
export function versionOf(articles: readonly Article[]): string {
  const texts = articles.map(({ lang, title, text }) => [lang, title, text]);
  return createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 16);
}

/**
 * An article as an answer in a chat: whole blocks from its beginning, as many as a member reads there, and the address of
 * all of it where the help site is public.
 */
export function answerOf({ id, lang, title, blocks }: SaidArticle, faqUrl?: string): StandingArticle {
  const address = faqUrl === undefined ? '' : `\n${articleUrl(faqUrl, id, lang)}`;
  let text = '';
  for (const { block, before } of withHeadings(blocks)) {
    const longer = [text, before && `**${before}**`, textOf(block)].filter(Boolean).join('\n');
    if (longer.length + address.length > ANSWER_MAX) break;
    text = longer;
  }
  return { id, lang, title, text: `${text}${address}` };
}

/** Each block with the heading right above it, so that no answer ends in a heading. */
function withHeadings(blocks: readonly Block[]) {
  return blocks.flatMap((block, at) => {
    const above = blocks[at - 1];
    return block.kind === 'heading' ? [] : [{ block, before: above?.kind === 'heading' ? above.text : undefined }];
  });
}
