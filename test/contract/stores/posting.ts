import { afterEach, beforeEach, expect, it } from 'vitest';
import { mayMove } from '../../../src/core/moves.ts';
import type { ApprovalState, Store } from '../../../src/core/ports.ts';
import {
  decideNow,
  type EngineUnderTest,
  event,
  fresh,
  get,
  MINUTE,
  mentionIn,
  receipt,
  reply,
  stepOf,
  T0,
} from './support.ts';

export function posting(engine: EngineUnderTest): void {
  let place: Awaited<ReturnType<typeof fresh>>;
  let store: Store;
  beforeEach(async () => {
    place = await fresh(engine);
    store = place.store;
  });
  afterEach(() => place.done());

  it('moves approval and mention together, with receipt and audit', async () => {
    const id = await mentionIn(store, 'approved');
    const { version } = await get(store, id);
    expect(await store.step(stepOf(id, 'approved', 'sending', { leaseUntil: T0 + MINUTE }))).toBe(true);
    expect(await store.find(id)).toMatchObject({
      mention: { state: 'sending', version: version + 1 },
      approval: { state: 'sending', attempts: 1, firstTriedAt: T0, leaseUntil: T0 + MINUTE },
    });
    expect(await store.step(stepOf(id, 'sending', 'posted', { receipt: receipt(id) }))).toBe(true);
    const after = await store.find(id);
    expect(after).toMatchObject({ mention: { state: 'posted' }, approval: { state: 'posted' }, receipt: receipt(id) });
    expect(after?.approval?.leaseUntil).toBeUndefined();
    expect(after?.history.map(({ action }) => action)).toEqual(['decided', 'sending', 'posted']);
  });

  it('lets one of many take a step', async () => {
    const id = await mentionIn(store, 'approved');
    const second = await place.open();
    const taken = await Promise.all(
      Array.from({ length: 8 }, (_, i) => (i % 2 ? second : store).step(stepOf(id, 'approved', 'sending'))),
    );
    expect(taken.filter(Boolean)).toHaveLength(1);
    expect((await store.find(id))?.approval?.attempts).toBe(1);
    expect((await store.find(id))?.history.filter(({ action }) => action === 'sending')).toHaveLength(1);
    expect(await store.step(stepOf('nobody', 'approved', 'sending'))).toBe(false);
  });

  it('brings a void reply back as a draft, with the reason', async () => {
    const id = await mentionIn(store, 'approved');
    await store.step(stepOf(id, 'approved', 'void', { reason: 'The thread was locked.' }));
    expect((await get(store, id)).state).toBe('drafted');
    expect(await store.outbox(['void'], 5)).toMatchObject([{ reason: 'The thread was locked.' }]);
    await decideNow(store, id, { approval: reply(id) });
    expect((await store.find(id))?.approval).toMatchObject({ state: 'approved' });
  });

  it('puts off, and counts each attempt from the first', async () => {
    const id = await mentionIn(store, 'approved');
    await store.step(stepOf(id, 'approved', 'sending'));
    await store.step(stepOf(id, 'sending', 'approved', { notBefore: T0 + MINUTE, reason: 'Told to wait.' }));
    const later = event('sending', id, { at: T0 + MINUTE });
    await store.step(stepOf(id, 'approved', 'sending', { audit: later }));
    expect((await store.find(id))?.approval).toMatchObject({ attempts: 2, firstTriedAt: T0, notBefore: T0 + MINUTE });
  });

  it('lets an approval wait, so that it can be taken back in time', async () => {
    const id = await mentionIn(store, 'drafted');
    await decideNow(store, id, { approval: reply(id), sendNotBefore: T0 + MINUTE });
    expect(await store.outbox(['approved'], 5)).toMatchObject([{ notBefore: T0 + MINUTE, attempts: 0 }]);
    await store.step(stepOf(id, 'approved', 'void', { reason: 'Taken back.' }));
    await decideNow(store, id, { approval: reply(id) });
    expect(await store.outbox(['approved'], 5), 'opened again, it waits no more').toMatchObject([{ notBefore: 0 }]);
  });

  it('renews a lease without moving anything', async () => {
    const id = await mentionIn(store, 'sending');
    expect(await store.step(stepOf(id, 'sending', 'sending', { leaseUntil: T0 + 5 }))).toBe(true);
    expect(await store.find(id)).toMatchObject({
      mention: { state: 'sending' },
      approval: { leaseUntil: T0 + 5, attempts: 1 },
    });
  });

  it('refuses steps that the table of moves forbids', async () => {
    const steps: ApprovalState[] = ['approved', 'sending', 'posted', 'failed', 'unsure', 'by-hand', 'void'];
    for (const from of ['approved', 'sending', 'posted', 'unsure'] as const) {
      const id = await mentionIn(store, from, from);
      const before = await store.find(id);
      for (const to of steps.filter((step) => step !== from && !mayMove(from, step === 'void' ? 'drafted' : step))) {
        await expect(store.step(stepOf(id, from, to)), `${from} → ${to}`).rejects.toMatchObject({
          code: 'not-from-here',
        });
      }
      expect(await store.find(id)).toEqual(before);
    }
  });

  it('takes a person’s word back with the receipt that rests on it, and no word of the platform', async () => {
    const takesBack = { takesBack: true } as const;
    const out = () => store.repliesOut({ source: 'forum-1', since: 0, limit: 9 });
    const sent = await mentionIn(store, 'sending', 'm1');
    await store.step(stepOf(sent, 'sending', 'posted', { receipt: receipt(sent) }));
    const said = await mentionIn(store, 'by-hand', 'm2');
    await store.step(stepOf(said, 'by-hand', 'posted', { receipt: { ...receipt(said), proof: 'person' } }));
    expect(await out()).toHaveLength(2);
    const before = await store.find(sent);
    expect(await store.step(stepOf(sent, 'posted', 'by-hand', takesBack))).toBe(false);
    expect(await store.find(sent)).toEqual(before);
    await expect(store.step(stepOf(said, 'posted', 'by-hand'))).rejects.toMatchObject({ code: 'not-from-here' });
    await expect(store.step(stepOf(said, 'posted', 'failed', takesBack))).rejects.toMatchObject({
      code: 'not-from-here',
    });
    expect(await store.step(stepOf(said, 'posted', 'by-hand', takesBack))).toBe(true);
    const after = await store.find(said);
    expect(after).toMatchObject({ mention: { state: 'by-hand' }, approval: { state: 'by-hand' } });
    expect(after).not.toHaveProperty('receipt');
    expect(await out()).toMatchObject([{ answered: sent }]);
  });

  it('lists the outbox in the order in which it is due', async () => {
    const first = await mentionIn(store, 'approved', 'm1');
    const second = await mentionIn(store, 'approved', 'm2');
    await mentionIn(store, 'posted', 'm3');
    await store.step(stepOf(first, 'approved', 'sending'));
    await store.step(stepOf(first, 'sending', 'approved', { notBefore: T0 }));
    const waiting = await store.outbox(['approved', 'sending'], 10);
    expect(waiting.map(({ reply }) => reply.mentionId)).toEqual([second, first]);
    expect(await store.outbox(['approved'], 1)).toHaveLength(1);
    expect(await store.outbox([], 10)).toEqual([]);
  });
}
