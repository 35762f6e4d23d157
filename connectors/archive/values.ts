/** A value as one non-empty text, or nothing. Numbers keep their digits. */
export function word(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim() || undefined;
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined;
  // Document databases export ids as {"$oid": "…"} and long numbers as {"$numberLong": "…"}.
  if (isObject(value)) return word(value.$oid ?? value.$numberLong);
  return undefined;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Drops the undefined members, so that "not known" and "not there" are the same. */
export function compact<T extends object>(parts: { [K in keyof T]: T[K] | undefined }): T {
  const known: Partial<T> = {};
  for (const key in parts) if (parts[key] !== undefined) known[key] = parts[key] as T[typeof key];
  return known as T;
}

/**
 * JSON as text, except that whole numbers too long for a double keep their digits as text: ids of 17 and more digits
 * would otherwise meet each other.
 */
export function parseJson(text: string): unknown {
  return LONG_NUMBER.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text);
}

const LONG_NUMBER = /[:[,]\s*-?\d{16}/;

function keepDigits(_key: string, value: unknown, context?: { source?: string }): unknown {
  const long = typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value);
  return long && context?.source ? context.source : value;
}

/** How many characters were put in for bytes that mean nothing in the encoding. */
export function countUnreadable(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\uFFFD'); at !== -1; at = text.indexOf('\uFFFD', at + 1)) count += 1;
  return count;
}
