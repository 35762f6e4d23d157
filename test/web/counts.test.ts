import { describe, expect, it } from 'vitest';
import type { Counts, Store } from '../../src/core/ports.ts';
import { CountsCache } from '../../src/surfaces/web/server/counts.ts';

const counted = (urgent: number): Counts => ({ byState: {}, urgent, byAssignee: {}, scam: 0, sample: 0 });

/** A store whose counts are given out by the test, one by one. */
function countingStore() {
  const asked: PromiseWithResolvers<Counts>[] = [];
  const counts = () => {
    const one = Promise.withResolvers<Counts>();
    asked.push(one);
    return one.promise;
  };
  return { asked, cache: new CountsCache({ counts } as unknown as Store, { now: () => 0 }) };
}

describe('the counts', () => {
  it('are counted once, however many ask, until something changes', async () => {
    const { asked, cache } = countingStore();
    const both = [cache.get(), cache.get()];
    asked[0]?.resolve(counted(1));
    expect(await Promise.all(both)).toEqual([counted(1), counted(1)]);
    await cache.get();
    expect(asked).toHaveLength(1);
    cache.outdated();
    const next = cache.get();
    asked[1]?.resolve(counted(2));
    expect(await next).toEqual(counted(2));
  });

  it('are counted anew after a change, also while an older count is on its way', async () => {
    const { asked, cache } = countingStore();
    const older = cache.get();
    cache.outdated();
    const newer = cache.get();
    asked[1]?.resolve(counted(2));
    asked[0]?.resolve(counted(1));
    expect([await older, await newer, await cache.get()]).toEqual([counted(1), counted(2), counted(2)]);
  });

  it('are asked for again after a failure', async () => {
    const { asked, cache } = countingStore();
    const failing = cache.get();
    asked[0]?.reject(new Error('disk'));
    await expect(failing).rejects.toThrow('disk');
    const again = cache.get();
    asked[1]?.resolve(counted(3));
    expect(await again).toEqual(counted(3));
  });
});
