import type { Row } from '../hooks/use-queue.ts';

type Mention = Row['mention'];

/** The name people know the author by, or nothing when the platform gives none. */
export function authorName({ author }: Mention): string | undefined {
  return author.name || (author.handle ? `@${author.handle}` : undefined) || undefined;
}

/** The handle, when it says more than the name. */
export const authorHandle = ({ author }: Mention): string | undefined =>
  author.name && author.handle ? `@${author.handle}` : undefined;

/** Only what a browser may open without harm. */
export function safeHref(url: string | undefined): string | undefined {
  if (!url || !URL.canParse(url)) return undefined;
  return /^https?:$/.test(new URL(url).protocol) ? url : undefined;
}

/** The language tag for a text, so that the right glyphs and line breaks are used. */
export const langTag = (lang: string | undefined): string | undefined =>
  lang === 'zh-Hans' || lang === 'zh-Hant' || lang === 'en' ? lang : lang === 'mixed' ? 'zh-Hans' : undefined;
