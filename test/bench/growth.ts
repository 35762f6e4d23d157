import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { openPostgresEngine } from '../../src/store/postgres/index.ts';
import { openSqliteEngine } from '../../src/store/sqlite/index.ts';
import { storeOver } from '../../src/store/store.ts';
import { type Server, startServer } from '../postgres/server.ts';
import { fill } from './fill.ts';
import type { Measurement } from './measurement.ts';
import type { Asked } from './pipeline-child.ts';
import { benchStart } from './start.ts';
import { benchStore } from './store.ts';

export const SIZES = [1_000, 10_000, 100_000, 1_000_000];
const PIPELINE_TEXTS = 5_000;

/** What a process is told so that it works on the store that was filled. */
export type Home = Record<'EARSHOT_DATA', string> & { EARSHOT_DATABASE_URL?: string };

/** The same measures at each size, over both engines: how the cost grows. A million takes about a quarter of an hour each. */
export async function* benchGrowth(
  texts: readonly string[],
  sizes: readonly number[] = SIZES,
  engines: readonly string[] = ['SQLite', 'PostgreSQL'],
): AsyncGenerator<Measurement> {
  const server = engines.includes('PostgreSQL') ? await startServer({ durable: true }) : undefined;
  try {
    for (const n of sizes) {
      if (engines.includes('SQLite')) yield* benchSize('SQLite', n, texts);
      if (server) yield* benchSize('PostgreSQL', n, texts, server);
    }
  } finally {
    await server?.stop();
  }
}

async function* benchSize(
  name: string,
  n: number,
  texts: readonly string[],
  server?: Server,
): AsyncGenerator<Measurement> {
  const dir = await mkdtemp(join(tmpdir(), 'earshot-bench-'));
  const home: Home = { EARSHOT_DATA: dir, ...(server && { EARSHOT_DATABASE_URL: await freshDatabase(server, n) }) };
  const one = (what: string, value: number, unit: string): Measurement => ({
    ...{ name: what, engine: name, n, unit },
    ...{ p50: value, p99: value },
  });
  try {
    const engine = await openEngine(home);
    const began = performance.now();
    await fill(engine, n);
    yield one('fill, straight into the tables', n / ((performance.now() - began) / 1000), 'mentions/s');
    if (server) await vacuum(home);
    yield* await benchStore(storeOver(engine), name, n);
    await engine.close();
    yield* await benchStart(home, name, n);
    yield* await pipelineAlone({ texts: texts.slice(0, PIPELINE_TEXTS), beside: { home, engine: name, n } });
  } finally {
    await rm(dir, { recursive: true });
    if (server) await ask(server.url, `drop database if exists bench_${n} with (force)`);
  }
}

/** In a process of its own, as a server is: what was measured before is neither in its memory nor in its compiled code. */
async function pipelineAlone(asked: Asked): Promise<Measurement[]> {
  const child = fork(join(import.meta.dirname, 'pipeline-child.ts'));
  const closed = once(child, 'close');
  let measured: Measurement[] | undefined;
  child.once('message', (answer) => {
    measured = answer as Measurement[];
  });
  child.send(asked);
  const [code] = await closed;
  if (!measured) throw new Error(`the pipeline ended with ${code} and measured nothing`);
  return measured;
}

const openEngine = ({ EARSHOT_DATA, EARSHOT_DATABASE_URL }: Home) =>
  EARSHOT_DATABASE_URL ? openPostgresEngine(EARSHOT_DATABASE_URL) : openSqliteEngine(join(EARSHOT_DATA, 'earshot.db'));

async function freshDatabase(server: Server, n: number): Promise<string> {
  await ask(server.url, `create database bench_${n}`);
  const url = new URL(server.url);
  url.pathname = `/bench_${n}`;
  return url.href;
}

/** As autovacuum would within minutes. */
const vacuum = ({ EARSHOT_DATABASE_URL = '' }: Home) => ask(EARSHOT_DATABASE_URL, 'vacuum analyze');

async function ask(url: string, statement: string): Promise<void> {
  const client = new Client(url);
  await client.connect();
  await client.query(statement).finally(() => client.end());
}
