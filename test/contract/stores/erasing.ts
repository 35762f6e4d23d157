import { afterEach, beforeEach, expect, it } from 'vitest';
import type { State } from '../../../src/core/nouns.ts';
import type { Store } from '../../../src/core/ports.ts';
import { verifyAudit } from '../../../src/store/audit.ts';
import {
  assessment,
  decideNow,
  type EngineUnderTest,
  event,
  found,
  fresh,
  get,
  mentionIn,
  page,
  receipt,
  stepOf,
  T0,
} from './support.ts';

export function erasing(engine: EngineUnderTest): void {
  let place: Awaited<ReturnType<typeof fresh>>;
  let store: Store;
  beforeEach(async () => {
    place = await fresh(engine);
    store = place.store;
  });
  afterEach(() => place.done());

  const secret = {
    text: 'zebramarker 斑马标记 my card',
    author: { id: 'zebraauthor', handle: '@zebrahandle', name: 'Zebra Name' },
    url: 'https://forum.example/zebraurl',
    place: 'zebraplace',
    replyRef: 'zebraref',
    conversationId: 'zebrathread',
    parentId: 'zebraparent',
    attachments: [{ url: 'https://forum.example/zebrafile' }],
  };
  it('finds what was closed before a time, what was heard first coming first', async () => {
    await mentionIn(store, 'drafted', 'open');
    await mentionIn(store, 'posted', 'posted');
    for (const [nativeId, at] of [
      ['later', T0 + 2],
      ['earlier', T0 + 1],
    ] as const) {
      const { added } = await store.savePage(page([found(nativeId)], { at }));
      await decideNow(store, added[0] as string, { to: 'dismissed' });
    }
    const names = async (at: number, limit = 10) =>
      (await store.closedBefore(at, limit)).map(({ nativeId }) => nativeId);
    expect(await names(T0 + 3)).toEqual(['posted', 'earlier', 'later']);
    expect(await names(T0 + 2)).toEqual(['posted', 'earlier']);
    expect(await names(T0 + 3, 1)).toEqual(['posted']);
    await store.erase('forum', ['posted'], event('erased', 'forum-1'));
    expect(await names(T0 + 3)).toEqual(['earlier', 'later']);
  });

  const erase = () => store.erase('forum', ['m1', 'unknown'], event('erased', 'forum-1', { actor: 'earshot' }));

  it.each<State>([
    'heard',
    'assessed',
    'drafted',
    'approved',
    'by-hand',
    'failed',
    'posted',
    'dismissed',
    'snoozed',
    'escalated',
  ])('leaves nothing of a mention that was %s but the fact', async (state) => {
    const id = await mentionIn(store, state, 'm1', secret);
    const correction = { mentionId: id, text: secret.text, from: 'other', to: 'fees', by: 'mia', at: 1 };
    await decideNow(store, id, {
      correction: { ...correction, before: assessment({ priorityReasons: [secret.text] }) },
    });
    const { version } = await get(store, id);
    expect(await erase()).toBe(1);
    const after = await store.find(id);
    expect(after?.mention).toMatchObject({
      state: 'erased',
      text: '',
      author: { id: '' },
      nativeId: 'm1',
      version: version + 1,
    });
    expect(JSON.stringify(after)).not.toMatch(/zebra|斑马/);
    expect(after).toMatchObject({ drafts: [], conversation: [{ id }] });
    expect(after?.assessment).toBeUndefined();
    expect(after?.receipt, 'what we said ourselves stays').toEqual(state === 'posted' ? receipt(id) : undefined);
    expect(after?.history.at(-1)).toMatchObject({ action: 'erased', subject: id });
    expect(await store.corrections()).toEqual([]);
    for (const approval of await store.outbox(['approved', 'by-hand', 'void', 'failed', 'posted'], 9)) {
      expect(approval.reply.text).toBe('');
      expect(['void', 'failed', 'posted']).toContain(approval.state);
    }
    for (const search of ['zebramarker', '斑马', 'zebrahandle']) {
      expect((await store.queue({ search, states: ['erased', 'heard'], limit: 5 })).rows).toEqual([]);
    }
    expect((await store.queue({ limit: 5 })).rows, 'nobody has to look at it').toEqual([]);
    expect(await verifyAudit(store)).not.toHaveProperty('brokenAt');
  });

  it.each<State>(['sending', 'unsure'])('waits for a reply that is %s, then erases by itself', async (state) => {
    const id = await mentionIn(store, state, 'm1', secret);
    expect(await erase()).toBe(1);
    expect(await erase(), 'asked once').toBe(0);
    expect(await get(store, id)).toMatchObject({ state, text: secret.text });
    await store.step(stepOf(id, state as 'sending', 'posted', { receipt: receipt(id) }));
    const after = await store.find(id);
    expect(after).toMatchObject({ mention: { state: 'erased', text: '' }, receipt: receipt(id) });
    expect(JSON.stringify(after)).not.toContain('zebra');
  });

  it('never sends again what was erased while it waited for a second attempt', async () => {
    const id = await mentionIn(store, 'sending', 'm1', secret);
    await erase();
    await store.step(stepOf(id, 'sending', 'approved'));
    expect(await store.outbox(['approved', 'sending', 'unsure'], 5)).toEqual([]);
    expect((await get(store, id)).state).toBe('erased');
  });

  it('is not undone when the post is found again', async () => {
    const id = await mentionIn(store, 'assessed', 'm1', secret);
    await erase();
    expect(await store.savePage(page([found('m1', { ...secret, text: 'zebra again' })]))).toEqual({
      added: [],
      changed: [],
      known: 1,
    });
    expect(await get(store, id)).toMatchObject({ state: 'erased', text: '' });
    expect(await erase()).toBe(0);
  });

  it('leaves no word in what is kept', async () => {
    const id = await mentionIn(store, 'drafted', 'm1', secret);
    await store.savePage(page(Array.from({ length: 300 }, (_, i) => found(`n${i}`))));
    await store.saveAssessments([{ id, version: 3, assessment: assessment({ priorityReasons: ['zebrareason'] }) }]);
    const words = () => engine.remains(place.folder);
    expect(await words()).toMatch(/zebramarker/);
    await erase();
    expect(await words(), 'at once').not.toMatch(/zebra/);
    await store.close();
    expect(await words()).toContain('Text of n7');
    expect(await words()).not.toMatch(/zebra/);
  });

  it('removes the sample with everything that hangs on it, and nothing else', async () => {
    const sample = page([found('s1', { text: 'zebra' }), found('s2')], {
      sample: true,
      source: 'sample',
      connector: 'sample',
      cursor: 2,
      coverage: [{ kind: 'seen', from: 0, to: 5 }],
    });
    const { added } = await store.savePage(sample);
    const real = await mentionIn(store, 'drafted', 'm1', { text: 'zebra too' });
    expect(await store.removeSample(event('sample-removed', 'sample'))).toBe(2);
    expect(await store.find(added[0] as string)).toBeUndefined();
    expect((await store.queue({ search: 'zebra', limit: 5 })).rows.map(({ mention }) => mention.id)).toEqual([real]);
    expect(await store.cursor('sample')).toBeUndefined();
    expect(await store.coverage('sample')).toEqual([]);
    expect((await store.statuses()).map(({ source }) => source)).toEqual(['forum-1']);
    expect(await store.audit(0, 9)).toMatchObject([{ action: 'sample-removed' }]);
    expect(await store.removeSample(event('sample-removed', 'sample')), 'nothing left').toBe(0);
    expect((await store.savePage(sample)).added, 'and back again if wanted').toHaveLength(2);
  });
}
