/** Where the values of a JSON text stand, and where it stops being JSON. */
export interface Located {
  /** Offset of each value, by its path joined with dots ("sources.0.id"). */
  offsets: Map<string, number>;
  /** Offset of the first character that cannot be, if any. */
  brokenAt?: number;
}

const BLANK = /[ \t\r\n]*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids exactly these in a string
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const ATOM = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** Values inside each other: settings need a handful, and each costs stack. */
const DEEPEST = 100;

/** Walks a JSON text once. JSON.parse names no place for some faults, and none at all for a value that the schema refuses. */
export function locate(text: string): Located {
  const offsets = new Map<string, number>();
  let at = 0;

  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  };
  const skipBlank = () => take(BLANK);
  const eat = (character: string): boolean => {
    skipBlank();
    if (text[at] !== character) return false;
    at++;
    return true;
  };

  const members = (close: string, one: (index: number) => boolean): boolean => {
    if (eat(close)) return true;
    for (let index = 0; ; index++) {
      if (!one(index)) return false;
      if (eat(close)) return true;
      if (!eat(',')) return false;
    }
  };
  const value = (path: string, depth = 0): boolean => {
    skipBlank();
    if (depth > DEEPEST) return false;
    offsets.set(path, at);
    const inside = (name: string | number) => value(path === '' ? `${name}` : `${path}.${name}`, depth + 1);
    if (eat('[')) return members(']', inside);
    if (!eat('{')) return (take(STRING) ?? take(ATOM)) !== undefined;
    return members('}', () => {
      skipBlank();
      const name = take(STRING);
      return name !== undefined && eat(':') && inside(JSON.parse(name));
    });
  };

  const whole = value('');
  skipBlank();
  return whole && at === text.length ? { offsets } : { offsets, brokenAt: at };
}

/** The line and column of an offset, both from 1. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { line, column: offset - before.lastIndexOf('\n') };
}
