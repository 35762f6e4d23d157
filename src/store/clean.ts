/**
 * Text as every engine can hold it. Lone surrogates are no Unicode and PostgreSQL refuses U+0000, so each becomes U+FFFD:
 * the length stays the same, and offsets of evidence go on pointing at the right words.
 */
export function clean(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD');
}

export function cleanOrNull(text: string | undefined): string | null {
  return text === undefined ? null : clean(text);
}

/** A value as JSON text, every string in it clean. Absent fields vanish. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner) => (typeof inner === 'string' ? clean(inner) : inner));
}

/** The address, if a browser may open it: http and https only, so that no `javascript:` ever reaches a page. */
export function webAddress(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  return /^https?:$/.test(new URL(url).protocol) ? clean(url) : undefined;
}

const LAST_INSTANT = 8.64e15;

/** The instant as a whole number that a date can hold, or the fallback when it is none. */
export function instant(at: number | undefined, fallback: number): number {
  return at !== undefined && Math.abs(at) <= LAST_INSTANT ? Math.trunc(at) : fallback;
}
