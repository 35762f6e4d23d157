import type { PageLanguage } from './index.tsx';

/** The server's sentence about a failed check. */
export function checkWords(_name: string, why: string, _lang: PageLanguage): string {
  return why;
}
