import { createHash } from 'node:crypto';
import { fold } from '../fold.ts';

/**
 * A short mark of a text that near-duplicates share: width, case, script, digits, signs and blanks make no difference, nor
 * do links and handles. Kept with a model, it tells later which texts the model has learned, and gives none of them away.
 */
export function imprintOf(text: string): string {
  const bare = fold(text)
    .text.replace(/https?:\/\/\S+|[@#][\p{L}\p{N}_]+/gu, '')
    .replace(/[^\p{L}]/gu, '');
  return createHash('sha256')
    .update(bare || fold(text).text)
    .digest('hex')
    .slice(0, 12);
}
