import type { PersonalKind, PersonalSpan } from '../../core/nouns.ts';
import { isCardNumber, isMainlandIdentity, isTaiwanIdentity } from './validators.ts';

/**
 * Finds personal data in a text of any language, with exact UTF-16 offsets. Imports nothing heavy, so that whoever
 * masks, logs or exports may use it. Runs in time proportional to the text.
 */
export function findPersonal(text: string): PersonalSpan[] {
  const read = narrow(text);
  const spans: PersonalSpan[] = [];
  for (const { kind, pattern, group, accept, needs } of FINDERS) {
    if (needs && !needs.test(read)) continue;
    for (const match of read.matchAll(pattern)) {
      const range = match.indices?.[group ?? 0];
      if (!range) continue;
      const [start, end] = range;
      if (accept && !accept(read.slice(start, end), read, start)) continue;
      if (!spans.some((span) => start < span.end && span.start < end)) spans.push({ kind, start, end });
    }
  }
  return spans.sort((a, b) => a.start - b.start);
}

/** The text with each piece of personal data replaced by a word for its kind: "[card-number]". */
export function maskPersonal(text: string, spans: readonly PersonalSpan[] = findPersonal(text)): string {
  let masked = '';
  let at = 0;
  for (const { kind, start, end } of spans) {
    if (start < at) continue;
    masked += `${text.slice(at, start)}[${kind}]`;
    at = end;
  }
  return masked + text.slice(at);
}

/** Full-width signs as ASCII, unit for unit, so that offsets stay. */
function narrow(text: string): string {
  if (!/[\uff01-\uff5e\u3000]/.test(text)) return text;
  return text.replace(/[\uff01-\uff5e\u3000]/g, (char) =>
    char === '\u3000' ? ' ' : String.fromCharCode(char.charCodeAt(0) - 0xfee0),
  );
}

interface Finder {
  kind: PersonalKind;
  /** Needs the flags `d` and `g`. */
  pattern: RegExp;
  group?: number;
  accept?: (found: string, text: string, at: number) => boolean;
  /** A cheap test that must hold before the pattern runs at all. */
  needs?: RegExp;
}

const digitsOf = (found: string) => found.replace(/\D/g, '');
/** What people and phones put between digits, the invisible included. */
const GAP = String.raw`[ \-.\u00a0\u200b-\u200d\u2060\ufeff]{0,2}`;
const BEFORE = String.raw`(?<![\d\p{Script=Latin}])(?<!\d[.,])`;
const AFTER = String.raw`(?![\d\p{Script=Latin}])`;
const digits = (from: number, to: number) => String.raw`\d(?:${GAP}\d){${from - 1},${to - 1}}`;

const CODE_WORD = `(?:verification code|security code|login code|one.time (?:code|password)|passcode|otp(?: code)?|2fa code|sms code|code|pin|验证码|校验码|动态码|动态密码|短信码|驗證碼|校驗碼|動態密碼|支付密码|支付密碼)`;
const CODE_LINK = String.raw`\s{0,3}(?:is|was|are|:|=|#|是|为|為|：|，|,)?\s{0,3}(?:["'“「])?`;
const ORDER_WORD = String.raw`(?:order|transaction|txn|trx|tx|reference|ref|case|ticket|trade|invoice|tracking|payment)\s{0,2}(?:id|no\.?|number|num|#|ref(?:erence)?)?|订单(?:编号|号码|号)?|訂單(?:編號|號碼|號)?|交易(?:编号|单号|号|序號|編號|單號|號)|流水号?|流水號|单号|單號|工单(?:编号|号)?|案件編號|案件编号|参考号`;

