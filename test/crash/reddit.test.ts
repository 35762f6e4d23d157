import { expect, it } from 'vitest';
import { serverUrl } from '../postgres/databases.ts';
import { type Engine, onPostgres, onSqlite } from './records.ts';
import { crashRuns } from './reddit-runs.ts';

/** `CRASH_RUNS=200 npx vitest run test/crash/reddit` kills it that often. */
const RUNS = Number(process.env.CRASH_RUNS ?? 8);
const ENGINES: Engine[] = ['sqlite', 'postgres'];

it.each(ENGINES)(
  'killed while answering on Reddit, records in %s: none lost, none doubled',
  {
    timeout: 240_000 + RUNS * 6_000,
  },
  async (engine) => {
    const report = await crashRuns(RUNS, engine === 'sqlite' ? onSqlite : onPostgres(await serverUrl()));
    const { approved } = report;
    expect(approved).toBeGreaterThan(RUNS / 2);
    expect(report).toMatchObject({ platform: 'reddit', engine, runs: RUNS, posted: approved });
    expect(report).toMatchObject({ lost: 0, doubled: 0, unsureOpen: 0 });
  },
);
