import { afterEach, beforeEach, expect, it } from 'vitest';
import type { FoundMention } from '../../../src/core/nouns.ts';
import type { Store } from '../../../src/core/ports.ts';
import {
  decideNow,
  type EngineUnderTest,
  event,
  found,
  fresh,
  MINUTE,
  mentionIn,
  page,
  receipt,
  T0,
} from './support.ts';

const ana: FoundMention['author'] = { id: 'ana', handle: '@ana', name: 'Ana' };
const here = { connector: 'forum', platform: 'forum', authorId: 'ana' };

/** What else an author wrote in the same place, and what we answered them. */
export function authors(engine: EngineUnderTest): void {
  let place: Awaited<ReturnType<typeof fresh>>;
  let store: Store;
  beforeEach(async () => {
    place = await fresh(engine);
    store = place.store;
  });
  afterEach(() => place.done());

  const hear = async (nativeId: string, over: Partial<FoundMention> = {}, connector = 'forum') =>
    (await store.savePage(page([found(nativeId, { author: ana, ...over })], { connector }))).added[0] as string;
  const context = (but: string, limit = 10) => store.authorContext({ ...here, but, limit });

  it('counts their other mentions by state, newest first', async () => {
    const first = await mentionIn(store, 'dismissed', 'a', { author: ana, saidAt: T0 });
    const second = await mentionIn(store, 'drafted', 'b', { author: ana, saidAt: T0 + MINUTE });
    const seen = await hear('c', { saidAt: T0 + 2 * MINUTE });
    await hear('other', { author: { id: 'bo' } });
    const all = await context(seen);
    expect(all).toMatchObject({ byState: { dismissed: 1, drafted: 1 }, firstAt: T0, lastAt: T0 + MINUTE, answers: [] });
    expect(all.rows.map(({ mention }) => mention.id)).toEqual([second, first]);
    expect(all.rows[0]).toHaveProperty('draft');
    expect((await context(seen, 1)).rows).toHaveLength(1);
    expect(all).not.toHaveProperty('judged');
    expect(await store.authorContext({ ...here, authorId: 'bo', but: 'x', limit: 3 })).toMatchObject({
      byState: { heard: 1 },
    });
  });

  it('never joins two platforms, two connectors, or a handle with an id', async () => {
    const seen = await hear('a');
    await hear('b', {}, 'board');
    await hear('c', { platform: 'twitter' });
    await hear('d', { author: { id: 'x-7', handle: '@ana' } });
    await hear('e', { author: { id: 'Ana' } });
    const alone = await context(seen);
    expect(alone).toEqual({ byState: {}, rows: [], answers: [] });
  });

  it('joins nobody who has no name', async () => {
    await hear('a', { author: { id: '' } });
    const seen = await hear('b', { author: { id: '' } });
    expect(await store.authorContext({ ...here, authorId: '', but: seen, limit: 5 })).toEqual({
      byState: {},
      rows: [],
      answers: [],
    });
  });

  it('tells what we answered them, newest first, and what a person said of the account', async () => {
    const answered = await mentionIn(store, 'posted', 'a', { author: ana });
    const later = await mentionIn(store, 'by-hand', 'b', { author: ana });
    const proof = receipt(later, {
      key: `${later}.r1`,
      proof: 'person',
      url: 'https://forum.example/9',
      postedAt: T0 + 9e6,
    });
    await decideNow(store, later, { to: 'posted', receipt: proof });
    const seen = await hear('c');
    await store.judgeSuspect({
      connector: 'forum',
      authorId: 'ana',
      from: 'suspected',
      to: 'cleared',
      audit: event('scam-cleared', 'forum'),
    });
    const all = await context(seen);
    expect(all.judged).toBe('cleared');
    expect(all.answers).toEqual([
      { mentionId: later, text: 'Reply 1', approver: 'mia', postedAt: T0 + 9e6, url: 'https://forum.example/9' },
      { mentionId: answered, text: 'Reply 1', approver: 'mia', postedAt: T0 + MINUTE },
    ]);
  });

  it('forgets what was erased', async () => {
    await mentionIn(store, 'posted', 'a', { author: ana });
    const seen = await hear('c');
    await store.erase('forum', ['a'], event('erased', 'forum-1'));
    expect(await context(seen)).toEqual({ byState: {}, rows: [], answers: [] });
  });
}
