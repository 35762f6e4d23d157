/** The Luhn check of ISO/IEC 7812-1, for 13 to 19 digits that begin as payment cards do. */
export function isCardNumber(digits: string): boolean {
  if (!/^[2-6]\d{12,18}$/.test(digits) || /^(\d)\1+$/.test(digits)) return false;
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
  if (!/^[A-Z][12]\d{8}$/.test(number)) return false;
  const letter = TAIWAN_LETTERS.indexOf(number[0] as string) + 10;
  const digits = [Math.floor(letter / 10), letter % 10, ...[...number.slice(1)].map(Number)];
  const weights = [1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1];
  return digits.reduce((sum, digit, i) => sum + digit * (weights[i] as number), 0) % 10 === 0;
}
