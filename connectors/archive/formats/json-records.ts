import { asFailure } from '#kit';
import type { Position } from '../lines.ts';
import { countUnreadable, isObject, parseJson } from '../values.ts';
import type { Item, Outcome } from './format.ts';

/** One record as JSON bytes, to one item. `where` names the record for a person: "line 12". */
export function itemOf(
  bytes: Buffer | undefined,
  next: Position,
  where: string,
  cutOff: boolean,
  map: (record: Record<string, unknown>, where: string) => Outcome,
): Item {
  if (!bytes) return { next, skip: `${where}: longer than 10 MB` };
  const text = bytes.toString();
  const unreadable = countUnreadable(text);
  const read = tryParse(text);
  if ('error' in read) {
    return {
      next,
      unreadable,
      skip: `${where}: ${cutOff ? 'the file ends in the middle of it' : `no sound JSON (${read.error})`}`,
    };
  }
  if (!isObject(read.value)) return { next, unreadable, skip: `${where}: no JSON object` };
  return { next, unreadable, ...map(read.value, where) };
}

function tryParse(text: string): { value: unknown } | { error: string } {
  try {
    return { value: parseJson(text) };
  } catch (error) {
    // The message of a JSON error quotes the text: a person's words do not belong into reasons and logs.
    return {
      error: asFailure(error)
        .message.replace(/[,:]? *(\.\.\.)?".*$/s, '')
        .slice(0, 80),
    };
  }
}
