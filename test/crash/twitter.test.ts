import { expect, it } from 'vitest';
import { serverUrl } from '../postgres/databases.ts';
import { type Engine, onPostgres, onSqlite } from './records.ts';
import { crashRuns } from './twitter-runs.ts';

/** `CRASH_RUNS=200 npx vitest run test/crash/twitter` kills more often. */
const RUNS = Number(process.env.CRASH_RUNS ?? 8);
const ENGINES: Engine[] = ['sqlite', 'postgres'];

it.each(ENGINES)(
  'killed while answering on X, records in %s: none lost, none doubled',
  {
    timeout: 60_000 + RUNS * 8_000,
  },
  async (engine) => {
    const report = await crashRuns(RUNS, engine === 'sqlite' ? onSqlite : onPostgres(await serverUrl()));
    expect(report).toMatchObject({ platform: 'twitter', engine, runs: RUNS, lost: 0, doubled: 0, unsureOpen: 0 });
    expect(report.approved).toBeGreaterThan(0);
    expect(report.posted).toBe(report.approved);
  },
);
