import type { ReplyLanguage } from './nouns.ts';

/** Where an article stands on the help site, from its root on. Replies link there, so it never changes. */
export function articlePath(id: string, lang: ReplyLanguage): string {
  return `${lang}/${id}.html`;
}
