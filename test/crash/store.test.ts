import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../src/core/ports.ts';
import { verifyAudit } from '../../src/store/audit.ts';
import { openPostgresStore } from '../../src/store/postgres/index.ts';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';
import { createDatabase, dropDatabase } from '../postgres/databases.ts';

const KILLS = 15;
const WRITER = join(import.meta.dirname, 'store-writer.ts');

type Said =
  | { did: 'page'; nativeIds: string[]; cursor: { round: string; turn: number } }
  | { did: 'dismissed' | 'approved'; id: string };

/** The same numbers in every run: how many answers each process gives before it is killed. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

/** Lets a writer run until it has said so many things, kills it in the middle of the next, and gives what it said. */
async function runAndKill(place: string, round: number, chance: number): Promise<Said[]> {
  const after = 1 + Math.floor(chance * 80);
  const child = spawn(process.execPath, [WRITER, place, `r${round}`], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said: Said[] = [];
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    said.push(JSON.parse(line) as Said);
    // Somewhere within its next few writes: it has not stopped to wait for us.
    if (said.length === after) setTimeout(() => child.kill('SIGKILL'), (chance * 1_000) % 5);
  });
  const [[code, signal]] = await Promise.all([once(child, 'exit'), once(lines, 'close')]);
  expect({ code, signal }).toEqual({ code: null, signal: 'SIGKILL' });
  return said;
}

/** Everything the store answered is there, and nothing is half there. */
async function check(store: Store, said: readonly Said[]): Promise<void> {
  for (const event of said) {
    if (event.did === 'page') {
      expect(await store.known('forum', event.nativeIds)).toEqual(new Set(event.nativeIds));
      continue;
    }
    const found = await store.find(event.id);
    expect(found?.history.map(({ action }) => action)).toContain(event.did);
    if (event.did === 'approved')
      expect(found).toMatchObject({ mention: { state: 'approved' }, approval: { state: 'approved' } });
  }
  const pages = said.filter((event) => event.did === 'page');
  const cursor = (await store.cursor('forum')) as { round: string; turn: number };
  expect(cursor.turn, 'a cursor is never behind what was answered').toBeGreaterThanOrEqual(
    pages.at(-1)?.cursor.turn ?? 0,
  );
  const last = Array.from({ length: 5 }, (_, i) => `${cursor.round}-${cursor.turn}-${i}`);
  expect((await store.known('forum', last)).size, 'and never ahead of its mentions').toBe(5);
  expect(await verifyAudit(store)).not.toHaveProperty('brokenAt');
}

const ENGINES = [
  {
    name: 'SQLite',
    make: async () => join(mkdtempSync(join(tmpdir(), 'earshot-kill-')), 'store.db'),
    open: openSqliteStore,
    remove: async (file: string) => rmSync(dirname(file), { recursive: true, force: true }),
  },
  { name: 'PostgreSQL', make: createDatabase, open: openPostgresStore, remove: dropDatabase },
];

describe.each(ENGINES)('a store in $name whose process is killed', ({ make, open, remove }) => {
  let place: string;
  beforeAll(async () => {
    place = await make();
  });
  afterAll(() => remove(place));

  it(`has kept all that it answered, ${KILLS} times over`, { timeout: 120_000 }, async () => {
    const all: Said[] = [];
    const random = numbers(20_260_115);
    for (let round = 0; round < KILLS; round += 1) {
      const said = await runAndKill(place, round, random.next().value as number);
      all.push(...said);
      const store = await open(place);
      try {
        await check(store, said);
      } finally {
        await store.close();
      }
    }
    const store = await open(place);
    const counts = await store.counts(0);
    const audited = (await verifyAudit(store)).events;
    await store.close();
    const pages = all.filter(({ did }) => did === 'page').length;
    const stored = Object.values(counts.byState).reduce((sum, count) => sum + count, 0);
    expect(pages).toBeGreaterThan(KILLS);
    expect(stored % 5, 'whole pages only').toBe(0);
    expect(stored).toBeGreaterThanOrEqual(pages * 5);
    expect(stored, 'at most the one page a process had not answered yet').toBeLessThanOrEqual((pages + KILLS) * 5);
    expect(audited).toBeGreaterThanOrEqual(all.length - pages);
  });
});
