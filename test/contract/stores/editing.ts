import { afterEach, beforeEach, expect, it } from 'vitest';
import type { State } from '../../../src/core/nouns.ts';
import type { Store } from '../../../src/core/ports.ts';
import { type EngineUnderTest, found, fresh, get, mentionIn, page, T0 } from './support.ts';

export function editing(engine: EngineUnderTest): void {
  let place: Awaited<ReturnType<typeof fresh>>;
  let store: Store;
  beforeEach(async () => {
    place = await fresh(engine);
    store = place.store;
  });
  afterEach(() => place.done());

  const edit = (text = 'New words') => store.savePage(page([found('m1', { text, editedAt: T0 + 5 })], { at: T0 + 9 }));

  it.each<State>(['assessed', 'drafted', 'failed', 'escalated', 'snoozed', 'dismissed', 'approved', 'by-hand'])(
    'hear a mention anew that was %s',
    async (state) => {
      const id = await mentionIn(store, state);
      const { version } = await get(store, id);
      expect(await edit()).toEqual({ added: [], changed: [id], known: 0 });
      const after = await store.find(id);
      expect(after?.mention).toMatchObject({
        state: 'heard',
        text: 'New words',
        editedAt: T0 + 5,
        version: version + 1,
      });
      expect(after?.mention.snoozedUntil).toBeUndefined();
      expect(after?.assessment, 'the old verdict was about other words').toBeUndefined();
      expect(after?.approval).toBeUndefined();
      expect(after?.history.at(-1)).toMatchObject({ action: 'edited-at-source', detail: { from: state, to: 'heard' } });
    },
  );

  it.each<State>(['approved', 'by-hand'])('void an approval that waited as %s, with the reason', async (state) => {
    await mentionIn(store, state);
    await edit();
    const voided = await store.outbox(['void'], 10);
    expect(voided).toMatchObject([{ state: 'void', reason: expect.stringContaining('edited') }]);
    expect(await store.outbox(['approved', 'by-hand'], 10)).toEqual([]);
  });

  it.each<State>(['sending', 'unsure', 'posted'])('change the words only, once a reply is %s', async (state) => {
    const id = await mentionIn(store, state);
    expect((await edit()).changed).toEqual([id]);
    const after = await store.find(id);
    expect(after?.mention).toMatchObject({ state, text: 'New words' });
    expect(after?.approval?.state).toBe(state);
  });

  it('change nothing when the words are the same', async () => {
    const id = await mentionIn(store, 'drafted');
    const before = await store.find(id);
    const again = await store.savePage(page([found('m1', { editedAt: T0 + 5, url: 'https://forum.example/new' })]));
    expect(again).toEqual({ added: [], changed: [], known: 1 });
    expect(await store.find(id)).toEqual(before);
  });

  it('take over a right to reply that changed, without hearing the mention anew', async () => {
    const id = await mentionIn(store, 'drafted');
    const { version } = await get(store, id);
    const locked = { how: 'never', why: 'The thread was locked.' } as const;
    expect((await store.savePage(page([found('m1', { permission: locked })]))).known).toBe(1);
    expect(await get(store, id)).toMatchObject({ state: 'drafted', permission: locked, version: version + 1 });
  });

  it('ignore an older copy, and a shortened one of another source', async () => {
    const id = await mentionIn(store, 'heard', 'm1', { text: 'The whole text', editedAt: T0 });
    await store.savePage(page([found('m1', { text: 'older', editedAt: T0 - 1 })]));
    await store.savePage(page([found('m1', { text: 'The wh…' })], { source: 'forum-2' }));
    expect((await get(store, id)).text).toBe('The whole text');
    await store.savePage(page([found('m1', { text: 'truly newer', editedAt: T0 + 1 })], { source: 'forum-2' }));
    expect((await get(store, id)).text).toBe('truly newer');
  });

  it('are found by their new words and no longer by the old', async () => {
    await mentionIn(store, 'assessed', 'm1', { text: '提现失败 withdrawal' });
    await edit('充值成功 deposit');
    const hits = async (search: string) => (await store.queue({ search, limit: 5 })).rows.length;
    expect(await Promise.all(['提现', 'withdrawal', '充值', 'deposit'].map(hits))).toEqual([0, 0, 1, 1]);
  });

  it('are taken in turn when one page brings two of the same mention', async () => {
    const id = await mentionIn(store, 'assessed');
    const twice = [found('m1', { text: 'second', editedAt: T0 + 1 }), found('m1', { text: 'third', editedAt: T0 + 2 })];
    await store.savePage(page(twice));
    expect((await get(store, id)).text).toBe('third');
    expect((await store.queue({ search: 'second', limit: 5 })).rows).toEqual([]);
  });
}
