import {
  isCardNumber,
  isHongKongIdentity,
  isIban,
  isMainlandIdentity,
  isSocialSecurityNumber,
  isTaiwanIdentity,
} from '../validators.ts';
import { AFTER, BEFORE, digits, digitsOf, type Finder, GAP, NO_UNIT } from './finder.ts';

const ORDER_WORD = String.raw`(?:order|transaction|txn|trx|tx|reference|ref|case|ticket|trade|invoice|tracking|payment)(\s{0,2}(?:id|no\.?|number|num|#|ref(?:erence)?)|(?=\s{0,2}[:#=]))?|订单(?:编号|号码|号)?|訂單(?:編號|號碼|號)?|交易(?:编号|单号|号|序號|編號|單號|號)|流水号?|流水號|单号|單號|工单(?:编号|号)?|案件編號|案件编号|参考号`;

/** Numbers that prove themselves by a check digit. */
const checked: readonly Finder[] = [
  {
    kind: 'identity-number',
    pattern: new RegExp(String.raw`${BEFORE}[1-9](?:${GAP}\d){16}${GAP}[\dXx]${AFTER}`, 'dgu'),
    accept: (found) => isMainlandIdentity(found.replace(/[^\dXx]/g, '')),
  },
  { kind: 'identity-number', pattern: /(?<![0-9A-Za-z])[A-Za-z][12]\d{8}(?![0-9A-Za-z])/dg, accept: isTaiwanIdentity },
  {
    kind: 'identity-number',
    pattern: /(?<![0-9A-Za-z])[A-Za-z]{1,2}\d{6} ?\([0-9Aa]\)/dg,
    needs: /\(/,
    accept: isHongKongIdentity,
  },
  {
    kind: 'identity-number',
    pattern: /(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])/dg,
    accept: isSocialSecurityNumber,
  },
  {
    kind: 'identity-number',
    pattern:
      /(?:passport|护照|護照)(?:\s?(?:no\.?|number|号码?|號碼?))?\s?(?:is|是|为|為|:)?\s{0,2}([A-Za-z]{1,2}\d{7,8})(?![0-9A-Za-z])/dgi,
    group: 1,
  },
  {
    kind: 'card-number',
    pattern: /(?<![0-9A-Za-z])[A-Z]{2}\d{2}(?: ?[0-9A-Z]{4}){2,7}(?: ?[0-9A-Z]{1,3})?(?![0-9A-Za-z])/dg,
    accept: isIban,
  },
  {
    kind: 'card-number',
    pattern: new RegExp(`${BEFORE}${digits(13, 19)}${AFTER}`, 'dgu'),
    accept: (found) => isCardNumber(digitsOf(found)),
  },
];

/** Numbers that are known by the word before them, or by their length. */
const named: readonly Finder[] = [
  {
    kind: 'order-id',
    pattern: new RegExp(
      String.raw`(?:(?<![\p{Script=Latin}])(?:${ORDER_WORD}))[】\])]?\s{0,2}(?:(?:is|was)(?![\p{Script=Latin}])|[是为為:#=：，])?\s{0,2}#?([A-Za-z0-9](?:[A-Za-z0-9_-]{4,38})[A-Za-z0-9])${AFTER}${NO_UNIT}`,
      'dgiu',
    ),
    group: 2,
    accept: (found) => digitsOf(found).length >= 4 && !isDay(found) && !isRound(found),
  },
  // The long numbers that payment services give their transactions: a date, then more digits than a card has.
  {
    kind: 'order-id',
    pattern: /(?<![\dA-Za-z])20[12]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{10,24}(?![\dA-Za-z])/dg,
  },
];

export const NUMBERS = { checked, named };

const isDay = (found: string) => /^(?:19|20)\d{2}-?(?:0?[1-9]|1[0-2])-?(?:0?[1-9]|[12]\d|3[01])$/.test(found);

/** "payment 100000": an amount, not the name of a payment. */
const isRound = (found: string) => /^[1-9]\d{0,5}000$/.test(found);
