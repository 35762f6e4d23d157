import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Store } from '../../../src/core/ports.ts';
import { type EngineUnderTest, found, fresh, page, T0 } from './support.ts';

/** What a database does for itself, and nobody sees. */
export function upkeep(engine: EngineUnderTest): void {
  let place: Awaited<ReturnType<typeof fresh>>;
  let store: Store;
  beforeEach(async () => {
    place = await fresh(engine);
    store = place.store;
  });
  afterEach(() => place.done());

  const search = async (words: string) =>
    (await store.queue({ search: words, order: 'newest', limit: 50 })).rows.map(({ mention }) => mention.nativeId);
  const erase = (ids: readonly string[]) =>
    store.erase('forum', ids, { at: T0, actor: 'earshot', action: 'erased', subject: 'forum', detail: {} });

  it('changes nothing that anybody finds, before mentions come, while they are there, and after they went', async () => {
    await store.upkeep();
    const ids = Array.from({ length: 30 }, (_, n) => `n${n}`);
    await store.savePage(page(ids.map((id) => found(id, { text: 'the wallet is empty' }))));
    await store.upkeep();
    expect(await search('wallet')).toEqual(ids.toReversed());
    await erase(ids.slice(1));
    await store.upkeep();
    expect(await search('wallet')).toEqual(['n0']);
    await erase(['n0']);
    await store.upkeep();
    expect(await search('wallet')).toEqual([]);
    await store.savePage(page([found('later', { text: 'another wallet' })]));
    expect(await search('wallet')).toEqual(['later']);
  });

  it('may be done by several at the same time', async () => {
    const other = await place.open();
    await store.savePage(page([found('n1', { text: 'the wallet is empty' })]));
    await Promise.all([store, other, store, other].map((each) => each.upkeep()));
    expect(await search('wallet')).toEqual(['n1']);
    expect(await store.upkeep(), 'nothing is left to do').toEqual([]);
  });
}
