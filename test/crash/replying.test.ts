import { expect, it } from 'vitest';
import { serverUrl } from '../postgres/databases.ts';
import { type Engine, onPostgres, onSqlite } from './records.ts';
import { PLATFORMS } from './replying/platform.ts';
import { crashRuns } from './replying/runs.ts';

/** `CRASH_RUNS=200 npx vitest run test/crash/replying` kills it that often. */
const RUNS = Number(process.env.CRASH_RUNS ?? 8);
/** Each platform once, the engines in turn; `npm run crash` does all with all. */
const EACH = PLATFORMS.map((platform, at) => ({ platform, engine: (at % 2 === 0 ? 'sqlite' : 'postgres') as Engine }));

it.each(EACH)(
  'killed while answering on $platform, records in $engine: none lost, none doubled',
  { timeout: 240_000 + RUNS * 6_000 },
  async ({ platform, engine }) => {
    const report = await crashRuns(platform, RUNS, engine === 'sqlite' ? onSqlite : onPostgres(await serverUrl()));
    const { approved } = report;
    expect(approved).toBeGreaterThan(RUNS / 2);
    expect(report).toEqual({
      ...{ platform, engine, runs: RUNS },
      ...{ approved, posted: approved, lost: 0, doubled: 0, unsureOpen: 0 },
    });
  },
);
