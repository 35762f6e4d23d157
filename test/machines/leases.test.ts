import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepIn } from '#kit';
import { ELSEWHERE, underLease, whileHeld } from '../../src/core/leases.ts';
import type { Store } from '../../src/core/ports.ts';
import { keepInStore } from '../../src/parts/shared-keep.ts';
import { openPostgresStore } from '../../src/store/postgres/index.ts';
import { createDatabase, dropDatabase, run } from '../postgres/databases.ts';

let url: string;
let one: Store;
let two: Store;
beforeAll(async () => {
  url = await createDatabase();
  [one, two] = await Promise.all([openPostgresStore(url), openPostgresStore(url)]);
});
afterAll(async () => {
  await Promise.all([one.close(), two.close()]);
  await dropDatabase(url);
});

const never = new AbortController().signal;
const of = (store: Store, holder: string) => ({ machines: store.machines, holder });

/** Resolves when the signal is aborted. */
const aborted = (signal: AbortSignal) =>
  signal.aborted ? Promise.resolve() : new Promise((resolve) => signal.addEventListener('abort', resolve));

describe('work under a lease', () => {
  it('keeps others off while it lasts, longer than one lease, and is over when it is over', async () => {
    const leaseMs = 5_000;
    const asked: unknown[] = [];
    const first = await underLease(
      of(one, 'a'),
      'long',
      async () => {
        // Longer than the lease, by the clock of the database; and the lease so long that a busy machine is in time to renew it.
        for (const since = await one.machines.now(); (await one.machines.now()) - since < 1.2 * leaseMs; ) {
          asked.push(await underLease(of(two, 'b'), 'long', async () => 'mine', { signal: never }));
          await pause(350);
        }
        return 'done';
      },
      { signal: never, leaseMs },
    );
    expect(first).toBe('done');
    expect(new Set(asked)).toEqual(new Set([ELSEWHERE]));
    expect(await underLease(of(two, 'b'), 'long', async () => 'mine', { signal: never })).toBe('mine');
  });

  it('keeps two works of one process apart as well', async () => {
    const outer = underLease(
      of(one, 'a'),
      'same',
      () => underLease(of(one, 'a'), 'same', async () => 'twice', { signal: never }),
      { signal: never },
    );
    expect(await outer).toBe(ELSEWHERE);
  });

  it('waits for its turn where it is told to', async () => {
    const order: string[] = [];
    const work = (name: string) => async () => {
      order.push(`${name} begins`);
      await pause(30);
      order.push(`${name} ends`);
    };
    await Promise.all(
      ['a', 'b', 'c'].map((name, at) =>
        underLease(of(at % 2 ? one : two, name), 'turn', work(name), { signal: never, waitMs: 20_000 }),
      ),
    );
    expect(order).toHaveLength(6);
    for (let at = 0; at < 6; at += 2) expect(order[at]?.[0]).toBe(order[at + 1]?.[0]);
  });

  it('is told when another has taken the lease', async () => {
    await underLease(
      of(one, 'a'),
      'taken',
      async (signal) => {
        await run(url, `update lease set holder = 'thief', until = until + 60000 where name = 'taken'`);
        await aborted(signal);
        expect(String(signal.reason)).toContain('lost');
      },
      { signal: never, leaseMs: 500 },
    );
    expect((await run(url, `select holder from lease where name = 'taken'`))[0]).toEqual({ holder: 'thief' });
  });

  it('is told before anybody else can take it, when the store does not answer', async () => {
    let dead = false;
    const cut = {
      holder: 'a',
      machines: {
        takeLease: (name: string, holder: string, ms: number) =>
          dead ? new Promise<boolean>(() => {}) : one.machines.takeLease(name, holder, ms),
        giveBack: async () => {},
      },
    };
    let elsewhere: unknown;
    await underLease(
      cut,
      'dead',
      async (signal) => {
        dead = true;
        await aborted(signal);
        elsewhere = await underLease(of(two, 'b'), 'dead', async () => 'mine', { signal: never });
      },
      { signal: never, leaseMs: 8_000 },
    );
    expect(elsewhere).toBe(ELSEWHERE);
    expect(await underLease(of(two, 'b'), 'dead', async () => 'mine', { signal: never, waitMs: 20_000 })).toBe('mine');
  });
});

it('lasting work goes on in another process when its holder is gone, and never in two', async () => {
  const stops = { a: new AbortController(), b: new AbortController() };
  const holding: string[] = [];
  const events: string[] = [];
  const hold = (name: 'a' | 'b', store: Store) =>
    whileHeld(
      of(store, name),
      'lasting',
      async (signal) => {
        holding.push(name);
        events.push(`${name} of ${holding.length}`);
        await aborted(signal);
        holding.splice(holding.indexOf(name), 1);
      },
      { signal: stops[name].signal },
    );
  const ends = [hold('a', one)];
  await expect.poll(() => events).toEqual(['a of 1']);
  ends.push(hold('b', two));
  stops.a.abort();
  await expect.poll(() => events, { timeout: 30_000 }).toEqual(['a of 1', 'b of 1']);
  stops.b.abort();
  await Promise.all(ends);
});

describe('what connectors keep, in a database', () => {
  const addOne = (text: string | undefined) => String(Number(text ?? 0) + 1);

  it('changes one at a time over all processes, and begins with what this machine had', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'earshot-keep-'));
    const local = keepIn(folder);
    await local('source x').update('count', () => '5');
    const keeps = [one, two].map((store, at) => keepInStore(store.kept, of(store, `p${at}`), local)('source x'));
    expect(await keeps[1]?.read('count')).toBe('5');
    await Promise.all(Array.from({ length: 12 }, (_, at) => keeps[at % 2]?.update('count', addOne)));
    expect(await keeps[0]?.read('count')).toBe('17');
    expect(await local('source x').read('count')).toBe('5');
    await expect(keeps[0]?.update('count', () => Promise.reject(new Error('no answer')))).rejects.toThrow('no answer');
    expect(await keeps[1]?.read('count')).toBe('17');
    await rm(folder, { recursive: true });
  });
});
