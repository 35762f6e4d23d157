/** A marked post that goes out on a schedule and must be heard again: proof that a source hears. Data only. */
import type { Instant, SourceId } from './nouns.ts';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
/** White space is the platform's business, and so are the names that it puts before an answer. */
const MARKED = new RegExp(
  `^(?:@\\S+ )*Earshot canary ([${ALPHABET}]{10}): an automatic check that this place is heard\\. Please ignore it\\. 自动检测,请忽略。$`,
);

/** The whole text of a canary. It is fixed, so that what goes out without a person's look is known word by word. */
export const canaryText = (token: string): string =>
  `Earshot canary ${token}: an automatic check that this place is heard. Please ignore it. 自动检测，请忽略。`;

/** The token of a text that is a canary and nothing else. Whoever copies one whole has said nothing of their own. */
export function canaryIn(text: string): string | undefined {
  const plain = text.normalize('NFKC').replace(/\s+/g, ' ').trim();
  return MARKED.exec(plain)?.[1];
}

/** From ten random bytes. */
export const canaryToken = (bytes: Uint8Array): string =>
  [...bytes.subarray(0, 10)].map((byte) => ALPHABET[byte % 32]).join('');

/**
 * - `waiting`: one is out, and its time is not over
 * - `heard`: the last one came back
 * - `deaf`: one did not come back in its time, and none has since
 * - `unsent`: the last one could not be posted; that says nothing about hearing
 */
export type CanaryVerdict = 'waiting' | 'heard' | 'deaf' | 'unsent';

/** How the canary of a source stands. */
export interface CanaryState {
  source: SourceId;
  verdict: CanaryVerdict;
  sentAt: Instant;
  /** When it has to be heard. */
  dueAt: Instant;
  heardAt?: Instant;
  deafSince?: Instant;
  /** Why it could not be posted, in words. */
  problem?: string;
}
