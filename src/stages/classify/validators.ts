/** Beginnings and lengths of payment cards: Visa, American Express, Diners, Mastercard, JCB, UnionPay, Maestro, Discover. */
const CARD_PLANS =
  /^(?:4(?:\d{12}|\d{15}|\d{18})|3[47]\d{13}|3[068]\d{12}|(?:2[2-7]|35|5[0-9]|6[0457]|8[18])\d{14}|62\d{14,17}|(?:5[06-8]|6[0-9])\d{11,17})$/;

/** The Luhn check of ISO/IEC 7812-1, for 13 to 19 digits that begin as payment cards do. */
export function isCardNumber(digits: string): boolean {
  if (!CARD_PLANS.test(digits) || /^(\d)\1+$/.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

const IDENTITY_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** An identity number of mainland China: 17 digits with a date of birth, and a check sign (GB 11643-1999). */
export function isMainlandIdentity(number: string): boolean {
  if (!/^[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]$/.test(number)) return false;
  const sum = IDENTITY_WEIGHTS.reduce((total, weight, i) => total + weight * (number.charCodeAt(i) - 48), 0);
  return '10X98765432'[sum % 11] === number[17]?.toUpperCase();
}

/** Values of the first letter, in the order of the Taiwanese identity card: A is 10, I, O, W and Z stand out of line. */
const TAIWAN_LETTERS = 'ABCDEFGHJKLMNPQRSTUVXYWZIO';

/** An identity number of Taiwan: a letter for the place, 1 or 2, and a weighted check digit. */
export function isTaiwanIdentity(number: string): boolean {
  if (!/^[A-Za-z][12]\d{8}$/.test(number)) return false;
  const letter = TAIWAN_LETTERS.indexOf((number[0] as string).toUpperCase()) + 10;
  const digits = [Math.floor(letter / 10), letter % 10, ...[...number.slice(1)].map(Number)];
  const weights = [1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1];
  return digits.reduce((sum, digit, i) => sum + digit * (weights[i] as number), 0) % 10 === 0;
}

/** An identity card of Hong Kong: one or two letters, six digits, and a check sign in brackets. */
export function isHongKongIdentity(number: string): boolean {
  const match = /^([A-Z]{1,2})(\d{6}) ?\(([\dA])\)$/.exec(number.toUpperCase());
  if (!match) return false;
  const [, letters = '', digits = '', check = ''] = match;
  // A blank stands in the place of a second letter.
  const values = [...letters.padStart(2, ' ')].map((letter) => (letter === ' ' ? 36 : letter.charCodeAt(0) - 55));
  const signs = [...values, ...[...digits].map(Number), check === 'A' ? 10 : Number(check)];
  return signs.reduce((sum, value, i) => sum + value * (9 - i), 0) % 11 === 0;
}

/** A social security number of the United States as it is written, without the ranges that are never given out. */
export function isSocialSecurityNumber(number: string): boolean {
  return /^(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}$/.test(number);
}

/** An international bank account number: the check of ISO 13616 over 15 to 34 signs, blanks left out. */
export function isIban(written: string): boolean {
  const number = written.replaceAll(' ', '');
  if (!/^[A-Z]{2}\d{2}[0-9A-Z]{11,30}$/.test(number)) return false;
  const digits = [...number.slice(4), ...number.slice(0, 4)].map((sign) => Number.parseInt(sign, 36)).join('');
  let rest = 0;
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % 97;
  return rest === 1;
}
