import { afterEach, beforeEach, expect, it } from 'vitest';
import type { MentionId } from '../../../src/core/nouns.ts';
import type { Store } from '../../../src/core/ports.ts';
import { decideNow, draft, type EngineUnderTest, event, fresh, get, MINUTE, mentionIn, reply, T0 } from './support.ts';

const TROUBLE = 'It did not help.';

/** What authors say of our answers. */
export function feedback(engine: EngineUnderTest): void {
  let place: Awaited<ReturnType<typeof fresh>>;
  let store: Store;
  beforeEach(async () => {
    place = await fresh(engine);
    store = place.store;
  });
  afterEach(() => place.done());

  const says = (mentionId: MentionId, solved: boolean, at = T0 + MINUTE, by = store) =>
    by.saveFeedback({
      mentionId,
      solved,
      trouble: TROUBLE,
      audit: event(solved ? 'solved' : 'not-solved', mentionId, { at, actor: 'author' }),
    });
  const numbers = async () =>
    (await store.report(0, T0 + 400 * 86_400_000)).reduce<readonly [number, number]>(
      (sum, { solved, unsolved }) => [sum[0] + solved, sum[1] + unsolved] as const,
      [0, 0],
    );

  it('keeps a yes with its event, and leaves the mention posted', async () => {
    const id = await mentionIn(store, 'posted');
    const { version } = await get(store, id);
    expect(await says(id, true)).toBe(true);
    const after = await store.find(id);
    expect(after).toMatchObject({ mention: { state: 'posted', version: version + 1 }, approval: { state: 'posted' } });
    expect(after?.history.at(-1)).toMatchObject({ action: 'solved', actor: 'author' });
    expect(await numbers()).toEqual([1, 0]);
  });

  it('brings a mention back to people with a no, and takes another answer then', async () => {
    const id = await mentionIn(store, 'posted');
    expect(await says(id, false)).toBe(true);
    expect(await get(store, id)).toMatchObject({ state: 'assessed', trouble: TROUBLE });
    expect(await store.claim('draft', 'w', 10, 1000, T0 + 99 * MINUTE), 'no machine takes it').toEqual([]);
    await expect(decideNow(store, id, { approval: reply(id) }), 'the same words').rejects.toThrow(/stands as "posted"/);

    await decideNow(store, id, { to: 'drafted', draft: draft(id, 2) });
    expect((await get(store, id)).trouble).toBeUndefined();
    await decideNow(store, id, { approval: reply(id, 2) });
    expect((await store.find(id))?.approval).toMatchObject({ state: 'approved', reply: { revision: 2 } });
    expect(await numbers()).toEqual([0, 1]);
  });

  it('counts the last word, and the same word once', async () => {
    const id = await mentionIn(store, 'posted');
    expect(await says(id, false)).toBe(true);
    expect(await says(id, false, T0 + 2 * MINUTE)).toBe(false);
    expect(await says(id, true, T0 + 3 * MINUTE)).toBe(true);
    expect(await get(store, id), 'nobody had touched it, so it is settled').toMatchObject({ state: 'posted' });
    expect((await get(store, id)).trouble).toBeUndefined();
    expect(await numbers()).toEqual([1, 0]);
    expect((await store.find(id))?.history.filter(({ action }) => action === 'not-solved')).toHaveLength(1);
  });

  it('leaves it to people once they have begun', async () => {
    const id = await mentionIn(store, 'posted');
    await says(id, false);
    await decideNow(store, id, { to: 'drafted', draft: draft(id, 2) });
    expect(await says(id, true, T0 + 2 * MINUTE)).toBe(true);
    expect((await get(store, id)).state).toBe('drafted');
  });

  it('takes one of two answers that come at once', async () => {
    const id = await mentionIn(store, 'posted');
    const second = await place.open();
    const taken = await Promise.all([says(id, true), says(id, true, T0 + MINUTE, second)]);
    expect(taken.toSorted()).toEqual([false, true]);
    expect(await numbers()).toEqual([1, 0]);
  });

  it('is refused where there is no answer to judge, and after an erasure', async () => {
    const drafted = await mentionIn(store, 'drafted', 'm1');
    await expect(says(drafted, true)).rejects.toThrow(/no answer of ours/);
    await expect(says('0000000000000000', true)).rejects.toThrow(/no answer of ours/);
    const id = await mentionIn(store, 'posted', 'm2');
    const { nativeId, connector } = await get(store, id);
    await says(id, true);
    await store.erase(connector, [nativeId], event('erased', id));
    await expect(says(id, false)).rejects.toThrow(/no answer of ours/);
    expect(await numbers(), 'the fact stays').toEqual([1, 0]);
  });
}
