import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Store } from '../../../src/core/ports.ts';
import type { Account, SuspectState } from '../../../src/core/suspects.ts';
import { assessment, type EngineUnderTest, event, found, fresh, get, MINUTE, page, T0 } from './support.ts';

const scammer = { id: 'u-1', handle: '@wallet_help', name: 'Wallet Help' };
const account: Account = { connector: 'forum', authorId: 'u-1' };

/** Accounts that look like scammers, and what people say of them. */
export function suspects(engine: EngineUnderTest): void {
  let place: Awaited<ReturnType<typeof fresh>>;
  let store: Store;
  beforeEach(async () => {
    place = await fresh(engine);
    store = place.store;
  });
  afterEach(() => place.done());

  async function hear(nativeId: string, over: Parameters<typeof found>[1] = {}, scam = 0, connector = 'forum') {
    const { added } = await store.savePage(page([found(nativeId, over)], { connector, source: `${connector}-1` }));
    const id = added[0] as string;
    const { version } = await get(store, id);
    await store.saveAssessments([{ id, version, assessment: assessment({ scam }) }]);
    return id;
  }
  const judge = (from: SuspectState, to: SuspectState, actor = 'mia', who = account) =>
    store.judgeSuspect({ ...who, from, to, audit: event(`scam-${to}`, who.connector, { actor }) });

  it('are those with a likely scam among their posts, with all that they wrote, last heard first', async () => {
    await hear('a', { author: scammer, saidAt: T0 }, 0.9);
    const last = await hear('b', { author: scammer, saidAt: T0 + 2 * MINUTE }, 0.1);
    await hear('c', { saidAt: T0 + MINUTE }, 0.6);
    await hear('d', {}, 0.4);
    expect(await store.suspects({ limit: 10 })).toMatchObject([
      {
        ...account,
        ...{ state: 'suspected', posts: 2, likely: 1, scam: 0.9, firstAt: T0, lastAt: T0 + 2 * MINUTE },
        latest: { mention: { id: last } },
      },
      { authorId: 'author-c', posts: 1, likely: 1 },
    ]);
    expect(await store.suspects({ limit: 1 })).toHaveLength(1);
  });

  it('a confirmed one is flagged in every post, also in those that come later, and in nobody else’s', async () => {
    const before = await hear('a', { author: scammer }, 0.9);
    await judge('suspected', 'confirmed');
    const after = await hear('b', { author: { ...scammer, handle: '@renamed' } });
    const other = await hear('c', {});
    const elsewhere = await hear('d', { author: scammer }, 0, 'board');
    for (const id of [before, after]) expect((await get(store, id)).confirmedScammer).toBe(true);
    for (const id of [other, elsewhere]) expect((await get(store, id)).confirmedScammer).toBeUndefined();
    const listed = await store.queue({ scamAtLeast: 0.5, limit: 10 });
    expect(listed.rows.map(({ mention }) => mention.id).sort()).toEqual([before, after].sort());
    expect((await store.counts(T0)).scam).toBe(2);
    expect(await store.suspect(account)).toMatchObject({ state: 'confirmed', by: 'mia', at: T0, posts: 2 });
  });

  it('a flag is a change of the mention, and whoever watches hears of it', async () => {
    const id = await hear('a', { author: scammer }, 0.9);
    const { version } = await get(store, id);
    const heard: string[][] = [];
    const stop = store.watch(({ mentions }) => void heard.push(mentions));
    await judge('suspected', 'confirmed');
    await expect.poll(() => heard.flat()).toContain(id);
    stop();
    expect((await get(store, id)).version).toBe(version + 1);
    await judge('confirmed', 'cleared');
    expect((await get(store, id)).version).toBe(version + 2);
  });

  it('what was said is taken back or changed by whoever saw it as it stands', async () => {
    const id = await hear('a', { author: scammer }, 0.9);
    await judge('suspected', 'confirmed');
    await expect(judge('suspected', 'cleared', 'lin')).rejects.toThrow(/mia judged this account meanwhile/);
    await judge('confirmed', 'cleared', 'lin');
    expect((await get(store, id)).confirmedScammer).toBeUndefined();
    expect(await store.suspects({ states: ['suspected', 'confirmed'], limit: 10 })).toEqual([]);
    expect(await store.suspects({ states: ['cleared'], limit: 10 })).toMatchObject([{ by: 'lin' }]);
    await judge('cleared', 'suspected');
    expect(await store.suspects({ states: ['suspected'], limit: 10 })).toHaveLength(1);
    const audit = await store.audit(0, 100);
    expect(audit.map(({ action, actor }) => `${action} ${actor}`)).toEqual([
      'scam-confirmed mia',
      'scam-cleared lin',
      'scam-suspected mia',
    ]);
  });

  it('of two people at once only one is heard', async () => {
    await hear('a', { author: scammer }, 0.9);
    const done = await Promise.allSettled([judge('suspected', 'confirmed'), judge('suspected', 'cleared', 'lin')]);
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('nothing of an erased post is left but what was said of the account', async () => {
    await hear('a', { author: scammer }, 0.9);
    await judge('suspected', 'confirmed');
    await store.erase('forum', ['a'], event('erased', 'a'));
    expect(await store.suspects({ limit: 10 })).toEqual([]);
    expect(await place.store.suspect(account)).toBeUndefined();
    const again = await hear('b', { author: scammer });
    expect((await get(store, again)).confirmedScammer).toBe(true);
  });

  it('those of the sample go with it', async () => {
    await store.savePage(page([found('a', { author: scammer })], { sample: true }));
    await judge('suspected', 'confirmed');
    await store.removeSample(event('sample-removed', 'sample'));
    const id = await hear('b', { author: scammer });
    expect((await get(store, id)).confirmedScammer).toBeUndefined();
  });
}
