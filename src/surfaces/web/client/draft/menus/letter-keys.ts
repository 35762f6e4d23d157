/** A letter for each id, of its own name where one is free, so that it can be remembered. Stable for a stable list. */
export function letterKeys(ids: readonly string[]): Map<string, string> {
  const keys = new Map<string, string>();
  const taken = new Set<string>();
  for (const id of ids) {
    const letters = [...initials(id), ...id, ...'abcdefghijklmnopqrstuvwxyz0123456789'];
    const key = letters.find((letter) => /[a-z0-9]/.test(letter) && !taken.has(letter));
    if (key === undefined) continue;
    taken.add(key);
    keys.set(id, key);
  }
  return keys;
}

const initials = (id: string): string[] => id.split('-').map((word) => word.charAt(0));
