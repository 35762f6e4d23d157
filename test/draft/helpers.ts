import fc from 'fast-check';
import type { Assessment, Mention } from '../../src/core/nouns.ts';
import type { Facts, ReplyLimit } from '../../src/core/ports.ts';
import { checkReply, type Reply } from '../../src/stages/draft/index.ts';

/** A workspace that has set everything. */
export const FULL: Facts = {
  product: 'Lanternpay',
  helpUrl: 'https://help.lanternpay.example/start',
  supportEmail: 'care@lanternpay.example',
  appFeedbackPath: 'Me > Help > Feedback',
  signature: '— Lanternpay Care',
  faqUrl: 'https://lanternpay.example/faq/',
  allowedLinks: ['https://lanternpay.example', 'https://status.lanternpay.example/now'],
};

/** A workspace that has set nothing but a name, and a long one. */
export const BARE: Facts = { product: 'Zanzibar Wallet Plus', allowedLinks: [] };

/** X counts 280, two for Han and most other characters beyond Latin (docs.x.com, counting characters). */
export const SHORT: ReplyLimit = {
  max: 280,
  lengthOf: (text) =>
    [...text.normalize('NFC')].reduce((sum, character) => {
      const code = character.codePointAt(0) as number;
      const light = code <= 0x10ff || (code >= 0x2000 && code <= 0x200d) || (code >= 0x2010 && code <= 0x201f);
      return sum + (light || (code >= 0x2032 && code <= 0x2037) ? 1 : 2);
    }, 0),
};
/** Discord takes 2,000 UTF-16 units, the least of all platforms but X. */
export const LONG: ReplyLimit = { max: 2000, lengthOf: (text) => text.length };

export function mention(over: Partial<Mention> = {}): Mention {
  return {
    id: '0000000000000001',
    connector: 'sample',
    source: 'sample',
    nativeId: '1',
    platform: 'forum',
    author: { id: 'a1', handle: 'invented', name: 'Kim Invented' },
    text: 'My top-up failed.',
    saidAt: 0,
    heardAt: 0,
    permission: { how: 'by-hand', why: 'A sample cannot be answered.' },
    attachments: [],
    sample: true,
    state: 'assessed',
    version: 1,
    ...over,
  };
}

export function assessment(over: Partial<Assessment> = {}): Assessment {
  return {
    problemType: 'top-up-failed',
    confidence: 0.9,
    unsure: false,
    others: [],
    priority: 'normal',
    priorityReasons: [],
    lang: 'en',
    sentiment: 'neutral',
    scam: 0,
    scamReasons: [],
    personal: [],
    evidence: [],
    classifier: 'test',
    at: 0,
    ...over,
  };
}

/** Any UTF-16 units, lone surrogates and signs of all scripts among them, and often enough plain letters. */
export const anyText = (maxLength: number) =>
  fc
    .array(fc.oneof(fc.nat(0xffff), fc.integer({ min: 32, max: 126 })), { maxLength })
    .map((units) => String.fromCharCode(...units));

/** Names of the guard rails that a text fails. Chinese texts count as Simplified unless told otherwise. */
export function failures(text: string, over: Partial<Reply> = {}): string[] {
  const lang = /\p{Script=Han}/u.test(text) ? 'zh-Hans' : 'en';
  const reply: Reply = { text, lang, facts: FULL, limit: LONG, recent: [], theirs: [], ...over };
  return checkReply(reply)
    .checks.filter(({ ok }) => !ok)
    .map(({ name }) => name);
}
