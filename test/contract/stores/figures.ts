import { afterEach, beforeEach, expect, it } from 'vitest';
import { draftKey } from '../../../src/core/ids.ts';
import type { Store } from '../../../src/core/ports.ts';
import {
  decideNow,
  draft,
  type EngineUnderTest,
  event,
  fresh,
  MINUTE,
  mentionIn,
  receipt,
  reply,
  stepOf,
  T0,
} from './support.ts';

const DAY = 86_400_000;

/** What reports count beside the daily rows. */
export function figures(engine: EngineUnderTest): void {
  let place: Awaited<ReturnType<typeof fresh>>;
  let store: Store;
  beforeEach(async () => {
    place = await fresh(engine);
    store = place.store;
  });
  afterEach(() => place.done());

  it('knows when each mention had its first answer', async () => {
    await mentionIn(store, 'posted', 'm1');
    await mentionIn(store, 'drafted', 'm2');
    const answer = { problemType: 'fees', source: 'forum-1', lang: 'en', heardAt: T0, answeredAt: T0 + MINUTE };
    expect(await store.firstAnswers(T0, T0 + DAY)).toEqual([answer]);
    expect(await store.firstAnswers(T0, T0 + MINUTE), 'the end is not part of the time').toEqual([]);
    expect(await store.firstAnswers(T0 + MINUTE, T0 + DAY), 'the beginning is').toEqual([answer]);
  });

  it('counts a second answer as none', async () => {
    const id = await mentionIn(store, 'posted', 'm1');
    await decideNow(store, id, { to: 'drafted', draft: draft(id, 2) });
    await decideNow(store, id, { approval: reply(id, 2) });
    const key = draftKey(id, 2);
    await store.step(stepOf(id, 'approved', 'sending', { key }));
    await store.step(
      stepOf(id, 'sending', 'posted', {
        key,
        receipt: receipt(id, { key, nativeId: 'post-2', postedAt: T0 + 2 * DAY }),
      }),
    );
    expect(await store.firstAnswers(T0 + DAY, T0 + 3 * DAY)).toEqual([]);
    expect(await store.firstAnswers(T0, T0 + 3 * DAY)).toHaveLength(1);
  });

  it('counts what was approved, how much of it in own words, and nothing that was taken back', async () => {
    await mentionIn(store, 'posted', 'm1');
    const own = await mentionIn(store, 'drafted', 'm2');
    await decideNow(store, own, { draft: draft(own, 2, { by: 'mia' }) });
    await decideNow(store, own, { approval: reply(own, 2) });
    const taken = await mentionIn(store, 'approved', 'm3');
    await decideNow(store, taken, { to: 'drafted' });
    await mentionIn(store, 'drafted', 'm4');
    const counted = { problemType: 'fees', lang: 'en', approved: 2, edited: 1, inIncident: 0 };
    expect(await store.approvalCounts(T0, T0 + DAY)).toEqual([counted]);
    expect(await store.approvalCounts(T0 + 1, T0 + DAY)).toEqual([]);
    expect(await store.approvalCounts(T0 - DAY, T0)).toEqual([]);
  });

  it('tells replies of an incident from others', async () => {
    const id = await mentionIn(store, 'drafted', 'm1');
    await store.noteReply('inc-0123456789', { kind: 'answer', key: draftKey(id, 1), mentionId: id });
    await decideNow(store, id, { approval: reply(id) });
    expect(await store.approvalCounts(T0, T0 + DAY)).toMatchObject([{ approved: 1, edited: 0, inIncident: 1 }]);
  });

  it('counts each corrected mention once, from the first verdict to the last', async () => {
    const says = (mentionId: string, from: string, to: string, at = T0) =>
      decideNow(store, mentionId, {
        correction: { mentionId, text: 'words', from, to, by: 'mia', at },
        audit: event('corrected', mentionId),
      });
    const twice = await mentionIn(store, 'drafted', 'm1');
    await says(twice, 'fees', 'other');
    await says(twice, 'other', 'top-up-failed', T0 + MINUTE);
    await says(await mentionIn(store, 'drafted', 'm2'), 'fees', 'top-up-failed');
    await says(await mentionIn(store, 'drafted', 'm3'), 'fees', 'fees');
    await says(await mentionIn(store, 'drafted', 'm4'), 'fees', 'other', T0 + DAY);
    expect(await store.correctionCounts(T0, T0 + DAY)).toEqual([
      { from: 'fees', to: 'top-up-failed', count: 2 },
      { from: 'fees', to: 'fees', count: 1 },
    ]);
  });

  it('keeps the facts of what was erased, without its words', async () => {
    await mentionIn(store, 'posted', 'm1');
    await store.erase('forum', ['m1'], event('erased', 'm1'));
    expect(await store.firstAnswers(T0, T0 + DAY)).toHaveLength(1);
    expect(await store.approvalCounts(T0, T0 + DAY)).toMatchObject([{ approved: 1, edited: 0 }]);
  });
}
