import type { OtherWords } from '../../api.ts';
import type { PageLanguage } from './index.tsx';

/** What somebody else said, in the language of the page where the server has it in that, else as it was said. */
export function otherWords(said: string, others: OtherWords | undefined, lang: PageLanguage): string {
  return lang === 'en' ? said : (others?.[lang] ?? said);
}
