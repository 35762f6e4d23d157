import type { ReplyLimit } from '../core/ports.ts';

/**
 * How much a reply may hold on platforms that a mention can come from by way of a feed or a file. What a connector of
 * its own knows better, it says itself in `replyLimit`.
 *
 * Sources: X docs.x.com/fundamentals/counting-characters (280 weighted); Discord
 * docs.discord.com/developers/resources/message (2,000); Telegram core.telegram.org/bots/api#sendmessage (4,096);
 * Reddit www.reddit.com/dev/api#POST_api_comment (10,000). Looked at on 2026-11-22.
 */
const LIMITS: Record<string, ReplyLimit> = {
  twitter: { max: 280, lengthOf: xLength },
  x: { max: 280, lengthOf: xLength },
  discord: { max: 2000, lengthOf: utf16Length },
  reddit: { max: 10_000, lengthOf: utf16Length },
  telegram: { max: 4096, lengthOf: utf16Length },
};

const ANYWHERE: ReplyLimit = { max: 5000, lengthOf: utf16Length };

/** The limit for a reply on a platform by its name, such as `twitter`; 5,000 where nobody knows. */
export function replyLimitFor(platform: string): ReplyLimit {
  return LIMITS[platform.toLowerCase()] ?? ANYWHERE;
}

function utf16Length(text: string): number {
  return text.length;
}

/** Code points that count 1 on X, first and last. All others count 2 (twitter-text configuration, version 3). */
const LIGHT = [
  [0x0000, 0x10ff],
  [0x2000, 0x200d],
  [0x2010, 0x201f],
  [0x2032, 0x2037],
] as const;

/**
 * An address: with http(s), or a bare domain name. Not after a letter, digit, @ or #, so that mails and hashtags are not
 * taken for one. X ends it at the first Chinese character.
 */
const ADDRESS =
  /(?<![a-z\d@＠#＃$_])(?:https?:\/\/)?(?<![-_.])(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+([a-z]{2,24})(?![a-z\d@_-])(?::\d{1,5})?(?:[/?#][\w\-.~:/?#[\]@!$&'()*+,;=%|]*)?/giu;
const ADDRESS_LENGTH = 23;

/** Endings that X surely knows. An address with another ending counts 23 or its own length, whichever is more. */
const SURE_ENDING =
  /^(?:[a-z]{2}|com|net|org|info|biz|edu|gov|app|dev|shop|store|online|site|xyz|club|top|vip|cloud|tech|live|news|blog|help|support|pay|money|finance)$/i;

/**
 * Length of a post as X counts it: addresses 23, emoji 2, Chinese and most other scripts 2, Latin 1, after composing
 * accents (NFC). Where X's own list of domains would be needed it errs on the long side: what fits here fits there.
 */
export function xLength(text: string): number {
  const composed = text.normalize('NFC');
  let length = 0;
  let done = 0;
  for (const match of composed.matchAll(ADDRESS)) {
    const [address, ending = ''] = match;
    length += weigh(composed.slice(done, match.index));
    length += SURE_ENDING.test(ending) ? ADDRESS_LENGTH : Math.max(ADDRESS_LENGTH, weigh(address));
    done = match.index + address.length;
  }
  return length + weigh(composed.slice(done));
}

function weigh(text: string): number {
  let length = 0;
  const others = text.replace(/\p{RGI_Emoji}/gv, () => {
    length += 2;
    return '';
  });
  for (const character of others) length += isLight(character.codePointAt(0) ?? 0) ? 1 : 2;
  return length;
}

function isLight(codePoint: number): boolean {
  return LIGHT.some(([first, last]) => codePoint >= first && codePoint <= last);
}
