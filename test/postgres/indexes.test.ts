import { afterEach, beforeEach, expect, it } from 'vitest';
import { MIGRATIONS } from '../../src/store/migrations/index.ts';
import { openPostgresStore } from '../../src/store/postgres/index.ts';
import { found, page } from '../contract/stores/support.ts';
import { createDatabase, dropDatabase, run } from './databases.ts';

let url: string;
beforeEach(async () => {
  url = await createDatabase();
});
afterEach(() => dropDatabase(url));

const MADE = { did: 'an index was made', about: expect.objectContaining({ name: 'mention_by_type' }) };
const valid = async () =>
  (await run(url, `select indisvalid from pg_index where indexrelid = to_regclass('mention_by_type')`))[0]?.indisvalid;

it('by type is made with the upgrade where there are few mentions', async () => {
  const before = MIGRATIONS.slice(
    0,
    MIGRATIONS.findIndex(({ name }) => name === 'mentions by their type'),
  );
  const old = await openPostgresStore(url, { migrations: before });
  await old.savePage(page([found('n1')]));
  await old.close();
  expect(await valid()).toBeUndefined();
  const store = await openPostgresStore(url);
  expect(await valid()).toBe(true);
  expect(await store.upkeep()).toEqual([]);
  await store.close();
});

it('that the upgrade left out is made by upkeep, once, whoever does it, while mentions come', async () => {
  const stores = [await openPostgresStore(url), await openPostgresStore(url)];
  // As on a large database, where nobody is to wait for it.
  await run(url, 'drop index mention_by_type');
  const [one, two, saved] = await Promise.all([
    stores[0]?.upkeep(),
    stores[1]?.upkeep(),
    stores[1]?.savePage(page([found('n1')])),
  ]);
  // Where they meet, one of them may have more to say.
  expect([...(one ?? []), ...(two ?? [])].filter(({ did }) => did === MADE.did)).toEqual([MADE]);
  expect(saved?.added).toHaveLength(1);
  expect(await valid()).toBe(true);
  for (const store of stores) await store.close();
});

it('that was cut off half made is made anew', async () => {
  const store = await openPostgresStore(url);
  // What `create index concurrently` leaves behind when its process is killed.
  await run(url, `update pg_index set indisvalid = false where indexrelid = 'mention_by_type'::regclass`);
  expect(await store.upkeep()).toEqual([MADE]);
  expect(await valid()).toBe(true);
  expect(await store.upkeep()).toEqual([]);
  await store.close();
});

it('by type answers for a rare type in whatever is closed, in an order that no index has', async () => {
  const store = await openPostgresStore(url);
  await store.close();
  const plan = await run(
    url,
    `set enable_seqscan = off; explain (costs off) select no, rank, said_at from mention
      where problem_type in ('fees') and state in ('posted', 'dismissed') order by rank + 0, said_at + 0, no limit 51`,
  );
  expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toContain('mention_by_type');
});
