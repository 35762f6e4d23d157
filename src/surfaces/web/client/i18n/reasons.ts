import type { PageLanguage } from './index.tsx';

/** Fixed sentences of the server in the other two languages. What is not here is shown as the server says it. */
const SENTENCES: Record<string, { 'zh-Hans': string; 'zh-Hant': string }> = {};

export function reasonWords(sentence: string, lang: PageLanguage): string {
  return lang === 'en' ? sentence : (SENTENCES[sentence]?.[lang] ?? sentence);
}
