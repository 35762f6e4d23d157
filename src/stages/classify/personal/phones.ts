import { AFTER, BEFORE, digitsOf, type Finder, GAP, NO_UNIT } from './finder.ts';

const NAME = String.raw`(?<![\p{Script=Latin}])(?:phone|mobile|cell|tel|call(?: me)?|whatsapp|number|电话|手机号?码?|電話|手機號?碼?|微信|vx|qq)`;
const LINK = String.raw`\s{0,3}(?:is|was|are|:|=|#|是|为|為|：|，|,)?\s{0,3}(?:["'“「])?`;

/** Numbers that everybody may call: no person is behind them. */
const HOTLINE = /^(?:\+?1?(?:800|888|877|866|855|844|833)\d{7}|400\d{7}|800\d{7})$/;
const IP_ADDRESS = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const isSomebodys = (found: string) => !HOTLINE.test(digitsOf(found));

/** Phone numbers by the plans of the mainland, Hong Kong, Taiwan and North America, by their country, or by their name. */
export const PHONES: readonly Finder[] = [
  {
    kind: 'phone',
    pattern: new RegExp(
      String.raw`${BEFORE}(?:\(\+?86\)${GAP}|(?:\+|00)?86${GAP})?1[3-9]\d(?:${GAP}\d){8}${AFTER}`,
      'dgu',
    ),
    accept: (found) => !IP_ADDRESS.test(found),
  },
  {
    kind: 'phone',
    pattern: new RegExp(
      String.raw`(?<![\d\p{Script=Latin}])(?:\+|00)[1-9]\d{0,2}${GAP}\(?\d(?:[ \-.()\u00a0]{0,2}\d){6,11}${AFTER}`,
      'dgu',
    ),
    accept: isSomebodys,
  },
  {
    kind: 'phone',
    pattern: /(?<![\dA-Za-z.+-])(?:\(?[2-9]\d{2}\)?[ -]\d{3}[-. ]\d{4}|[2-9]\d{2}\.\d{3}\.\d{4})(?![\dA-Za-z])/dg,
    accept: (found, text, at) => isSomebodys(found) && !/1-$/.test(text.slice(Math.max(0, at - 2), at)),
  },
  { kind: 'phone', pattern: /(?<![\dA-Za-z])09\d{2}[ -]?\d{3}[ -]?\d{3}(?![\dA-Za-z])/dg },
  { kind: 'phone', pattern: /(?<![\dA-Za-z])(?:\(0\d{2,3}\)[ -]?|0\d{2,3}[ -])\d{7,8}(?![\dA-Za-z])/dg },
  {
    kind: 'phone',
    pattern: new RegExp(String.raw`${NAME}${LINK}(\d(?:[ -]?\d){6,13})${AFTER}${NO_UNIT}`, 'dgiu'),
    group: 1,
    accept: (found) => digitsOf(found).length >= 7 && isSomebodys(found) && !/000$/.test(found),
  },
  // Spelled out to get past a filter: 一三八零零…
  {
    kind: 'phone',
    pattern:
      /(?<![零〇一二三四五六七八九幺两])[一幺][三四五六七八九][零〇一二三四五六七八九幺]{9}(?![零〇一二三四五六七八九幺])/dg,
  },
];
