import { expect, it } from 'vitest';
import { crashRuns } from './reddit-runs.ts';

/** `CRASH_RUNS=200 npx vitest run test/crash/reddit` kills it that often. */
const RUNS = Number(process.env.CRASH_RUNS ?? 15);

it(`killed ${RUNS} times while answering on Reddit: none lost, none doubled`, {
  timeout: 240_000 + RUNS * 6_000,
}, async () => {
  const report = await crashRuns(RUNS);
  const { approved } = report;
  expect(approved).toBeGreaterThan(RUNS / 2);
  expect(report).toMatchObject({
    platform: 'reddit',
    runs: RUNS,
    posted: approved,
    lost: 0,
    doubled: 0,
    unsureOpen: 0,
  });
});
