import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}', 'src/**/*.test.{ts,tsx}', 'connectors/**/*.test.ts'],
    // A PostgreSQL server for the tests that ask for one.
    globalSetup: './test/postgres/global-setup.ts',
    // Two workers: the crash and browser tests start processes of their own.
    maxWorkers: 2,
    setupFiles: ['./test/setup.ts'],
    reporters: ['default', './test/plain-summary.ts'],
    // For what hangs. Nothing is measured by it: a browser on a busy machine is slow.
    testTimeout: 90_000,
    hookTimeout: 60_000,
    // On a machine that does much else a second is no measure.
    expect: { poll: { timeout: 15_000 } },
  },
});
