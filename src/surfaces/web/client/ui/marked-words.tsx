/** A text with some words in it marked, however they are written. `*` and `..` stand for what they find in a text. */
export function MarkedWords({ text, words }: { text: string; words: readonly string[] }) {
  const patterns = words.flatMap((word) => word.split('..').map((part) => part.replaceAll('*', '').trim()));
  const escaped = patterns.filter(Boolean).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const parts = escaped.length > 0 ? text.split(new RegExp(`(${escaped.join('|')})`, 'giu')) : [text];
  return Object.entries(parts).map(([at, part]) => (Number(at) % 2 === 1 ? <mark key={at}>{part}</mark> : part));
}
