import { fileURLToPath } from 'node:url';
import type { Classifier } from '../../src/core/ports.ts';
import { loadClassifier } from '../../src/stages/classify/index.ts';

export const DATA = fileURLToPath(new URL('../../data', import.meta.url));

/** The classifier as the repository ships it, for an invented brand. */
export function shipped(
  brand = { names: ['OKPay'], officialHandles: ['okpay', '@OKPaySupport'] },
): Promise<Classifier> {
  return loadClassifier(DATA, brand);
}

/** Texts of every kind that a platform can send, and some that it should not. */
export const HOSTILE: Record<string, string> = {
  nothing: '',
  blanks: ' \u3000\t\n',
  'lone surrogates': '\ud800被盗\udc00 hacked \udfff',
  'a broken pair at the end': 'my account was hacked \ud83d',
  'right-to-left marks': '\u202emy account\u202c was \u200fhacked',
  'zero-width letters': 'my ac\u200bcou\u2060nt was ha\ufeffcked',
  'stacked accents': `h\u0301\u0302\u0303\u0304a\u0315\u0316cked`,
  'full width': 'ＭＹ　ＡＣＣＯＵＮＴ　ＷＡＳ　ＨＡＣＫＥＤ',
  ligatures: 'ﬁrst ﷺ ㍿ ℻ ½',
  markup: '<script>alert(1)</script><img src=x onerror=alert(1)> my account was hacked',
  'control signs': 'my\u0000account\u0007was\u001bhacked',
  'emoji families': '👨‍👩‍👧‍👦🏳️‍🌈 退款呢 🇭🇰',
  'a rare plane': '𠮷野家 𝓶𝔂 𝓪𝓬𝓬𝓸𝓾𝓷𝓽',
};
