import { isUtf8 } from 'node:buffer';

/** Characters that no Chinese text of some length does without, in both scripts. */
const COMMON_HAN = new Set(
  '的是一不了在有我人這这个個到們们大来來上你他要就也出可以会會没沒为為说說得能多好么麼还還，。！？',
);

export interface Guess {
  encoding: string;
  /** False when only the content speaks for it. */
  sure: boolean;
}

/**
 * The encoding of a text by the wish of a person, its byte order mark, or its content, in this order. Content decides
 * only between UTF-8 and the two encodings that Chinese spreadsheets come in.
 */
export function guessEncoding(head: Buffer, wish: string): Guess {
  if (wish !== 'auto') return { encoding: new TextDecoder(wish).encoding, sure: true };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', sure: true };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', sure: true };
  if (isUtf8(head) || damage(head.toString()) < 0.3) return { encoding: 'utf-8', sure: true };
  const [best] = ['gb18030', 'big5']
    .map((encoding) => ({ encoding, score: likeness(new TextDecoder(encoding).decode(head)) }))
    .sort((a, b) => b.score - a.score);
  return best && best.score > 0.05 ? { encoding: best.encoding, sure: false } : { encoding: 'utf-8', sure: true };
}

/** Share of the characters beyond ASCII that could not be read. A few bad bytes do not make another encoding. */
function damage(text: string): number {
  const beyond = text.match(/[^\0-\x7f]/gu) ?? [];
  return beyond.filter((character) => character === '\uFFFD').length / Math.max(1, beyond.length);
}

/** Share of very common Chinese characters, less what could not be read. */
function likeness(text: string): number {
  const beyond = text.match(/[^\0-\x7f]/gu) ?? [];
  const common = beyond.filter((character) => COMMON_HAN.has(character)).length;
  return common / Math.max(1, beyond.length) - damage(text);
}
