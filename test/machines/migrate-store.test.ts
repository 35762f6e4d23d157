import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CompiledQuery } from 'kysely';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepIn } from '#kit';
import type { Store } from '../../src/core/ports.ts';
import { ROOT } from '../../src/settings.ts';
import { verifyAudit } from '../../src/store/audit.ts';
import type { TableShape } from '../../src/store/engine.ts';
import { LEFT } from '../../src/store/move/plan.ts';
import { openPostgresEngine, openPostgresStore } from '../../src/store/postgres/index.ts';
import { openSqliteEngine, openSqliteStore } from '../../src/store/sqlite/index.ts';
import { found, mentionIn, page } from '../contract/stores/support.ts';
import { createDatabase, dropDatabase, run } from '../postgres/databases.ts';

let url: string;
let folder: string;
const file = () => join(folder, 'earshot.db');
beforeEach(async () => {
  url = await createDatabase();
  folder = await mkdtemp(join(tmpdir(), 'earshot-move-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
  await dropDatabase(url);
});

function begin(to: string, env: Record<string, string> = {}) {
  const all = { ...process.env, EARSHOT_DATA: folder, NO_COLOR: '1', ...env };
  const child = spawn(process.execPath, [join(ROOT, 'bin/earshot.cjs'), 'migrate-store', '--to', to], { env: all });
  let printed = '';
  child.stdout.on('data', (text) => (printed += text));
  child.stderr.on('data', (text) => (printed += text));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, printed }));
  return { child, ended };
}
const migrate = (to: string, env?: Record<string, string>) => begin(to, env).ended;

/** A small store with something in every table, whoever added it: by what Earshot does, and by hand where that is not enough. */
async function fill(): Promise<TableShape[]> {
  const store = await openSqliteStore(file());
  await mentionIn(store, 'posted', 'p1', { text: '我的转账没有到账 please help', conversationId: 't1' });
  await mentionIn(store, 'approved', 'a1', { text: 'still waiting', conversationId: 't1' });
  await mentionIn(store, 'heard', 'h1', { text: "quotes ' and emoji 🙂 and a long line".repeat(200) });
  await mentionIn(store, 'drafted', 'gone', { text: 'to be erased' });
  await store.erase('forum', ['gone'], { at: 5, actor: 'mia', action: 'erased', subject: 'x', detail: {} });
  await store.savePage(page([], { cursor: { after: 'h1' }, coverage: [{ kind: 'seen', from: 1, to: 9 }] }));
  await store.close();
  const engine = await openSqliteEngine(file());
  const tables = await engine.tables();
  await engine.close();
  const database = new DatabaseSync(file());
  database.exec('pragma foreign_keys = off');
  for (const { name } of tables) {
    if (database.prepare(`select 1 from "${name}" limit 1`).get()) continue;
    const columns = database.prepare('select name, type from pragma_table_info(?)').all(name);
    const values = columns.map(({ type }) => (/text/i.test(String(type)) ? 'some' : 7));
    database
      .prepare(`insert into "${name}" (${columns.map((c) => `"${c.name}"`)}) values (${columns.map(() => '?')})`)
      .run(...values);
  }
  database.close();
  await writeFile(
    join(folder, 'workspace.json'),
    JSON.stringify({ version: 1, brand: { product: 'Acorn' }, keywords: ['moved'] }),
  );
  await keepIn(join(folder, 'kept'))('connector x').update('refresh token', () => 'secret-1');
  return tables;
}

function sqliteRows(path: string, { name, key, columns }: TableShape): unknown[] {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    return database
      .prepare(`select ${columns.map((c) => `"${c}"`)} from "${name}" order by ${key.map((c) => `"${c}"`)}`)
      .all();
  } finally {
    database.close();
  }
}

async function expectWhole(store: Store): Promise<void> {
  expect(await verifyAudit(store)).toMatchObject({ events: expect.any(Number) });
  expect(await verifyAudit(store)).not.toHaveProperty('brokenAt');
  const search = async (words: string) => (await store.queue({ search: words, limit: 10 })).rows.length;
  expect(await search('转账没有')).toBe(1);
  expect(await search('erased')).toBe(0);
  expect(await store.cursor('forum-1')).toEqual({ after: 'h1' });
}

/** In the empty store in PostgreSQL whoever has stored half of the mentions waits before the next one, until `end`. */
async function startsToWait(): Promise<{ end(): Promise<void> }> {
  await (await openPostgresStore(url)).close();
  const gate = new Client(url);
  await gate.connect();
  await gate.query('select pg_advisory_lock(1)');
  await gate.query(
    `create function wait_there() returns trigger language plpgsql as
       $$ begin
         if (select count(*) >= 3000 from mention) then perform pg_advisory_xact_lock(1); end if;
         return null;
       end $$;
     create trigger waits before insert on mention for each statement execute function wait_there()`,
  );
  return {
    async end() {
      await gate.query('select pg_advisory_unlock(1)');
      // Whoever waited there is dead, and what they did not finish is undone first.
      await gate.query('drop trigger waits on mention; drop function wait_there()');
      await gate.end();
    },
  };
}

