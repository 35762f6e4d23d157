import type { ReplyLanguage } from './nouns.ts';

/** The address of an article, `faqUrl` being the root of the help site. Replies link there, so it never changes. */
export function articleUrl(faqUrl: string, id: string, lang: ReplyLanguage): string {
  return `${faqUrl.replace(/\/+$/, '')}/${articlePath(id, lang)}`;
}

/** Where an article stands below that root. */
export function articlePath(id: string, lang: ReplyLanguage): string {
  return `${lang}/${id}.html`;
}
