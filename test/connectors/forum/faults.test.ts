import { expect, it } from 'vitest';
import { FORUMS, faultsOn } from '../../platforms/faults-forum.ts';

it.each(Object.keys(FORUMS) as (keyof typeof FORUMS)[])(
  'hears 600 posts on %s while one request in twenty fails: none missed, none doubled, few asked for twice',
  { timeout: 120_000 },
  async (forum) => {
    const { requests, leastRequests, injected: _, ...counts } = await faultsOn(forum)(600);
    expect(counts).toEqual({ platform: forum, sent: 600, stored: 600, missed: 0, doubled: 0 });
    expect(requests).toBeLessThan(leastRequests * 1.2 + 10);
  },
);
