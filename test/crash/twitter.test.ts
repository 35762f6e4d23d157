import { expect, it } from 'vitest';
import { crashRuns } from './twitter-runs.ts';

/** `CRASH_RUNS=200 npx vitest run test/crash/twitter` kills more often. */
const RUNS = Number(process.env.CRASH_RUNS ?? 15);

it('killed while answering on X: none lost, none doubled', { timeout: 60_000 + RUNS * 8_000 }, async () => {
  const report = await crashRuns(RUNS);
  expect(report).toMatchObject({
    platform: 'twitter',
    engine: 'sqlite',
    runs: RUNS,
    lost: 0,
    doubled: 0,
    unsureOpen: 0,
  });
  expect(report.approved).toBeGreaterThan(0);
});
