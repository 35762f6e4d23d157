export interface Piece {
  kind: 'same' | 'gone' | 'come';
  text: string;
}

/** Beyond this, what changed is shown as a whole: the table of the comparison grows with the square. */
const MOST = 1200;

/** Words, single Chinese characters, blanks and signs, as people change them. */
const TOKEN = /\p{Script=Han}|\{\{\w+\}\}|[\p{L}\p{N}'’]+|\s+|[^\p{L}\p{N}\s]/gu;

/**
 * What went and what came between two texts, in order, by the longest common sequence of words. The pieces that are not
 * `come` make up the one text, those that are not `gone` the other.
 */
export function wordDifference(before: string, after: string): Piece[] {
  const [old, now] = [before.match(TOKEN) ?? [], after.match(TOKEN) ?? []];
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start++;
  let end = 0;
  while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) end++;
  const middle = between(old.slice(start, old.length - end), now.slice(start, now.length - end));
  return joined([
    ...old.slice(0, start).map((text) => ({ kind: 'same' as const, text })),
    ...middle,
    ...old.slice(old.length - end).map((text) => ({ kind: 'same' as const, text })),
  ]);
}

function between(old: readonly string[], now: readonly string[]): Piece[] {
  const gone = (text: string): Piece => ({ kind: 'gone', text });
  const come = (text: string): Piece => ({ kind: 'come', text });
  if (old.length > MOST || now.length > MOST) return [...old.map(gone), ...now.map(come)];
  const width = now.length + 1;
  const longest = new Uint16Array((old.length + 1) * width);
  const at = (i: number, j: number) => longest[i * width + j] as number;
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = now.length - 1; j >= 0; j--)
      longest[i * width + j] = old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const pieces: Piece[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      pieces.push({ kind: 'same', text: old[i] as string });
      i++;
      j++;
    } else if (i < old.length && (j === now.length || at(i + 1, j) >= at(i, j + 1)))
      pieces.push(gone(old[i++] as string));
    else pieces.push(come(now[j++] as string));
  }
  return pieces;
}

/**
 * Neighbours of one kind as one; between two changes, what went stands before what came. Blanks and signs that are alike
 * between two changes go with them: single words torn apart can be read by nobody.
 */
function joined(pieces: readonly Piece[]): Piece[] {
  const runs: Piece[] = [];
  let changed = { gone: '', come: '' };
  let alike = '';
  const flush = () => {
    if (changed.gone) runs.push({ kind: 'gone', text: changed.gone });
    if (changed.come) runs.push({ kind: 'come', text: changed.come });
    if (alike) same(alike);
    changed = { gone: '', come: '' };
    alike = '';
  };
  const same = (text: string) => {
    const last = runs.at(-1);
    if (last?.kind === 'same') last.text += text;
    else runs.push({ kind: 'same', text });
  };
  for (const { kind, text } of pieces) {
    if (kind !== 'same') {
      changed.gone += alike;
      changed.come += alike;
      alike = '';
      changed[kind] += text;
    } else if ((changed.gone || changed.come) && !/[\p{L}\p{N}\n]/u.test(text)) alike += text;
    else {
      flush();
      same(text);
    }
  }
  flush();
  return runs;
}
