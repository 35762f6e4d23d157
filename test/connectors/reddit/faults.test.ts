import { expect, it } from 'vitest';
import { faults } from '../../platforms/faults-reddit.ts';

it('hears 1,000 mentions while one request in twenty fails: none missed, none doubled', {
  timeout: 120_000,
}, async () => {
  const result = await faults(1000);
  expect(result).toMatchObject({ platform: 'reddit', sent: 1000, stored: 1000, missed: 0, doubled: 0 });
  // What fails costs a request, and the token and what we may do in a subreddit are asked once.
  expect(result.requests).toBeLessThan(result.leastRequests * 1.4 + 5);
});
