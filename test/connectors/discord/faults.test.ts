import { expect, it } from 'vitest';
import { faults } from '../../platforms/faults-discord.ts';

it('1,000 messages with one request in twenty going wrong: none missed, none doubled', {
  timeout: 60_000,
}, async () => {
  const report = await faults(1000);
  expect(report).toMatchObject({ platform: 'discord', sent: 1000, stored: 1000, missed: 0, doubled: 0 });
  expect(report.requests).toBeLessThan(report.leastRequests * 1.2);
});
