import type { Hit } from './lexicon.ts';

/** What one sign is worth beside the words of a text, which together have length 1. */
export const SIGN = 0.1;

const LOOKS: readonly (readonly [string, RegExp])[] = [
  ['asks', /[?？]|吗|么/],
  ['shouts', /[!！]/],
  ['links', /https?:|www\.|\.example/],
  ['calls', /@\w/],
  ['counts', /\d/],
];
const SUSPECTED_FROM = 0.2;

/**
 * Features beside the words, as hashes without double ones: which phrases of the lexicon were found, how long the post is
 * and how it looks. The model learns what they are worth, where the lexicon's own weights are a guess.
 */
export function signsOf(text: string, hits: readonly Hit[], scam: number): number[] {
  const names = new Set<string>();
  for (const { meaning } of hits)
    names.add(meaning.of === 'type' ? `${meaning.name} ${meaning.weight}` : `${meaning.of} ${meaning.name}`);
  for (const [name, pattern] of LOOKS) if (pattern.test(text)) names.add(name);
  if (scam > SUSPECTED_FROM) names.add(`scam ${Math.floor(scam * 3)}`);
  names.add(`length ${Math.min(6, Math.floor(Math.log2(text.length / 8 + 1)))}`);
  return [...names].map(hashOf);
}

/** FNV-1a of the name with a seed of its own, so that no word or piece of a word lies on the same row but by chance. */
function hashOf(name: string): number {
  let hash = 0x51ab1e5d;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
