import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { attachmentsIn } from '../../src/attachments/index.ts';
import { mentionId } from '../../src/core/ids.ts';
import type { Store } from '../../src/core/ports.ts';
import { keepRetention } from '../../src/parts/retention.ts';
import { Workspace } from '../../src/workspace/schema.ts';
import { found, page, T0 } from '../contract/stores/support.ts';
import { createDatabase, dropDatabase, run } from './databases.ts';
import { bounds, eraseAll, hear, ids, openSmall, type Small, search } from './partitioned.ts';

let url: string;
let small: Small;
let store: Store;
/** Four partitions of a hundred; of the first two, all mentions but two were erased. */
const LEFT = ['n7', 'n150'];
beforeEach(async () => {
  url = await createDatabase();
  small = await openSmall(url);
  store = small.store;
  for (let start = 1; start < 401; start += 50) {
    await hear(store, ids(start, start + 50), T0 + start);
    await store.upkeep();
  }
  await eraseAll(
    store,
    ids(1, 201).filter((id) => !LEFT.includes(id)),
  );
});
afterEach(async () => {
  await store.close();
  await dropDatabase(url);
});

const all = () => [...ids(201, 401).reverse(), 'n150', 'n7'];
const BEFORE = [
  [undefined, 1],
  [1, 101],
  [101, 201],
  [201, 301],
  [301, 401],
  [401, 501],
];
const AFTER = [[undefined, 201], ...BEFORE.slice(3)];

it('emptied partitions go, what is left in them stays, and the log is told', async () => {
  expect(await bounds(small)).toEqual(BEFORE);
  expect(await store.upkeep()).toEqual([
    {
      did: 'emptied partitions of the search index are dropped',
      about: {
        partitions: 'mention_search_0, mention_search_1, mention_search_101',
        mentionsMoved: 2,
        megabytesFreed: expect.any(Number),
      },
    },
  ]);
  expect(await bounds(small)).toEqual(AFTER);
  expect(await search(store)).toEqual(all());
  expect(await run(url, `select 1 from pg_class where relname like 'mention\\_search\\_101%'`)).toEqual([]);
  expect(await store.upkeep()).toEqual([]);
});

it('what is left can be edited and erased, and what comes is found', async () => {
  await store.upkeep();
  await store.savePage(page([found('n7', { text: 'purse of n7', editedAt: T0 + 1 }), found('new')]));
  expect(await search(store, 'purse')).toEqual(['n7']);
  await eraseAll(store, LEFT);
  await store.upkeep();
  expect(await search(store)).toEqual(ids(201, 401).reverse());
  expect(await search(store, 'new')).toEqual(['new']);
});

it('several machines that do it at once do it once', async () => {
  const machines = await Promise.all([1, 2, 3].map(() => openSmall(url)));
  const done = await Promise.all(machines.map((machine) => machine.store.upkeep()));
  expect(done.flat().filter(({ did }) => did.startsWith('emptied partitions'))).toHaveLength(1);
  expect(await bounds(small)).toEqual(AFTER);
  await Promise.all(machines.map((machine) => machine.store.close()));
});

describe('a session that dies in the middle', () => {
  /** Ends whoever runs the given command of the definition language for the n-th time in its transaction. */
  const deadly = (nth: number) => `
    create or replace function deadly() returns event_trigger language plpgsql as $$
      declare seen integer := coalesce(nullif(current_setting('deadly.seen', true), ''), '0')::integer + 1;
      begin
        perform set_config('deadly.seen', seen::text, true);
        if seen = ${nth} then perform pg_terminate_backend(pg_backend_pid()); end if;
      end $$;
    create event trigger deadly on ddl_command_end execute function deadly()`;

  it('leaves everything as it was, whichever step it was at, and the next does it', async () => {
    let deaths = 0;
    for (let nth = 1; ; nth++) {
      await run(url, deadly(nth));
      const ended = await store.upkeep().then(
        () => 'done',
        () => 'died',
      );
      await run(url, 'drop event trigger deadly');
      expect(await search(store), `after death at step ${nth}`).toEqual(all());
      expect(await bounds(small)).toEqual(ended === 'died' ? BEFORE : AFTER);
      if (ended === 'done') break;
      deaths += 1;
    }
    expect(deaths, 'create, three times detach and drop, rename, attach').toBeGreaterThanOrEqual(9);
  });
});

describe('while somebody reads the index', () => {
  it('nothing is dropped and people go on; afterwards it is', { timeout: 30_000 }, async () => {
    const reader = new Client(url);
    await reader.connect();
    await reader.query('begin; select count(*) from mention_search');
    const upkeep = store.upkeep();
    expect(await search(store)).toEqual(all());
    await store.savePage(page([found('n7', { text: 'purse and wallet', editedAt: T0 + 1 })]));
    expect(await search(store, 'purse')).toEqual(['n7']);
    expect(await upkeep).toMatchObject([{ did: 'the search index is in use; what is empty there stays for now' }]);
    expect(await bounds(small)).toEqual(BEFORE);
    await reader.query('commit');
    await reader.end();
    await store.upkeep();
    expect(await bounds(small)).toEqual(AFTER);
  });
});

it('retention drops what it has emptied, in the same round, and says so', async () => {
  const decided = T0 + 1_000;
  for (const id of ids(201, 301).map((nativeId) => mentionId('forum', nativeId))) {
    const audit = { at: decided, actor: 'Mei', action: 'dismissed', subject: id, detail: {} };
    await store.decide({ mentionId: id, expectedVersion: 1, to: 'dismissed', audit });
  }
  const stop = new AbortController();
  const said: string[] = [];
  const info = (message: string) => {
    said.push(message);
    if (message.startsWith('emptied partitions')) stop.abort();
  };
  const folder = await mkdtemp(join(tmpdir(), 'earshot-dropping-'));
  const settings = Workspace.parse({ version: 1, brand: { product: 'Acorn Pay' }, retention: { closedDays: 30 } });
  await keepRetention(
    {
      store,
      workspace: { current: () => settings },
      clock: { now: () => T0 + 31 * 86_400_000 },
      log: { info, warn: expect.fail },
      attachments: attachmentsIn(folder),
    },
    stop.signal,
  );
  await rm(folder, { recursive: true });
  expect(said).toEqual(['what was kept long enough is erased', 'emptied partitions of the search index are dropped']);
  expect(await bounds(small)).toEqual([[undefined, 301], ...BEFORE.slice(4)]);
  expect(await search(store)).toEqual([...ids(301, 401).reverse(), 'n150', 'n7']);
});
