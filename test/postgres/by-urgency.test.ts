import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Store } from '../../src/core/ports.ts';
import { openPostgresStore } from '../../src/store/postgres/index.ts';
import { found, page, T0 } from '../contract/stores/support.ts';
import { createDatabase, dropDatabase, run } from './databases.ts';

let url: string;
let store: Store;
beforeEach(async () => {
  url = await createDatabase();
  store = await openPostgresStore(url, { partitionLeast: 100 });
});
afterEach(async () => {
  await store.close();
  await dropDatabase(url);
});

/** One word in all, in every second, in one of a hundred, in one of all; pairs that stand together and the same ones apart. */
const textOf = (n: number) =>
  [
    `wallet number${n}`,
    n % 2 === 0 && 'often',
    n % 100 === 7 && 'seldom',
    n === 42 && 'needle',
    n % 3 === 0 ? '充值到账了' : '到账和充值',
  ]
    .filter(Boolean)
    .join(' ');

const WORDS = ['wallet', 'often', 'seldom', 'needle', 'nowhere', '值到', '充值到账', 'needle often', 'seldom wallet'];
const BEGINNINGS = ['numb', 'number4', 'sel', '充'];

it.each(['before', 'after'])(
  'a search by urgency finds what a look at each mention finds, %s its statistics',
  async (when) => {
    const all = Array.from({ length: 320 }, (_, n) =>
      found(`n${n}`, { text: textOf(n), saidAt: T0 + ((n * 7_919) % 997) }),
    );
    for (let first = 0; first < all.length; first += 80) await store.savePage(page(all.slice(first, first + 80)));
    if (when === 'after') await run(url, 'analyze');
    const { rows } = await store.queue({ limit: 1_000 });
    const listed = rows.map(({ mention }) => mention);
    const holds = (text: string, query: string) =>
      query.split(' ').every((word) => (/^[a-z]+$/.test(word) ? text.split(' ').includes(word) : text.includes(word)));
    for (const search of WORDS) {
      const wanted = listed.filter(({ text }) => holds(text, search)).map(({ nativeId }) => nativeId);
      const seen: string[] = [];
      for (let after: string | undefined, more = true; more; more = after !== undefined) {
        const got = await store.queue({ search, limit: 50, ...(after !== undefined && { after }) });
        seen.push(...got.rows.map(({ mention }) => mention.nativeId));
        after = got.next;
      }
      expect([search, seen]).toEqual([search, wanted]);
    }
    for (const search of BEGINNINGS) {
      const wanted = listed.filter(({ text }) => text.includes(search)).map(({ nativeId }) => nativeId);
      const got = await store.queue({ search, limit: 1_000 });
      expect([search, got.rows.map(({ mention }) => mention.nativeId)]).toEqual([search, wanted]);
    }
  },
);
