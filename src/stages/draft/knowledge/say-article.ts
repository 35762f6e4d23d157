import type { ReplyLanguage } from '../../../core/nouns.ts';
import type { Facts } from '../../../core/ports.ts';
import { toTraditional } from '../traditional.ts';
import { ARTICLE_NAMES, type Article, type ArticleName, type Block } from './article.ts';

/** An article as somebody reads it: in one of three scripts, about the workspace's product. */
export interface SaidArticle {
  id: string;
  lang: ReplyLanguage;
  title: string;
  checked: string;
  blocks: Block[];
}

type Values = Pick<Facts, ArticleName>;

/**
 * The articles in all three scripts, filled for a workspace. A line that names what the workspace has not set is left out,
 * and with it a heading that nothing is left below.
 */
export function sayArticles(articles: readonly Article[], facts: Values): SaidArticle[] {
  return articles.flatMap((article) =>
    article.lang === 'en'
      ? [say(article, facts, 'en', (text) => text)]
      : [say(article, facts, 'zh-Hans', (text) => text), say(article, facts, 'zh-Hant', toTraditional)],
  );
}

function say(article: Article, facts: Values, lang: ReplyLanguage, convert: (text: string) => string): SaidArticle {
  const known = (line: string) => ARTICLE_NAMES.every((name) => facts[name] || !line.includes(`{{${name}}}`));
  // Converted before it is filled: the workspace's own words stay as they are.
  const filled = (line: string) =>
    convert(line).replace(/\{\{(\w+)\}\}/g, (_, name: ArticleName) => facts[name] as string);
  const blocks = article.blocks.flatMap((block): Block[] => {
    if ('text' in block) return known(block.text) ? [{ ...block, text: filled(block.text) }] : [];
    const items = block.items.filter(known).map(filled);
    return items.length > 0 ? [{ ...block, items }] : [];
  });
  const { id, checked } = article;
  const follows = (at: number) => blocks[at + 1] !== undefined && blocks[at + 1]?.kind !== 'heading';
  return {
    id,
    lang,
    title: filled(article.title),
    checked,
    blocks: blocks.filter(({ kind }, at) => kind !== 'heading' || follows(at)),
  };
}

/** A block as plain text, a heading without its mark. */
export function textOf(block: Block): string {
  if ('text' in block) return block.text;
  return block.items.map((item, at) => (block.kind === 'steps' ? `${at + 1}. ${item}` : `- ${item}`)).join('\n');
}
