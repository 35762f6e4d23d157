import type { ReadStream } from 'node:tty';
import { letterKeys } from '../stages/review/letter-keys.ts';
import { readLines } from './read-lines.ts';

type Plain = 'right' | 'skip' | 'undo' | 'quit';

/** What a person answers about one mention. */
export type Answer =
  | { is: 'type'; type: string }
  | { is: Plain }
  /** Nothing that is known: asked again. */
  | { is: 'unknown'; said: string };

export interface Answers {
  /** The letter of each type, as in the inbox. */
  keys: ReadonlyMap<string, string>;
  next(): Promise<Answer>;
  close(): void;
}

const KEYS: Record<string, Plain> = {
  '\r': 'right',
  '\n': 'right',
  ' ': 'skip',
  z: 'undo',
  '\u007f': 'undo',
  q: 'quit',
  '\u0003': 'quit',
  '\u0004': 'quit',
  '\u001b': 'quit',
};
const WORDS: Record<string, Plain> = { '': 'right', ok: 'right', skip: 'skip', undo: 'undo', quit: 'quit' };

/**
 * Answers from a terminal, a key each; from a pipe, or where there are more types than letters, a line each. The end of
 * the input is a quit.
 */
export function answersOf(input: NodeJS.ReadStream, types: readonly string[]): Answers {
  const keys = letterKeys(types);
  const typeOf = new Map([...keys].map(([type, key]) => [key, type]));
  const read = (said: string, meanings: Record<string, Plain>): Answer => {
    const meaning = Object.hasOwn(meanings, said) ? meanings[said] : undefined;
    if (meaning !== undefined) return { is: meaning };
    const type = typeOf.get(said) ?? (types.includes(said) ? said : undefined);
    return type === undefined ? { is: 'unknown', said } : { is: 'type', type };
  };
  if (input.isTTY && types.every((type) => keys.has(type))) return fromKeys(input, keys, (key) => read(key, KEYS));
  const lines = readLines(input as AsyncIterable<Buffer>);
  return {
    keys,
    async next() {
      const { value, done } = await lines.next();
      const said = value === ' ' ? value : (value?.trim().toLowerCase() ?? '');
      return done ? { is: 'quit' } : read(said, { ...KEYS, ...WORDS });
    },
    close: () => input.pause(),
  };
}

/** Keys as they are pressed, none lost that came before it was asked for. */
function fromKeys(input: ReadStream, keys: ReadonlyMap<string, string>, read: (key: string) => Answer): Answers {
  const pressed: string[] = [];
  let wake = () => {};
  let ended = false;
  const onData = (chunk: Buffer) => {
    // An arrow or a function key is one escape sequence, and no answer.
    const text = chunk.toString('utf8');
    if (text.length > 1 && text.startsWith('\u001b')) return;
    pressed.push(...text);
    wake();
  };
  const onEnd = () => {
    ended = true;
    wake();
  };
  input.setRawMode(true);
  input.on('data', onData).once('end', onEnd);
  return {
    keys,
    async next() {
      while (pressed.length === 0 && !ended)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      const key = pressed.shift();
      return key === undefined ? { is: 'quit' } : read(key.toLowerCase());
    },
    close() {
      input.off('data', onData).off('end', onEnd);
      input.setRawMode(false);
      input.pause();
    },
  };
}
