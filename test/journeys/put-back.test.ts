import { execFile } from 'node:child_process';
import { rename, rm, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../src/core/ports.ts';
import { openOutbox } from '../../src/stages/post/index.ts';
import { openPostgresStore } from '../../src/store/postgres/index.ts';
import { openHome } from '../cli/support.ts';
import { approved, clock, deps, forum, MINUTE, ONCE, setUpPosting, store } from '../platforms/posting.ts';
import { serverUrl } from '../postgres/databases.ts';
import { createDatabaseOn, dropDatabaseOn, run } from '../postgres/own-database.ts';
import { type Server, startServer } from '../postgres/server.ts';

let server: string;
let url: string;
setUpPosting(async () => {
  url = await createDatabaseOn(server);
  const opened = await openPostgresStore(url);
  const remove = async () => {
    await opened.close();
    await dropDatabaseOn(server, url);
  };
  return { store: opened, remove };
});

async function opened<T>(at: string, work: (store: Store) => Promise<T>): Promise<T> {
  const one = await openPostgresStore(at);
  return work(one).finally(() => one.close());
}

/** So many looks that the outbox takes by itself, as a new process. Ten: as long as a person might take to notice. */
const live = (at: string, passes = 10) =>
  opened(at, async (one) => {
    const outbox = openOutbox({ ...deps, store: one });
    for (let pass = 0; pass < passes; pass++) {
      if (pass > 0) clock.pass(3 * MINUTE);
      await outbox.run();
    }
  });

const stateOf = (id: string, at = url) => opened(at, async (one) => (await one.find(id))?.mention.state);
const wasPutBack = (at = url) => opened(at, (one) => one.wasPutBack());
const END = { 'platform-key': 'posted', 'look-up': 'posted', cannot: 'unsure' };

describe('a copy of the database by its own tools', () => {
  beforeAll(async () => {
    server = await serverUrl();
  });

  it.each(ONCE)('made by the server posts nothing again that went out since (%s)', async (once) => {
    const [id = ''] = await approved(once);
    await store.close();
    const copy = new URL(url);
    copy.pathname += '_copy';
    // File by file: what of it is another afterwards is the database alone.
    await run(server, `create database ${copy.pathname.slice(1)} template ${new URL(url).pathname.slice(1)}`);
    try {
      await live(url, 1);
      expect(forum.replies).toHaveLength(1);
      expect(await wasPutBack(copy.href)).toBe(true);
      await live(copy.href);
      expect(forum.replies).toHaveLength(1);
      expect(await stateOf(id, copy.href)).toBe(END[once]);
      expect(await wasPutBack(copy.href)).toBe(false);
    } finally {
      await dropDatabaseOn(server, copy.href);
    }
  });

  it('that is a dump, put back into the same database, does neither, and the log says what happened', async () => {
    const [id = ''] = await approved('cannot');
    await dump();
    expect(await openOutbox(deps).run()).toMatchObject({ posted: 1 });
    await store.close();
    await putBack();
    expect(await stateOf(id)).toBe('approved');
    await live(url);
    expect(forum.replies).toHaveLength(1);
    expect(await stateOf(id)).toBe('unsure');
    const history = (await opened(url, (one) => one.find(id)))?.history;
    expect(history?.findLast(({ action }) => action === 'unsure')?.detail).toMatchObject({ worker: 'put-back' });
  });

  it('has said nothing, and what is approved goes out once, where nothing was put back', async () => {
    const [id = ''] = await approved('cannot');
    await store.close();
    await live(url, 2);
    expect(await stateOf(id)).toBe('posted');
    expect(forum.replies).toHaveLength(1);
  });

  it('is noticed by a process that goes on while it is put back', async () => {
    const [id = ''] = await approved('look-up');
    await dump();
    const outbox = openOutbox(deps);
    expect(await outbox.run()).toMatchObject({ posted: 1 });
    await putBack();
    expect(await outbox.run()).toMatchObject({ posted: 0, unsure: 1 });
    for (let pass = 0; pass < 10; pass++) {
      clock.pass(3 * MINUTE);
      await outbox.run();
    }
    expect(forum.replies).toHaveLength(1);
    expect((await store.find(id))?.mention.state).toBe('posted');
  });
});

describe('a copy of the files of a whole server', () => {
  let own: Server;
  let files: string;
  beforeAll(async () => {
    own = await startServer();
    server = own.url;
    files = String((await run(server, 'show data_directory'))[0]?.data_directory);
    // Without an archive: recovery goes as far as the copy does.
    await run(server, `alter system set restore_command = 'false'`);
  }, 60_000);
  afterAll(() => own.stop());

  /** An approved reply, a copy of the files, the reply goes out, the files are put back. */
  async function goBack(once: (typeof ONCE)[number], recovery: boolean): Promise<string> {
    const [id = ''] = await approved(once);
    await store.close();
    await own.halt();
    // With its owner, who is not always us.
    await promisify(execFile)('cp', ['-a', files, `${files}.copy`]);
    await own.resume();
    await live(url, 1);
    expect(forum.replies).toHaveLength(1);
    await own.halt();
    await rm(files, { recursive: true });
    await rename(`${files}.copy`, files);
    if (recovery) await writeFile(`${files}/recovery.signal`, '');
    await own.resume();
    expect(await stateOf(id)).toBe('approved');
    return id;
  }

  it('that is recovered, as a replica that takes over is, posts nothing again', async () => {
    const id = await goBack('cannot', true);
    expect(await wasPutBack()).toBe(true);
    await live(url);
    expect(forum.replies).toHaveLength(1);
    expect(await stateOf(id)).toBe('unsure');
  });

  it('that nothing shows to be one posts nothing again after "earshot restored"', async () => {
    const id = await goBack('look-up', false);
    const home = await openHome();
    try {
      const { out, code } = await home.run(['restored'], { env: { EARSHOT_DATABASE_URL: url } });
      expect([code, out]).toEqual([0, expect.stringContaining('1 approved reply is unsure now')]);
    } finally {
      await home.close();
    }
    await live(url);
    expect(forum.replies).toHaveLength(1);
    expect(await stateOf(id)).toBe('posted');
  });
});

/** All rows of all tables beside them, as they are. */
async function dump(): Promise<void> {
  await run(url, 'create schema dump');
  for (const name of await tables()) await run(url, `create table dump."${name}" as table public."${name}"`);
}

/** As `pg_restore --clean` leaves a database: the rows of then, in tables that were made anew as far as it is looked at. */
async function putBack(): Promise<void> {
  const names = await tables();
  const rows = names.map((name) => `insert into public."${name}" select * from dump."${name}";`);
  const all = names.map((name) => `"${name}"`).join(', ');
  await run(
    url,
    `set session_replication_role = replica; alter table home rename to home_before;
      create table home (like home_before including all); drop table home_before;
      truncate ${all}; ${rows.join('')}`,
  );
}

const tables = async () => {
  const found = await run(
    url,
    `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition`,
  );
  return found.map(({ relname }) => String(relname));
};
