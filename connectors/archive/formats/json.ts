/** JSON: a record in each line, or a list of them, each record with fields by names that we know. */
import { asFailure } from '#kit';
import { rejected } from '../bytes.ts';
import { Mapping } from '../messages.ts';
import { countUnreadable, ElementSplitter, findList, isObject, lines, type Position, parseJson } from '../text.ts';
import type { Format, Input, Item, Outcome, Reading } from './format.ts';

type MapRecord = (record: Record<string, unknown>, where: string) => Outcome;

/** One JSON object a line. */
export const jsonl: Format = {
  start: ({ file }) => ({ offset: file.bomLength, line: 0 }),
  read: (input, from) => readLines(input, from, freeRecords(input)),
};

/** The same objects in one JSON list. */
export const json: Format = {
  start({ file }) {
    const list = findList(file.head);
    if (!list) throw rejected(file.path, 'is no JSON list: it does not start with "["');
    return { offset: list.offset, line: 0 };
  },
  read: (input, from) => readList(input, from, 'record', freeRecords(input)),
};

/** Reads line by line; empty lines count, and are passed over. */
export async function* readLines({ file, signal }: Reading, from: Position, map: MapRecord): AsyncGenerator<Item> {
  for await (const batch of lines(file.read(from.offset, signal), from)) {
    for (const { bytes, next } of batch) {
      if (bytes && isBlank(bytes)) continue;
      const cutOff = bytes !== undefined && bytes.at(-1) !== 10;
      yield itemOf(bytes, next, `line ${next.line}`, cutOff, map);
    }
  }
}

const isBlank = (line: Buffer) => line.length <= 2 && /^\s*$/.test(line.toString('latin1'));

function freeRecords({ file, options }: Input): MapRecord {
  const mapping = new Mapping(options, file.path);
  return (record, where) => {
    const said = mapping.read(record);
    return said ? { said } : { skip: `${where}: no text in it` };
  };
}

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

/** Reads the members of a JSON list without holding the list. `noun` is what a member is called: "message". */
export async function* readList(
  { file, signal }: Reading,
  from: Position,
  noun: string,
  map: (record: Record<string, unknown>, where: string) => Outcome,
): AsyncGenerator<Item> {
  const splitter = new ElementSplitter(from);
  let last = from;
  for await (const chunk of file.read(from.offset, signal)) {
    for (const { bytes, next } of splitter.push(chunk)) {
      last = next;
      yield itemOf(bytes, next, `${noun} ${next.line}`, false, map);
    }
    if (splitter.closed) return;
  }
  yield { next: last, skip: `${noun} ${last.line + 1}: the file ends in the middle of the list` };
}
