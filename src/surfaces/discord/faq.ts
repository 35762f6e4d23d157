import type { Lang } from './types.ts';

/** A standing answer that a named person has approved in advance. */
export interface Article {
  id: string;
  lang: Lang;
  title: string;
  text: string;
}

/** Discord takes no more choices. https://docs.discord.com/developers/interactions/receiving-and-responding#autocomplete */
const CHOICES_MAX = 25;
/** In the title, a word counts this many times as much as in the text. */
const TITLE_WEIGHT = 5;

/** The articles in a language, with what stands nearest to it where one is missing. */
export function articlesIn(articles: readonly Article[], lang: Lang): Article[] {
  const order: Lang[] = lang === 'en' ? ['en'] : lang === 'zh-Hant' ? ['zh-Hant', 'zh-Hans', 'en'] : ['zh-Hans', 'en'];
  const ids = [...new Set(articles.map(({ id }) => id))];
  return ids.flatMap((id) => {
    const written = order.flatMap((one) => articles.find((article) => article.id === id && article.lang === one) ?? []);
    return written[0] ?? [];
  });
}

/** Those with some of the words, best first; all of them while nothing is typed. At most 25. */
export function searchArticles(articles: readonly Article[], typed: string): Article[] {
  const words = wordsOf(typed.slice(0, 200));
  if (words.length === 0) return articles.slice(0, CHOICES_MAX);
  const scored = articles.map((article) => {
    const title = article.title.toLowerCase();
    const text = article.text.toLowerCase();
    const score = words.reduce(
      (sum, word) => sum + (title.includes(word) ? TITLE_WEIGHT : 0) + (text.includes(word) ? 1 : 0),
      0,
    );
    return { article, score };
  });
  return scored
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, CHOICES_MAX)
    .map(({ article }) => article);
}

/** Words of Latin letters as they are, Chinese in pairs of signs, since it has no spaces. */
function wordsOf(typed: string): string[] {
  const words = typed.toLowerCase().match(/[\p{Script=Latin}\p{N}]+|\p{Script=Han}+/gu) ?? [];
  return words.flatMap((word) => {
    if (!/\p{Script=Han}/u.test(word)) return word.length > 1 ? [word] : [];
    const signs = [...word];
    return signs.length === 1 ? signs : signs.slice(1).map((sign, at) => `${signs[at]}${sign}`);
  });
}
