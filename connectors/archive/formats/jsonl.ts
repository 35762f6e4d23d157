import { rejected } from '../bytes.ts';
import { findList } from '../elements.ts';
import { lines, type Position } from '../lines.ts';
import { Mapping } from '../mapping.ts';
import type { Format, Input, Item, Outcome, Reading } from './format.ts';
import { readList } from './json-list.ts';
import { itemOf } from './json-records.ts';

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
