import { describe, expect, it } from 'vitest';
import type { TemplateUse } from '../../src/core/ports.ts';
import { TemplateUses } from '../../src/surfaces/web/server/template-uses.ts';

const use = { template: 'fees/en', problemType: 'fees', lang: 'en', platform: 'forum', approved: 1, unedited: 1 };

/** A store that answers when it is told to. */
function slowStore() {
  const asked: PromiseWithResolvers<TemplateUse[]>[] = [];
  return {
    asked,
    templateUse() {
      asked.push(Promise.withResolvers());
      return (asked.at(-1) as (typeof asked)[number]).promise;
    },
  };
}

describe('how people took to the templates', () => {
  it('is counted once a minute, however many mentions are opened, and nobody waits for a new count', async () => {
    const store = slowStore();
    const clock = { at: 1000, now: () => clock.at };
    const uses = new TemplateUses(store, clock);
    const [first, second] = [uses.get(), uses.get()];
    store.asked[0]?.resolve([use]);
    expect(await Promise.all([first, second])).toEqual([[use], [use]]);
    expect(store.asked).toHaveLength(1);

    clock.at += 60_000;
    expect(await uses.get()).toEqual([use]);
    expect(store.asked).toHaveLength(2);
    store.asked[1]?.resolve([{ ...use, approved: 2 }]);
    await expect.poll(() => uses.get()).toEqual([{ ...use, approved: 2 }]);
    expect(store.asked).toHaveLength(2);
  });

  it('is counted again at once after a count that failed; the one before stands meanwhile', async () => {
    const store = slowStore();
    const clock = { at: 1000, now: () => clock.at };
    const uses = new TemplateUses(store, clock);
    const failed = uses.get();
    store.asked[0]?.reject(new Error('the disk is full'));
    await expect(failed).rejects.toThrow('the disk is full');
    const again = uses.get();
    store.asked[1]?.resolve([use]);
    expect(await again).toEqual([use]);
    clock.at += 60_000;
    expect(await uses.get()).toEqual([use]);
    store.asked[2]?.reject(new Error('the disk is full'));
    await expect.poll(() => uses.get().then(() => store.asked.length)).toBe(4);
    expect(await uses.get()).toEqual([use]);
  });
});
