export { openTemplateBook, previewOf, type TemplateBookParts } from './book.ts';
export { checkReply, GUARD_RAILS, type GuardRail, type Reply } from './guard-rails.ts';
export {
  type Article,
  type Block,
  checkCitations,
  loadArticles,
  parseArticle,
  type SaidArticle,
  sayArticles,
  textOf,
} from './knowledge/index.ts';
export { loadTemplates } from './load-templates.ts';
export { type OwnTemplate, tryOut, withOwn } from './own-templates.ts';
export { type DraftRun, runDraft } from './run.ts';
export { NAMES, type Template, TemplateError, versionOf } from './template.ts';
export { toTraditional } from './traditional.ts';
export { wordingsOf } from './wordings.ts';
