import { useWords } from '../i18n/index.tsx';
import { type Piece, wordDifference } from './differing-words.ts';
import './word-difference.css';

/** A text with what went and what came marked in it, told apart by more than colour. */
export function WordDifference({ before, after }: { before: string; after: string }) {
  const { t } = useWords();
  const pieces = wordDifference(before, after);
  return (
    <p className="word-difference outside" dir="auto">
      {[...pieces.entries()].map(([at, piece]) => (
        <Part key={at} piece={piece} names={[t.settings.before, t.settings.after]} />
      ))}
    </p>
  );
}

function Part({ piece: { kind, text }, names }: { piece: Piece; names: readonly [string, string] }) {
  if (kind === 'same') return text;
  const Mark = kind === 'gone' ? 'del' : 'ins';
  return (
    <Mark>
      <span className="unseen">{kind === 'gone' ? names[0] : names[1]}: </span>
      {text}
    </Mark>
  );
}
