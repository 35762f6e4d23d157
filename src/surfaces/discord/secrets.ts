import type { FindPersonal } from '../../core/cover.ts';
import type { PersonalKind } from '../../core/nouns.ts';

/** What nobody needs to help a member, and what would harm them in the wrong hands. */
const SECRET: readonly PersonalKind[] = ['card-number', 'identity-number', 'one-time-code', 'seed-phrase'];
/** "password: abc", "my PIN is 1234": only where something follows that looks like one, and not "my password is wrong". */
const PASSWORD =
  /(?:password|passwd|passcode|\bpin|密码|密碼|口令)\s{0,3}(?:[:=：]|is|是|为|為)\s{0,3}(?=\S{0,60}[\d!@#$%^&*])\S{3,64}/giu;

/** Where a text holds a secret, in order. Empty: it may be kept. */
export function findSecrets(text: string, findPersonal: FindPersonal): { start: number; end: number }[] {
  const personal = findPersonal(text).filter(({ kind }) => SECRET.includes(kind));
  const passwords = [...text.matchAll(PASSWORD)].map(({ 0: { length }, index }) => ({
    start: index,
    end: index + length,
  }));
  return [...personal, ...passwords].sort((a, b) => a.start - b.start).map(({ start, end }) => ({ start, end }));
}

/** The text with each secret as dots, to be sent again. */
export function withoutSecrets(text: string, spans: readonly { start: number; end: number }[]): string {
  let clean = '';
  let at = 0;
  for (const { start, end } of spans) {
    if (start >= at) clean += `${text.slice(at, start)}•••`;
    at = Math.max(at, end);
  }
  return clean + text.slice(at);
}
