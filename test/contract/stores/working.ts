import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Store } from '../../../src/core/ports.ts';
import {
  assessment,
  decideNow,
  draft,
  type EngineUnderTest,
  found,
  fresh,
  get,
  MINUTE,
  mentionIn,
  page,
  T0,
} from './support.ts';

export function working(engine: EngineUnderTest): void {
  let place: Awaited<ReturnType<typeof fresh>>;
  let store: Store;
  beforeEach(async () => {
    place = await fresh(engine);
    store = place.store;
  });
  afterEach(() => place.done());

  const many = (count: number) => page(Array.from({ length: count }, (_, i) => found(`n${i}`, { saidAt: T0 + i })));
  const claimed = async (stage: 'classify' | 'draft', limit = 100, now = T0) =>
    (await store.claim(stage, 'w', limit, MINUTE, now)).map(({ mention }) => mention.id);

  it('counts what waits to be sorted, no further than asked', async () => {
    expect(await store.unsorted(5)).toBe(0);
    await store.savePage(many(3));
    expect(await store.unsorted(5)).toBe(3);
    expect(await store.unsorted(2)).toBe(2);
  });

  it('gives each mention to one worker, also over two processes', async () => {
    const { added } = await store.savePage(many(40));
    const second = await place.open();
    const shares = await Promise.all(
      Array.from({ length: 8 }, (_, i) => (i % 2 ? second : store).claim('classify', `worker-${i}`, 5, MINUTE, T0)),
    );
    const ids = shares.flat().map(({ mention }) => mention.id);
    expect(ids).toHaveLength(40);
    expect(new Set(ids)).toEqual(new Set(added));
    expect(await claimed('classify')).toEqual([]);
  });

  it('gives a mention to another when the lease has run out', async () => {
    const { added } = await store.savePage(many(2));
    expect(await claimed('classify')).toEqual(added);
    expect(await claimed('classify', 100, T0 + MINUTE - 1)).toEqual([]);
    expect(await claimed('classify', 100, T0 + MINUTE)).toEqual(added);
  });

  it('gives the urgent ones to draft first, then who waits longest', async () => {
    const { added } = await store.savePage(many(3));
    const [first, second, third] = added as [string, string, string];
    await store.saveAssessments([
      { id: third, version: 1, assessment: assessment({ priority: 'urgent' }) },
      { id: first, version: 1, assessment: assessment({ priority: 'low' }) },
      { id: second, version: 1, assessment: assessment({ priority: 'low' }) },
    ]);
    const rows = await store.claim('draft', 'w', 10, MINUTE, T0);
    expect(rows.map(({ mention }) => mention.id)).toEqual([third, first, second]);
    expect(rows[0]?.assessment, 'the draft is made from it').toEqual(assessment({ priority: 'urgent' }));
  });

  it('moves on what was worked on, and keeps the work', async () => {
    const id = (await store.savePage(many(1))).added[0] as string;
    await store.saveAssessments([{ id, version: 1, assessment: assessment({ lang: 'zh-Hans' }) }]);
    expect(await get(store, id)).toMatchObject({ state: 'assessed', version: 2 });
    await store.saveDrafts([
      { id, version: 2, draft: draft(id, 1, { twin: 'In English', template: { id: 'fees/zh', version: 'v' } }) },
    ]);
    expect(await store.find(id)).toMatchObject({
      mention: { state: 'drafted', version: 3 },
      assessment: { lang: 'zh-Hans' },
      drafts: [draft(id, 1, { twin: 'In English', template: { id: 'fees/zh', version: 'v' } })],
    });
    expect(await claimed('draft')).toEqual([]);
  });

  it('skips work on a version that is gone, and keeps the rest', async () => {
    const { added } = await store.savePage(many(2));
    const [edited, same] = added as [string, string];
    await store.claim('classify', 'w', 2, MINUTE, T0);
    await store.savePage(page([found('n0', { text: 'edited', editedAt: T0 + 1 })]));
    await store.saveAssessments([edited, same].map((id) => ({ id, version: 1, assessment: assessment() })));
    expect((await store.find(edited))?.assessment).toBeUndefined();
    expect((await get(store, same)).state).toBe('assessed');
    expect(await claimed('classify'), 'the edit freed it').toEqual([edited]);
    await store.saveDrafts([{ id: same, version: 1, draft: draft(same) }]);
    expect((await store.find(same))?.drafts).toEqual([]);
    await store.saveAssessments([{ id: 'nobodyknowsthis0', version: 1, assessment: assessment() }]);
  });

  it('takes the first of two results for the same version', async () => {
    const id = await mentionIn(store, 'assessed');
    const drafts = ['first', 'second'].map((text) => ({ id, version: 2, draft: draft(id, 1, { text }) }));
    await store.saveDrafts(drafts);
    expect((await store.find(id))?.drafts.map(({ text }) => text)).toEqual(['first']);
    expect(await get(store, id)).toMatchObject({ state: 'drafted', version: 3 });
  });

  it('leaves to a person what no draft could be made for', async () => {
    const id = await mentionIn(store, 'assessed');
    await store.saveDrafts([{ id, version: 2, trouble: 'No template fits "other" in English.' }]);
    expect(await get(store, id)).toMatchObject({
      state: 'assessed',
      version: 3,
      trouble: 'No template fits "other" in English.',
    });
    expect(await claimed('draft')).toEqual([]);
    await decideNow(store, id, { assessment: assessment({ problemType: 'praise' }) });
    expect((await get(store, id)).trouble).toBeUndefined();
    expect(await claimed('draft'), 'a correction is a new chance').toEqual([id]);
  });

  it('drafts again after a person brought a mention back, under a new revision', async () => {
    const id = await mentionIn(store, 'drafted');
    await decideNow(store, id, { to: 'dismissed' });
    await decideNow(store, id, { to: 'assessed', assessment: assessment({ problemType: 'app-bug' }) });
    const [row] = await store.claim('draft', 'w', 10, MINUTE, T0);
    expect(row).toMatchObject({ mention: { id }, draft: { revision: 1 } });
    await store.saveDrafts([{ id, version: row?.mention.version ?? 0, draft: draft(id, 1, { text: 'Another' }) }]);
    expect((await store.find(id))?.drafts.map(({ revision, text }) => [revision, text])).toEqual([
      [1, 'Reply 1'],
      [2, 'Another'],
    ]);
  });

  it('replaces the verdict on a mention that stands further on, and leaves it there', async () => {
    const id = await mentionIn(store, 'drafted');
    await store.saveAssessments([{ id, version: 3, assessment: assessment({ classifier: 'newer' }) }]);
    expect(await store.find(id)).toMatchObject({
      mention: { state: 'drafted', version: 4 },
      assessment: { classifier: 'newer' },
    });
  });

  it('wakes what was snoozed, each where it was', async () => {
    const drafted = await mentionIn(store, 'snoozed', 'm1');
    const assessed = await mentionIn(store, 'assessed', 'm2');
    const failed = await mentionIn(store, 'failed', 'm3');
    for (const id of [assessed, failed]) await decideNow(store, id, { to: 'snoozed', snoozedUntil: T0 + 2 * MINUTE });
    expect(await store.wake(T0 + MINUTE - 1)).toBe(0);
    expect(await store.wake(T0 + MINUTE)).toBe(1);
    expect(await store.wake(T0 + 2 * MINUTE)).toBe(2);
    const states = await Promise.all([drafted, assessed, failed].map(async (id) => (await get(store, id)).state));
    expect(states, 'what failed still says so').toEqual(['drafted', 'assessed', 'failed']);
    expect((await get(store, drafted)).snoozedUntil).toBeUndefined();
    expect((await store.find(drafted))?.history.at(-1)).toMatchObject({ action: 'woken', actor: 'earshot' });
  });

  it('tells what we said to others in the same thread, and nothing of other threads or of what was taken back', async () => {
    const inThread = { conversationId: 'thread' };
    const waiting = await mentionIn(store, 'assessed', 'waiting', inThread);
    const answered = await mentionIn(store, 'approved', 'answered', inThread);
    await mentionIn(store, 'approved', 'elsewhere', { conversationId: 'another thread' });
    const words = (await store.find(answered))?.approval?.reply.text;

    const rows = await store.claim('draft', 'w', 10, MINUTE, T0);
    expect(rows.find(({ mention }) => mention.id === waiting)?.said).toEqual([words]);
    expect((await store.find(waiting))?.said).toEqual([words]);
    expect((await store.find(answered))?.said, 'its own reply is no repetition').toEqual([]);

    await decideNow(store, answered, { to: 'drafted' });
    expect((await store.find(waiting))?.said).toEqual([]);
  });

  it('hands out long posts a few at a time, so that no batch outgrows memory, and every one of them', async () => {
    const long = 'x'.repeat(4_000_000);
    const items = Array.from({ length: 6 }, (_, at) => found(`long${at}`, { text: `${at}${long}`, saidAt: T0 + at }));
    const { added } = await store.savePage(page([...items, found('short', { saidAt: T0 + 9 })]));
    const batches = [
      await claimed('classify'),
      await claimed('classify'),
      await claimed('classify'),
      await claimed('classify'),
    ];
    expect(batches.map(({ length }) => length)).toEqual([2, 2, 3, 0]);
    expect(batches.flat()).toEqual(added);
  });
}
