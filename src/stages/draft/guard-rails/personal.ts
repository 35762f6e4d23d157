import type { Facts } from '../../../core/ports.ts';
import { fold, type GuardRail } from './reply.ts';

// Chinese is written without spaces, so a number or address often touches a letter: only ASCII ends one.
const ADDRESS = /[\p{L}\p{N}._%+-](?:@|\s@\s)[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63})+/gu;
const CARD = /(?<![a-z\p{N}])\d(?:[ .\-_/·]{0,2}\d){12,18}(?!\p{N})/gu;
const IDENTITY = /(?<!\p{N})\d{17}[\dx](?![a-z\p{N}])/gu;
const WALLET = /\b(?:0x[0-9a-f]{40}|bc1[0-9a-z]{20,80}|t[1-9a-hj-np-z]{33}|[13][1-9a-hj-np-z]{25,34})\b/gu;
const PHONE = /(?<![a-z\p{N}])(?:\+|00)?\(?\d(?:[ .\-()/]{0,2}\d){6,17}(?![a-z\p{N}])/gu;
const CODE = /(?:\bcode|\bpin|\botp|验证码|校验码|动态码|密码)[^\p{N}\n]{0,12}(?<!\p{N})\d{4,8}(?!\p{N})/gu;
const REFERENCE =
  /(?:\b(?:order|transaction|reference|ref|ticket|case|receipt|trade|invoice|trx|txn|tx)\b|订单|单号|流水|交易号|编号|凭证)[^\p{N}\n]{0,14}?(?:#|no\.?|号)?\s*:?\s*[a-z]{0,6}[-_]?\d[\da-z_-]{5,}|\b[a-z]{2,6}[-_]\d{6,}\b/gu;

/** The Luhn checksum of card numbers. */
function luhn(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at++) {
    const digit = Number(digits[digits.length - 1 - at]);
    sum += at % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2;
  }
  return sum % 10 === 0;
}

const digitsOf = (text: string) => text.replace(/\D/g, '');

/** A date or an amount is no phone number: a phone number has 7 digits or more, and no place for a year. */
function isPhone(piece: string): boolean {
  const digits = digitsOf(piece);
  if (/^\d{4}[-./]\d{1,2}[-./]\d{1,2}$/.test(piece.trim())) return false;
  return digits.length >= (piece.startsWith('+') ? 8 : 7) && digits.length <= 18;
}

/** The workspace's own addresses and names, taken out before anything is searched for. */
function withoutFacts(text: string, facts: Facts): string {
  const own = [
    facts.supportEmail,
    facts.helpUrl,
    facts.signature,
    facts.appFeedbackPath,
    facts.product,
    ...facts.allowedLinks,
  ];
  const folded = fold(text);
  return own.reduce<string>((rest, fact) => (fact ? withoutWhole(rest, fold(fact)) : rest), folded);
}

/** Removes a fact where it stands on its own, so that "x.help@brand.example" is not taken for "help@brand.example". */
function withoutWhole(text: string, fact: string): string {
  if (fact === '' || !text.includes(fact)) return text;
  const escaped = fact.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return text.replace(new RegExp(`(?<![\\w.%+-])${escaped}(?![\\w%+@-]|\\.\\w)`, 'gu'), ' ');
}

/** What personal data a text holds, in words, or nothing. */
function personalData(text: string, facts: Facts, theirs: readonly string[] = []): string | undefined {
  const rest = withoutFacts(text, facts);
  if (ADDRESS.test(rest)) return reset(ADDRESS, 'an e-mail address that is not ours');
  for (const [piece] of rest.matchAll(CARD)) if (luhn(digitsOf(piece))) return 'a card number';
  if (IDENTITY.test(rest)) return reset(IDENTITY, 'an identity number');
  if (WALLET.test(rest)) return reset(WALLET, 'a wallet address');
  if (CODE.test(rest)) return reset(CODE, 'a code');
  if (REFERENCE.test(rest)) return reset(REFERENCE, 'an order or transaction number');
  for (const [piece] of rest.matchAll(PHONE)) if (isPhone(piece)) return 'a phone or account number';
  const compact = rest.replace(/\s/g, '');
  for (const personal of theirs) {
    const wanted = fold(personal).replace(/\s/g, '');
    if (wanted.length >= 4 && compact.includes(wanted)) return 'personal data from the post';
  }
  return undefined;
}

/** A global expression keeps its place after `test`; the next text starts from the beginning. */
function reset(pattern: RegExp, what: string): string {
  pattern.lastIndex = 0;
  return what;
}

export const noPersonalData: GuardRail = {
  name: 'no-personal-data',
  check: ({ text, facts, theirs }) => {
    const what = personalData(text, facts, theirs);
    return what && `It seems to hold ${what}. Take it out; details belong in the official channel.`;
  },
};
