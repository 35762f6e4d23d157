import { afterEach, beforeEach, expect, it } from 'vitest';
import { Conflict, Refused } from '../../../src/core/failures.ts';
import { mayMove, STATES } from '../../../src/core/moves.ts';
import type { State } from '../../../src/core/nouns.ts';
import type { Store } from '../../../src/core/ports.ts';
import {
  assessment,
  decideNow,
  draft,
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

export function deciding(engine: EngineUnderTest): void {
  let place: Awaited<ReturnType<typeof fresh>>;
  let store: Store;
  beforeEach(async () => {
    place = await fresh(engine);
    store = place.store;
  });
  afterEach(() => place.done());

  it('saves all parts of a decision in one, and gives back the mention', async () => {
    const id = await mentionIn(store, 'drafted');
    const before = await get(store, id);
    const mention = await store.decide({
      mentionId: id,
      expectedVersion: before.version,
      to: 'approved',
      assignee: 'mia',
      draft: draft(id, 2, { by: 'mia', text: 'Better' }),
      assessment: assessment({ problemType: 'praise' }),
      approval: reply(id, 2, { text: 'Better' }),
      audit: event('approved', id, { detail: { revision: 2 } }),
    });
    expect(mention).toEqual({ ...before, state: 'approved', assignee: 'mia', version: before.version + 1 });
    const after = await store.find(id);
    expect(after?.mention).toEqual(mention);
    expect(after?.drafts.map(({ text }) => text)).toEqual(['Reply 1', 'Better']);
    expect(after?.assessment?.problemType).toBe('praise');
    expect(after?.approval).toEqual({
      reply: reply(id, 2, { text: 'Better' }),
      state: 'approved',
      attempts: 0,
      notBefore: 0,
    });
    expect(after?.history).toMatchObject([{ actor: 'mia', action: 'approved', detail: { revision: 2 } }]);
  });

  it('has one winner among eight decisions at once, and leaves one trace', async () => {
    const id = await mentionIn(store, 'drafted');
    const second = await place.open();
    const { version } = await get(store, id);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, (_, i) =>
        (i % 2 ? second : store).decide({
          mentionId: id,
          expectedVersion: version,
          to: 'approved',
          approval: reply(id, 1, { approver: `person-${i}` }),
          audit: event('approved', id, { actor: `person-${i}` }),
        }),
      ),
    );
    const lost = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(lost).toHaveLength(7);
    for (const reason of lost) expect(reason).toBeInstanceOf(Conflict);
    const winner = outcomes.findIndex(({ status }) => status === 'fulfilled');
    const after = await store.find(id);
    expect(after?.approval?.reply.approver).toBe(`person-${winner}`);
    expect(after?.history.map(({ actor }) => actor)).toEqual([`person-${winner}`]);
  });

  it('refuses every move that the table forbids, and changes nothing', async () => {
    const tried: State[] = [
      'heard',
      'assessed',
      'drafted',
      'dismissed',
      'escalated',
      'snoozed',
      'approved',
      'sending',
      'posted',
      'failed',
      'unsure',
      'by-hand',
    ];
    for (const from of tried) {
      const id = await mentionIn(store, from, from);
      const before = await store.find(id);
      for (const to of STATES.filter((state) => !mayMove(from, state))) {
        await expect(decideNow(store, id, { to }), `${from} → ${to}`).rejects.toMatchObject({ code: 'not-from-here' });
      }
      expect(await store.find(id)).toEqual(before);
    }
  });

  it('refuses a mention that is not here', async () => {
    const decision = { mentionId: 'nobodyknowsthis0', expectedVersion: 1, audit: event('dismissed', 'x') };
    await expect(store.decide(decision)).rejects.toMatchObject({ code: 'unknown-mention' });
    await expect(store.decide(decision)).rejects.toBeInstanceOf(Refused);
    expect(await store.audit(0, 10)).toEqual([]);
  });

  it('assigns and unassigns, snoozes with a time', async () => {
    const id = await mentionIn(store, 'drafted');
    expect(await decideNow(store, id, { assignee: 'tom' })).toMatchObject({ assignee: 'tom', state: 'drafted' });
    expect(await decideNow(store, id, { assignee: null })).not.toHaveProperty('assignee');
    const snoozed = await decideNow(store, id, { to: 'snoozed', snoozedUntil: T0 + MINUTE });
    expect(snoozed).toMatchObject({ state: 'snoozed', snoozedUntil: T0 + MINUTE });
    const other = await mentionIn(store, 'drafted', 'm2');
    await expect(decideNow(store, other, { to: 'snoozed' }), 'it would never come back').rejects.toMatchObject({
      code: 'no-time',
    });
    expect(await decideNow(store, id, { to: 'drafted' }), 'back by hand').not.toHaveProperty('snoozedUntil');
  });

  it('adds revisions and overwrites none', async () => {
    const id = await mentionIn(store, 'drafted');
    await expect(decideNow(store, id, { to: 'drafted', draft: draft(id, 1, { text: 'over' }) })).rejects.toBeInstanceOf(
      Conflict,
    );
    await decideNow(store, id, { to: 'drafted', draft: draft(id, 2) });
    expect((await store.find(id))?.drafts.map(({ text }) => text)).toEqual(['Reply 1', 'Reply 2']);
  });

  it('needs a reply that somebody approved before one can go out', async () => {
    const id = await mentionIn(store, 'drafted');
    for (const to of ['approved', 'by-hand'] as const) {
      await expect(decideNow(store, id, { to })).rejects.toMatchObject({ code: 'no-approval' });
    }
    await expect(decideNow(store, id, { to: 'by-hand', approval: reply(id) })).rejects.toMatchObject({
      code: 'not-from-here',
    });
    expect(await get(store, id)).toMatchObject({ state: 'drafted' });
  });

  it.each<State>(['approved', 'by-hand'])(
    'takes back a reply that waits as %s, and lets the same one out again',
    async (state) => {
      const id = await mentionIn(store, state);
      await decideNow(store, id, { to: 'drafted', audit: event('taken-back', id, { detail: { reason: 'A typo.' } }) });
      expect((await store.find(id))?.approval).toBeUndefined();
      expect(await store.outbox(['void'], 5)).toMatchObject([{ state: 'void', reason: 'A typo.' }]);
      await decideNow(store, id, {
        approval: reply(id, 1, { approver: 'tom', how: state === 'by-hand' ? 'by-hand' : 'api' }),
      });
      const after = await store.find(id);
      expect(after?.mention.state).toBe(state);
      expect(after?.approval).toMatchObject({ state, attempts: 0, reply: { approver: 'tom' } });
      expect(after?.approval?.reason).toBeUndefined();
    },
  );

  it('approves the same words again after the platform refused them', async () => {
    const id = await mentionIn(store, 'failed');
    await decideNow(store, id, { approval: reply(id, 1, { approver: 'tom' }) });
    expect(await store.outbox(['approved'], 5)).toMatchObject([
      { reply: { key: `${id}.r1`, approver: 'tom' }, attempts: 0, firstTriedAt: T0 },
    ]);
    expect(await store.step(stepOf(id, 'approved', 'sending'))).toBe(true);
  });

  it('does not approve anew what may be out already', async () => {
    const id = await mentionIn(store, 'unsure');
    const before = await store.find(id);
    await expect(decideNow(store, id, { approval: reply(id, 1, { approver: 'tom' }) })).rejects.toBeInstanceOf(
      Conflict,
    );
    expect(await store.find(id)).toEqual(before);
  });

  it('takes a person’s word that a reply is out', async () => {
    const byHand = await mentionIn(store, 'by-hand', 'm1');
    const unsure = await mentionIn(store, 'unsure', 'm2');
    for (const id of [byHand, unsure]) {
      const proof = receipt(id, { proof: 'person', confirmedBy: 'mia', url: 'https://forum.example/p/9' });
      await decideNow(store, id, { to: 'posted', receipt: proof });
      expect(await store.find(id)).toMatchObject({
        mention: { state: 'posted' },
        approval: { state: 'posted' },
        receipt: proof,
      });
    }
  });

  it('takes a person’s word that a reply is not out: to be sent again, or failed', async () => {
    const again = await mentionIn(store, 'unsure', 'm1');
    const never = await mentionIn(store, 'unsure', 'm2');
    await decideNow(store, again, { to: 'approved' });
    await decideNow(store, never, {
      to: 'failed',
      audit: event('failed', never, { detail: { reason: 'Thread is gone.' } }),
    });
    expect((await store.find(again))?.approval).toMatchObject({ state: 'approved', attempts: 1, firstTriedAt: T0 });
    expect((await store.find(never))?.approval).toMatchObject({ state: 'failed', reason: 'Thread is gone.' });
  });
}
