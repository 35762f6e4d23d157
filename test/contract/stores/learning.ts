import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Store } from '../../../src/core/ports.ts';
import { assessment, decideNow, type EngineUnderTest, event, fresh, mentionIn, T0 } from './support.ts';

/** What people teach: corrections, and dismissals that say what a mention is about. */
export function learning(engine: EngineUnderTest): void {
  let place: Awaited<ReturnType<typeof fresh>>;
  let store: Store;
  beforeEach(async () => {
    place = await fresh(engine);
    store = place.store;
  });
  afterEach(() => place.done());

  it('keeps corrections as examples, with the decision they belong to', async () => {
    const id = await mentionIn(store, 'drafted', 'm1');
    const correction = { mentionId: id, text: '充值失败', from: 'other', to: 'top-up-failed', by: 'mia', at: T0 };
    await decideNow(store, id, { correction });
    await decideNow(store, id, { correction: { ...correction, to: 'fees', text: 'lone \ud800' } });
    expect(await store.corrections()).toEqual([correction, { ...correction, to: 'fees', text: 'lone \uFFFD' }]);
    await expect(
      store.decide({ mentionId: id, expectedVersion: 0, correction, audit: event('corrected', id) }),
    ).rejects.toThrow(/Somebody changed this mention/);
    expect(await store.corrections(), 'a refused decision teaches nothing').toHaveLength(2);
  });

  it('takes the last correction of a mention back, and tells what stood before it', async () => {
    const id = await mentionIn(store, 'drafted', 'm1');
    const other = await mentionIn(store, 'drafted', 'm2');
    const first = { mentionId: id, text: 'a', from: 'fees', to: 'praise', by: 'mia', at: T0 };
    const second = { ...first, from: 'praise', to: 'other', before: assessment({ problemType: 'praise' }) };
    const beside = { ...first, mentionId: other, text: 'b' };
    for (const correction of [first, second, beside]) await decideNow(store, correction.mentionId, { correction });
    expect(await store.lastCorrection(id)).toEqual(second);
    await decideNow(store, id, { correction: 'take-back' });
    expect(await store.lastCorrection(id)).toEqual(first);
    await decideNow(store, id, { correction: 'take-back' });
    await decideNow(store, id, { correction: 'take-back' });
    expect(await store.lastCorrection(id)).toBeUndefined();
    expect(await store.corrections()).toEqual([beside]);
  });

  it('tells what stands dismissed and why, the last dismissed first', async () => {
    const dismiss = async (native: string, reason: string, at: number) => {
      const id = await mentionIn(store, 'drafted', native);
      await decideNow(store, id, { to: 'dismissed', audit: event('dismissed', id, { at, detail: { reason } }) });
      return id;
    };
    const spam = await dismiss('m1', 'spam-or-scam', T0 + 1);
    const foreign = await dismiss('m2', 'not-about-us', T0 + 2);
    await dismiss('m3', 'duplicate', T0 + 3);
    const back = await dismiss('m4', 'spam-or-scam', T0 + 4);
    await decideNow(store, back, { to: 'drafted' });
    const wanted = ['spam-or-scam', 'not-about-us'];
    const one = { text: 'Text of m1', problemType: 'fees', reason: 'spam-or-scam', by: 'mia' };
    expect(await store.dismissals(wanted, 9)).toEqual([
      { ...one, mentionId: foreign, text: 'Text of m2', reason: 'not-about-us', at: T0 + 2 },
      { ...one, mentionId: spam, at: T0 + 1 },
    ]);
    expect(await store.dismissals(wanted, 1)).toHaveLength(1);
    expect(await store.dismissals(['other'], 9)).toEqual([]);
  });

  it('counts the reason a mention was dismissed for last', async () => {
    const id = await mentionIn(store, 'drafted', 'm1');
    for (const [at, reason] of [
      [1, 'spam-or-scam'],
      [3, 'duplicate'],
    ] as const) {
      await decideNow(store, id, {
        to: 'dismissed',
        audit: event('dismissed', id, { at: T0 + at, detail: { reason } }),
      });
      if (at === 1) await decideNow(store, id, { to: 'drafted' });
    }
    expect(await store.dismissals(['spam-or-scam'], 9)).toEqual([]);
    expect(await store.dismissals(['duplicate'], 9)).toMatchObject([{ mentionId: id }]);
  });
}
