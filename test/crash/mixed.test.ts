import { describe, expect, it } from 'vitest';
import { serverUrl } from '../postgres/databases.ts';
import { mixedRuns } from './mixed-runs.ts';
import { type MakeRecords, onPostgres, onSqlite } from './records.ts';

const KILLS = Number(process.env.CRASH_RUNS ?? 8);

const ENGINES: [string, MakeRecords][] = [
  ['SQLite', onSqlite],
  ['PostgreSQL', async () => onPostgres(await serverUrl())()],
];

describe.each(ENGINES)('killed while everything is going on (%s)', (_, make) => {
  it('nothing that was acknowledged is lost, no reply is doubled, the log is whole', { timeout: 240_000 }, async () => {
    const records = await make();
    try {
      const report = await mixedRuns(records, KILLS);
      expect(report).toMatchObject({ lost: 0, doubled: 0, auditWhole: true });
      expect(report.actions).toBeGreaterThan(KILLS);
      expect(report.posted).toBeGreaterThan(0);
    } finally {
      await records.remove();
    }
  });
});
