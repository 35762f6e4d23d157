export { type Article, type Block, parseArticle } from './article.ts';
export { checkCitations, loadArticles } from './load-articles.ts';
export { type SaidArticle, sayArticles, textOf } from './say-article.ts';
