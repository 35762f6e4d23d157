/** What these keys do stays free beside the letters of the types: undo, and quit. */
const RESERVED = ['z', 'q'];

/**
 * A letter for each id that can be remembered: the first one where it is free, else another of its name, else a digit.
 * The same in the inbox and in the terminal, and stable for a stable list. With more than 34 ids some go without.
 */
export function letterKeys(ids: readonly string[]): Map<string, string> {
  const keys = new Map<string, string>();
  const taken = new Set<string>(RESERVED);
  const give = (id: string, letters: Iterable<string>) => {
    for (const letter of letters) {
      if (keys.has(id) || taken.has(letter) || !/[a-z0-9]/.test(letter)) continue;
      keys.set(id, letter);
      taken.add(letter);
    }
  };
  for (const id of ids) give(id, id.charAt(0));
  for (const id of ids)
    give(id, [...id.split('-').map((word) => word.charAt(0)), ...id, ...'abcdefghijklmnopqrstuvwxyz0123456789']);
  return keys;
}
