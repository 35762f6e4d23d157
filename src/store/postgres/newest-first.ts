import type { Db, Place, Tx } from '../engine.ts';
import { lastNumber, type Partition, partitionsOf } from './partitions.ts';

/** Numbers of mentions from the first to the one before `past`; without end where one is left out. */
export interface Numbers {
  from?: number | undefined;
  past?: number | undefined;
}

/**
 * The first places of a list by arrival, the newest first, looked for in the newest partition, then in twice as many before
 * it, and so on, until the page is full and nothing older can come before its end. Mentions are numbered in the order of
 * arrival, but clocks of machines differ: what decides is when a partition's mentions were heard, and as long as that is not
 * known, the partition is looked into.
 *
 * @param after what the page before ended with
 * @param find the first `limit` places among some numbers, in the order of the list
 */
export async function newestFirst(
  db: Db | Tx,
  after: Place | undefined,
  limit: number,
  find: (numbers: Numbers) => Promise<Place[]>,
): Promise<Place[]> {
  const used = await lastNumber(db);
  const partitions = (await partitionsOf(db)).filter(
    ({ from = 0, heardFrom }) => from <= used && !(after && heardFrom !== null && after.first < heardFrom),
  );
  if (partitions.length === 0) return find({});
  let page: Place[] = [];
  let rest = partitions.length;
  for (let size = 1; rest > 0; size *= 2) {
    const next = Math.max(0, rest - size);
    const past = rest === partitions.length ? undefined : partitions[rest - 1]?.past;
    page = [...page, ...(await find({ from: partitions[next]?.from, past }))].sort(byArrival).slice(0, limit);
    rest = next;
    const last = page.at(limit - 1);
    if (last && last.first >= heardUntil(partitions.slice(0, rest))) break;
  }
  return page;
}

const byArrival = (a: Place, b: Place) => b.first - a.first || b.no - a.no;

const heardUntil = (partitions: readonly Partition[]) =>
  Math.max(...partitions.map((partition) => partition.heardUntil ?? Number.POSITIVE_INFINITY));