const FINDERS: readonly Finder[] = [
  {
    kind: 'email',
    needs: /@/,
    pattern:
      /(?<![\p{Script=Latin}\p{N}._%+-])[\p{Script=Latin}\p{N}][\p{Script=Latin}\p{N}._%+-]{0,63}@(?:[\p{Script=Latin}\p{N}-]{1,63}\.){1,5}[\p{Script=Latin}]{2,24}/dgu,
  },
  { kind: 'wallet-address', pattern: /(?<![0-9A-Za-z])0x[0-9a-fA-F]{40}(?![0-9A-Za-z])/dg, needs: /0x/ },
  { kind: 'wallet-address', pattern: /(?<![0-9A-Za-z])bc1[02-9ac-hj-np-z]{11,71}(?![0-9A-Za-z])/dgi, needs: /bc1/i },
  {
    kind: 'wallet-address',
    pattern: /(?<![0-9A-Za-z])[13T][1-9A-HJ-NP-Za-km-z]{25,34}(?![0-9A-Za-z])/dg,
    accept: (found) => /\d/.test(found.slice(1)) && /[a-z]/.test(found) && /[A-Z]/.test(found),
  },
  {
    kind: 'identity-number',
    pattern: new RegExp(String.raw`${BEFORE}[1-9](?:${GAP}\d){16}${GAP}[\dXx]${AFTER}`, 'dgu'),
    accept: (found) => isMainlandIdentity(found.replace(/[^\dXx]/g, '')),
  },
  {
    kind: 'identity-number',
    pattern: /(?<![0-9A-Za-z])[A-Z][12]\d{8}(?![0-9A-Za-z])/dg,
    accept: isTaiwanIdentity,
  },
  { kind: 'identity-number', pattern: /(?<![0-9A-Za-z])[A-Z]{1,2}\d{6}\([0-9A]\)/dg },
  {
    kind: 'card-number',
    pattern: new RegExp(`${BEFORE}${digits(13, 19)}${AFTER}`, 'dgu'),
    accept: (found) => isCardNumber(digitsOf(found)),
  },
  {
    kind: 'phone',
    pattern: new RegExp(String.raw`${BEFORE}(?:\+?86${GAP})?1[3-9]\d(?:${GAP}\d){8}${AFTER}`, 'dgu'),
  },
  {
    kind: 'phone',
    pattern: new RegExp(
      String.raw`(?<![\d\p{Script=Latin}])(?:\+|00)[1-9]\d{0,2}${GAP}\(?\d(?:[ \-.()\u00a0]{0,2}\d){6,11}${AFTER}`,
      'dgu',
    ),
  },
  { kind: 'phone', pattern: /(?<![\dA-Za-z])\(?[2-9]\d{2}\)?[ -.]\d{3}[-.]\d{4}(?![\dA-Za-z])/dg },
  { kind: 'phone', pattern: /(?<![\dA-Za-z])09\d{2}[ -]?\d{3}[ -]?\d{3}(?![\dA-Za-z])/dg },
  { kind: 'phone', pattern: /(?<![\dA-Za-z])0\d{2,3}[ -]\d{7,8}(?![\dA-Za-z])/dg },
  {
    kind: 'phone',
    pattern: new RegExp(
      String.raw`(?:phone|mobile|cell|tel|call(?: me)?|whatsapp|number|电话|手机号?码?|電話|手機號?碼?|微信|vx|qq)${CODE_LINK}(\d(?:[ -]?\d){6,13})${AFTER}`,
      'dgiu',
    ),
    group: 1,
    accept: (found) => digitsOf(found).length >= 7,
  },
  {
    kind: 'one-time-code',
    pattern: new RegExp(
      String.raw`(?<!\b(?:error|status|area|zip|country|promo|referral|invite|invitation|coupon|discount|qr|source|postal|sort|swift|bar|dress)[ -]?)${CODE_WORD}${CODE_LINK}((?:[gG]-)?\d{4,8}|\d{3}[ -]\d{3})${AFTER}`,
      'dgiu',
    ),
    group: 1,
  },
  {
    kind: 'one-time-code',
    pattern: new RegExp(
      String.raw`${BEFORE}(\d{4,8}|\d{3}[ -]\d{3})["'”」]?\s{0,2}(?:is (?:my|the|your)(?: [a-z]+){0,3} (?:code|otp|pin)|是(?:我的?|您的|你的)?(?:短信|手机|登录)?(?:验证码|校验码|驗證碼|动态码))`,
      'dgiu',
    ),
    group: 1,
  },
  {
    kind: 'seed-phrase',
    needs: /seed|mnemonic|recovery|phrase|backup words|secret words|助记|助記|恢复词|私钥/i,
    pattern:
      /(?<![\p{L}\p{N}])(?:(?:\d{1,2}[.):]?\s{0,2})?[a-z]{3,8}[\s,]{1,3}){11,23}(?:\d{1,2}[.):]?\s{0,2})?[a-z]{3,8}(?![\p{L}\p{N}])/dgu,
    accept: (found) =>
      !/\b(?:the|and|was|not|are|has|had|for|but|did|its|from|been|were|your|have|lost|give|asked)\b/.test(found),
  },
  {
    kind: 'order-id',
    pattern: new RegExp(
      String.raw`(?:(?<![\p{Script=Latin}])(?:${ORDER_WORD}))\s{0,2}(?:is|was|:|#|=|是|为|為|：|，)?\s{0,2}#?([A-Za-z0-9](?:[A-Za-z0-9_-]{4,38})[A-Za-z0-9])${AFTER}`,
      'dgiu',
    ),
    group: 1,
    accept: (found) => digitsOf(found).length >= 4 && !/^(?:19|20)\d{2}-\d{1,2}-\d{1,2}$/.test(found),
  },
  // The long numbers that payment services give their transactions: a date, then more digits than a card has.
  {
    kind: 'order-id',
    pattern: /(?<![\dA-Za-z])20[12]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{10,24}(?![\dA-Za-z])/dg,
  },
];
