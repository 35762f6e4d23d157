import { ElementSplitter } from '../elements.ts';
import type { Position } from '../lines.ts';
import type { Item, Outcome, Reading } from './format.ts';
import { itemOf } from './json-records.ts';

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