describe('earshot migrate-store', { timeout: 120_000 }, () => {
  it('moves every table there is, settings and sign-ins, into PostgreSQL and back again', async () => {
    const tables = await fill();
    const there = await migrate(url);
    expect(there).toMatchObject({ code: 0, printed: expect.stringContaining('Set EARSHOT_DATABASE_URL') });
    expect(there.printed).not.toContain(new URL(url).password);

    const engine = await openPostgresEngine(url);
    const expected = tables.map(({ name }) => name).filter((name) => !(name in LEFT));
    for (const table of tables.filter(({ name }) => expected.includes(name) && !['settings', 'kept'].includes(name))) {
      const columns = table.columns.map((c) => `"${c}"`).join();
      const key = table.key.map((c) => `"${c}"`).join();
      const query = CompiledQuery.raw(`select ${columns} from "${table.name}" order by ${key}`);
      const { rows } = await engine.read.executeQuery(query);
      expect(rows.length, `${table.name} was filled and moved`).toBeGreaterThan(0);
      expect(rows, table.name).toEqual(sqliteRows(file(), table));
    }
    expect(Object.keys(LEFT).sort(), 'what is left behind is decided by hand').toEqual([
      ...['allowance', 'lease', 'migration', 'move_progress', 'slot'],
    ]);
    await engine.close();

    const store = await openPostgresStore(url);
    await expectWhole(store);
    expect(JSON.parse((await store.settings.read())?.document ?? '')).toMatchObject({ keywords: ['moved'] });
    expect(await store.kept.read('connector x', 'refresh token')).toBe('secret-1');
    const { added } = await store.savePage(page([found('later')]));
    expect(added, 'new rows get new numbers').toHaveLength(1);
    await store.close();

    const home = join(folder, 'back');
    await mkdir(home);
    const back = await migrate(`sqlite:${join(home, 'earshot.db')}`, { EARSHOT_DATABASE_URL: url });
    expect(back).toMatchObject({ code: 0, printed: expect.stringContaining('EARSHOT_DATA') });
    const again = await openSqliteStore(join(home, 'earshot.db'));
    await expectWhole(again);
    expect(await again.known('forum', ['later', 'p1'])).toEqual(new Set(['later', 'p1']));
    await again.close();
    expect(JSON.parse(await readFile(join(home, 'workspace.json'), 'utf8'))).toMatchObject({ keywords: ['moved'] });
    expect(await keepIn(join(home, 'kept'))('connector x').read('refresh token')).toBe('secret-1');
  });

  it('goes on after kill -9 where it was', async () => {
    const store = await openSqliteStore(file());
    for (let n = 0; n < 12; n++) {
      await store.savePage(
        page(Array.from({ length: 500 }, (_, i) => found(`m${n}-${i}`, { text: `words ${n} ${i} 到账` }))),
      );
    }
    await store.close();
    const mark = await startsToWait();
    const { child, ended } = begin(url);
    const copied = async () => {
      const rows = await run(url, `select coalesce(max(rows), 0) as rows from move_progress where name = 'mention'`);
      return Number(rows[0]?.rows);
    };
    await expect.poll(() => copied().catch(() => 0), { timeout: 60_000 }).toBe(3_000);
    child.kill('SIGKILL');
    expect((await ended).code).toBeNull();
    await mark.end();
    expect(await copied()).toBe(3_000);

    const other = await openSqliteStore(join(folder, 'other.db'));
    await other.close();
    const second = await migrate(url);
    expect(second).toMatchObject({ code: 0, printed: expect.stringContaining('went on where') });
    const moved = await openPostgresStore(url);
    expect((await moved.counts(0)).byState).toEqual({ heard: 6_000 });
    await moved.close();
  });

  it('writes over nothing: a store with anything in it is refused, and so is a second move', async () => {
    await fill();
    const foreign = await openPostgresStore(url);
    await mentionIn(foreign, 'heard', 'theirs');
    const refused = await migrate(url);
    expect(refused).toMatchObject({ code: 3, printed: expect.stringContaining('not empty') });
    expect((await foreign.counts(0)).byState).toEqual({ heard: 1 });
    await foreign.close();
    expect(await migrate(`sqlite:${file()}`)).toMatchObject({ code: 3, printed: expect.stringContaining('already') });
  });

  it('waits for nobody who is still at work', async () => {
    await fill();
    const store = await openPostgresStore(url);
    await store.machines.takeLease('process other-machine', 'other-machine', 60_000);
    await store.close();
    const refused = await migrate(`sqlite:${join(folder, 'new.db')}`, { EARSHOT_DATABASE_URL: url });
    expect(refused).toMatchObject({ code: 3, printed: expect.stringContaining('other-machine') });
  });
});
