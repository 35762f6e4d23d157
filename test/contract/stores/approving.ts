import { afterEach, beforeEach, expect, it } from 'vitest';
import type { FirstApproval } from '../../../src/core/nouns.ts';
import type { OwnPost, Store } from '../../../src/core/ports.ts';
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
  reply,
  stepOf,
  T0,
} from './support.ts';

const FIRST: FirstApproval = { by: 'lin', person: 'p1', at: T0, revision: 1, fingerprint: 'f'.repeat(64) };
const THREAD = { conversationId: 'thread' };

/** What an approval stands on: two people, one who writes, and what else is said in the thread. */
export function approving(engine: EngineUnderTest): void {
  let place: Awaited<ReturnType<typeof fresh>>;
  let store: Store;
  beforeEach(async () => {
    place = await fresh(engine);
    store = place.store;
  });
  afterEach(() => place.done());

  const lastVoid = async (id: string) => {
    const history = (await store.find(id))?.history ?? [];
    return history.findLast(({ detail }) => detail.voided)?.detail.voided;
  };

  it('keeps the first of two approvals with the mention, in the queue too', async () => {
    const id = await mentionIn(store, 'drafted');
    expect(await decideNow(store, id, { firstApproval: FIRST })).toMatchObject({
      state: 'drafted',
      firstApproval: FIRST,
    });
    expect((await store.queue({ limit: 5 })).rows[0]?.mention.firstApproval).toEqual(FIRST);
    expect(await decideNow(store, id, { assignee: 'tom' }), 'no change of what it saw').toMatchObject({
      firstApproval: FIRST,
    });
    expect(await decideNow(store, id, { firstApproval: null })).not.toHaveProperty('firstApproval');
  });

  it.each([
    ['a draft', (id: string) => ({ to: 'drafted' as const, draft: draft(id, 2) })],
    ['an assessment', () => ({ assessment: assessment({ problemType: 'praise' }) })],
    ['an approval', (id: string) => ({ approval: reply(id, 1, { firstApprover: 'lin' }) })],
    ['a dismissal', () => ({ to: 'dismissed' as const })],
  ])('loses it by %s', async (_, change) => {
    const id = await mentionIn(store, 'drafted');
    await decideNow(store, id, { firstApproval: FIRST });
    expect(await decideNow(store, id, change(id))).not.toHaveProperty('firstApproval');
  });

  it('remembers both people of a reply', async () => {
    const id = await mentionIn(store, 'drafted');
    await decideNow(store, id, { approval: reply(id, 1, { firstApprover: 'lin' }) });
    expect((await store.find(id))?.approval?.reply).toMatchObject({ approver: 'mia', firstApprover: 'lin' });
    expect((await store.outbox(['approved'], 5))[0]?.reply.firstApprover).toBe('lin');
  });

  it('voids what was approved in a thread when somebody writes there, first approvals too, and nothing elsewhere', async () => {
    const approved = await mentionIn(store, 'approved', 'a', THREAD);
    const elsewhere = await mentionIn(store, 'approved', 'b', { conversationId: 'other' });
    const { added } = await store.savePage(page([found('c', THREAD)], { at: T0 + MINUTE }));
    expect(await get(store, approved)).toMatchObject({ state: 'drafted' });
    expect(await lastVoid(approved)).toEqual({ approver: 'mia', code: 'new-message' });
    expect(await get(store, elsewhere)).toMatchObject({ state: 'approved' });
    expect(await get(store, added[0] as string)).toMatchObject({ state: 'heard' });
    expect(await store.outbox(['approved'], 5)).toHaveLength(1);

    await decideNow(store, approved, { firstApproval: FIRST });
    await store.savePage(page([found('d', THREAD)], { at: T0 + 2 * MINUTE }));
    expect(await get(store, approved)).not.toHaveProperty('firstApproval');
    expect(await lastVoid(approved)).toEqual({ approver: 'lin', code: 'new-message', first: true });
  });

  it('voids by an edit at the source and by a changed permission, with the reason', async () => {
    const edited = await mentionIn(store, 'approved', 'a');
    await store.savePage(page([found('a', { text: 'never mind', editedAt: T0 + 1 })]));
    expect(await lastVoid(edited)).toEqual({ approver: 'mia', code: 'edited-at-source' });
    const locked = await mentionIn(store, 'approved', 'b');
    await store.savePage(page([found('b', { permission: { how: 'never', why: 'locked' } })]));
    expect(await get(store, locked)).toMatchObject({ state: 'drafted' });
    expect(await lastVoid(locked)).toEqual({ approver: 'mia', code: 'permission-changed' });
  });

  it('voids once by an answer of a colleague at the source, however often the source shows it', async () => {
    const id = await mentionIn(store, 'approved', 'a', THREAD);
    const own: OwnPost[] = [{ nativeId: 'ours', text: 'We are on it', ...THREAD }];
    await store.savePage(page([], { own }));
    expect(await get(store, id)).toMatchObject({ state: 'drafted' });
    expect(await lastVoid(id)).toEqual({ approver: 'mia', code: 'colleague-answered' });
    await decideNow(store, id, { approval: reply(id, 1) });
    await store.savePage(page([], { own }));
    expect(await get(store, id), 'it was there when this was approved').toMatchObject({ state: 'approved' });
  });

  it('voids by an answer of ours in the thread that was approved later and posted first', async () => {
    const waits = await mentionIn(store, 'drafted', 'a', THREAD);
    const quick = await mentionIn(store, 'drafted', 'b', THREAD);
    const after = await mentionIn(store, 'drafted', 'c', THREAD);
    await decideNow(store, waits, { approval: reply(waits, 1, { approvedAt: T0 }), sendNotBefore: T0 + 60 * MINUTE });
    await decideNow(store, quick, { approval: reply(quick, 1, { approvedAt: T0 + 1 }) });
    await decideNow(store, after, { approval: reply(after, 1, { approvedAt: T0 + 2 }) });
    await store.step(stepOf(quick, 'approved', 'sending'));
    await store.step(stepOf(quick, 'sending', 'posted'));
    expect(await get(store, waits)).toMatchObject({ state: 'drafted' });
    expect(await lastVoid(waits)).toEqual({ approver: 'mia', code: 'colleague-answered' });
    expect(await get(store, after), 'whoever approved it knew').toMatchObject({ state: 'approved' });
  });

  it('reads back at the source what a person posted by hand, whether they said so or not', async () => {
    const silent = await mentionIn(store, 'by-hand', 'a', THREAD);
    const own = {
      nativeId: 'ours-1',
      parentId: 'a',
      text: ' Reply  1 ',
      url: 'https://forum.example/9',
      saidAt: T0 + 5,
      ...THREAD,
    };
    await store.savePage(page([], { own: [own] }));
    expect(await get(store, silent)).toMatchObject({ state: 'posted' });
    expect((await store.find(silent))?.receipt).toMatchObject({
      proof: 'look-up',
      nativeId: 'ours-1',
      url: 'https://forum.example/9',
      postedAt: T0 + 5,
    });

    const said = await mentionIn(store, 'by-hand', 'b');
    const receipt = {
      key: `${said}.r1`,
      mentionId: said,
      postedAt: T0 + 7,
      proof: 'person' as const,
      confirmedBy: 'mia',
    };
    await store.step(stepOf(said, 'by-hand', 'posted', { receipt }));
    await store.savePage(page([], { own: [{ nativeId: 'ours-2', parentId: 'b', text: 'Reply 1' }] }));
    expect((await store.find(said))?.receipt).toMatchObject({ proof: 'look-up', confirmedBy: 'mia', postedAt: T0 + 7 });
  });

  it('takes other words for no confirmation', async () => {
    const id = await mentionIn(store, 'by-hand', 'a');
    await store.savePage(page([], { own: [{ nativeId: 'ours', parentId: 'a', text: 'Something else' }] }));
    expect(await get(store, id)).toMatchObject({ state: 'by-hand' });
  });

  it('holds a mention for whoever writes, as a lease that runs out and can be taken over', async () => {
    const id = await mentionIn(store, 'drafted');
    const { version } = await get(store, id);
    const ask = (by: string, now: number, takeOver = false) =>
      store.hold({ mentionId: id, by, now, until: now + MINUTE, ...(takeOver && { takeOver }) });
    expect(await ask('lin', T0)).toEqual({ by: 'lin', until: T0 + MINUTE });
    expect(await ask('mia', T0 + 1), 'the hold that stands').toEqual({ by: 'lin', until: T0 + MINUTE });
    expect(await ask('lin', T0 + 2)).toEqual({ by: 'lin', until: T0 + 2 + MINUTE });
    expect(await get(store, id)).toMatchObject({ version, hold: { by: 'lin', until: T0 + 2 + MINUTE } });
    expect(await ask('mia', T0 + 3, true)).toEqual({ by: 'mia', until: T0 + 3 + MINUTE });
    await store.release(id, 'lin');
    expect(await get(store, id), 'only one’s own').toHaveProperty('hold');
    await store.release(id, 'mia');
    expect(await get(store, id)).not.toHaveProperty('hold');
    await ask('lin', T0 + 4);
    expect(await ask('mia', T0 + 4 + MINUTE), 'it had run out').toMatchObject({ by: 'mia' });
    expect(await decideNow(store, id, { to: 'dismissed' }), 'a decision ends it').not.toHaveProperty('hold');
  });

  it('gives one of eight who begin to write at once the hold', async () => {
    const id = await mentionIn(store, 'drafted');
    const holds = await Promise.all(
      Array.from({ length: 8 }, (_, n) => store.hold({ mentionId: id, by: `p${n}`, now: T0, until: T0 + MINUTE })),
    );
    expect(new Set(holds.map(({ by }) => by)).size).toBe(1);
  });
}
