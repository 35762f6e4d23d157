import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { QueueQuery, Store } from '../../src/core/ports.ts';
import type { Place } from '../../src/store/engine.ts';
import { openPostgresStore } from '../../src/store/postgres/index.ts';
import { newestFirst } from '../../src/store/postgres/newest-first.ts';
import { found, page, T0 } from '../contract/stores/support.ts';
import { createDatabase, dropDatabase } from './databases.ts';
import { eraseAll, hear, ids, openSmall, SMALL } from './partitioned.ts';

let url: string;
beforeEach(async () => {
  url = await createDatabase();
});
afterEach(() => dropDatabase(url));

/** Pages as they came: whichever clock a machine had, whenever upkeep came. */
const life = fc.record({
  pages: fc.array(
    fc.record({
      at: fc.integer({ min: 1, max: 9 }),
      words: fc.array(fc.constantFrom('tea', 'milk', 'tea with milk'), { minLength: 1, maxLength: 6 }),
      upkeep: fc.boolean(),
    }),
    { minLength: 1, maxLength: 8 },
  ),
  limit: fc.integer({ min: 1, max: 7 }),
  erased: fc.array(fc.nat(30), { maxLength: 10 }),
});

it('gives the same pages as one list of all, whatever clocks say', async () => {
  const store = await openPostgresStore(url, { ...SMALL, partitionLeast: 8 });
  // Each case has words of its own, among the mentions of those before.
  let cases = 0;
  await fc.assert(
    fc.asyncProperty(life, async ({ pages, limit, erased }) => {
      cases += 1;
      const all: { id: string; at: number; text: string }[] = [];
      for (const { at, words, upkeep } of pages) {
        const some = words.map((text, n) => ({
          ...{ id: `case-${cases}-${all.length + n}`, at: T0 + at },
          text: text.replaceAll(/\w+/g, `$&${cases}`),
        }));
        await store.savePage(
          page(
            some.map(({ id, text }) => found(id, { text })),
            { at: T0 + at },
          ),
        );
        all.push(...some);
        if (upkeep) await store.upkeep();
      }
      const gone = new Set(erased.map((n) => `case-${cases}-${n}`));
      await eraseAll(store, [...gone]);
      if (erased.length > 3) await store.upkeep();

      const newest = all.toReversed().sort((a, b) => b.at - a.at);
      for (const word of [`tea${cases}`, `milk${cases}`, `with${cases}`, 'nothing']) {
        const left = newest.filter(({ id, text }) => text.includes(word) && !gone.has(id)).map(({ id }) => id);
        const expected = Array.from({ length: Math.max(1, Math.ceil(left.length / limit)) }, (_, n) =>
          left.slice(n * limit, (n + 1) * limit),
        );
        expect(await pagesOf(store, word, limit)).toEqual(expected);
      }
    }),
    { numRuns: 15 },
  );
  await store.close();
});

async function pagesOf(store: Store, search: string, limit: number): Promise<string[][]> {
  const all: string[][] = [];
  for (let query: QueueQuery | undefined = { search, order: 'newest', limit }; query; ) {
    const { rows, next }: Awaited<ReturnType<Store['queue']>> = await store.queue(query);
    all.push(rows.map(({ mention }) => mention.nativeId));
    query = next === undefined ? undefined : { ...query, after: next };
  }
  return all;
}

it('looks no further back than it has to', async () => {
  const { engine, store } = await openSmall(url);
  for (let month = 0; month < 8; month++) {
    await hear(store, ids(1 + 100 * month, 101 + 100 * month), T0 + month);
    await store.upkeep();
  }
  /** What is asked for when a word stands in every mention up to one month. */
  const looked = async (month: number, after?: Place) => {
    const asked: unknown[] = [];
    await newestFirst(engine.read, after, 5, async (numbers) => {
      asked.push([numbers.from, numbers.past]);
      const last = Math.min(numbers.past ?? 801, 100 * month + 101) - 1;
      if (last < (numbers.from ?? 0)) return [];
      const first = T0 + Math.floor((last - 1) / 100);
      return Array.from({ length: 5 }, (_, n) => ({ no: last - n, first, second: last - n }));
    });
    return asked;
  };
  expect(await looked(7), 'the newest alone, where they fill a page').toEqual([[701, undefined]]);
  expect(await looked(5), 'then twice as many each time').toEqual([
    [701, undefined],
    [501, 701],
  ]);
  expect(await looked(2)).toEqual([
    [701, undefined],
    [501, 701],
    [101, 501],
  ]);
  const after = { no: 310, first: T0 + 3, second: 310 };
  expect(await looked(3, after), 'nothing that is newer than the page before').toEqual([
    [701, undefined],
    [201, 401],
  ]);
  await store.close();
});
