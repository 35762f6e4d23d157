import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Conflict } from '../../../src/core/failures.ts';
import { draftKey } from '../../../src/core/ids.ts';
import type { Incident } from '../../../src/core/incidents.ts';
import type { Store } from '../../../src/core/ports.ts';
import { assessment, type EngineUnderTest, event, found, fresh, get, MINUTE, mentionIn, page, T0 } from './support.ts';

const reply = { zh: ['我们知道了。'], en: ['We know.'], by: 'earshot', at: T0, revision: 1 };

function incident(over: Partial<Incident> = {}): Incident {
  return {
    id: 'inc-0123456789',
    version: 0,
    state: 'open',
    sample: false,
    problemType: 'fees',
    openedAt: T0,
    openedBy: 'earshot',
    terms: { fee: 1 },
    answer: reply,
    solved: reply,
    lastMentionAt: T0,
    ...over,
  };
}

export function incidents(engine: EngineUnderTest): void {
  let place: Awaited<ReturnType<typeof fresh>>;
  let store: Store;
  beforeEach(async () => {
    place = await fresh(engine);
    store = place.store;
  });
  afterEach(() => place.done());

  const open = (join: string[], over: Partial<Incident> = {}) =>
    store.saveIncident({ incident: incident(over), join, audit: event('incident-opened', over.id ?? incident().id) });
  const members = async (id = incident().id) => (await store.incident(id))?.members.map(({ mentionId }) => mentionId);

  it('an incident is kept whole, with its mentions in the order in which they were said', async () => {
    const late = await mentionIn(store, 'drafted', 'late', { saidAt: T0 + MINUTE });
    const early = await mentionIn(store, 'drafted', 'early', { saidAt: T0 - MINUTE });
    const alarm = {
      at: T0,
      count: 7,
      minutes: 10,
      usualPerHour: 0.5,
      hoursOfHistory: 3,
      littleHistory: true,
      chance: 1e-7,
      platforms: ['forum'],
    };
    const saved = await open([late, early], { alarm });
    expect(saved).toEqual(incident({ alarm, version: 1 }));
    const read = await store.incident('0123');
    expect(read?.incident).toEqual(saved);
    expect(
      read?.members.map(({ row, mentionId, joinedBy, replies }) => [row.mention.id, mentionId, joinedBy, replies]),
    ).toEqual([
      [early, early, 'mia', []],
      [late, late, 'mia', []],
    ]);
    expect(read?.members[0]?.row.draft?.text).toBe('Reply 1');
    expect(await store.incidents({ limit: 5 })).toEqual([{ incident: saved, mentionIds: [early, late] }]);
    expect(await store.incidents({ state: 'closed', limit: 5 })).toEqual([]);
    expect(await store.incident('inc-zzzz')).toBeUndefined();
  });

  it('a change of an older version is refused, and so is the same incident made twice', async () => {
    const saved = await open([]);
    await expect(open([])).rejects.toThrow(Conflict);
    const change = (by: string) =>
      store.saveIncident({ incident: { ...saved, openedBy: by }, audit: event('incident-changed', saved.id) });
    const both = await Promise.allSettled([change('one'), change('other')]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('a mention is in one open incident at most', async () => {
    const id = await mentionIn(store, 'drafted');
    const first = await open([id]);
    await open([id], { id: 'inc-aaaaaaaaaa' });
    expect(await members('inc-aaaaaaaaaa')).toEqual([]);
    await store.saveIncident({ incident: { ...first, state: 'closed' }, audit: event('incident-closed', first.id) });
    const second = await store.incident('inc-aaaaaaaaaa');
    await store.saveIncident({
      incident: second?.incident as Incident,
      join: [id],
      audit: event('incident-joined', 'inc-aaaaaaaaaa'),
    });
    expect(await members('inc-aaaaaaaaaa')).toEqual([id]);
    expect(await members()).toEqual([id]);
  });

  it('one that left is out, and is known to have left', async () => {
    const id = await mentionIn(store, 'drafted');
    const saved = await open([id]);
    await store.saveIncident({ incident: saved, leave: [id], audit: event('incident-left', saved.id) });
    expect(await members()).toEqual([]);
    const [row] = await store.recent({ since: T0 - MINUTE, sample: false, limit: 10 });
    expect(row).toMatchObject({ mention: { id }, leftFrom: [saved.id] });
    expect(row?.incident).toBeUndefined();
  });

  it('what waits to go out is taken back with the change, what is on its way is not, and others are left alone', async () => {
    const ids = {
      approved: await mentionIn(store, 'approved', 'a'),
      byHand: await mentionIn(store, 'by-hand', 'b'),
      sending: await mentionIn(store, 'sending', 'c'),
      posted: await mentionIn(store, 'posted', 'd'),
      other: await mentionIn(store, 'approved', 'e'),
    };
    const saved = await open(Object.values(ids));
    for (const id of [ids.approved, ids.byHand, ids.sending, ids.posted])
      await store.noteReply(saved.id, { kind: 'answer', key: draftKey(id, 1), mentionId: id });
    expect((await store.incident(saved.id))?.members.map(({ replies }) => replies.length)).toEqual([1, 1, 1, 1, 0]);
    await store.saveIncident({
      incident: { ...saved, state: 'closed' },
      takeBack: 'The incident was closed.',
      audit: event('incident-closed', saved.id),
    });
    const states = await Promise.all(Object.values(ids).map(async (id) => (await get(store, id)).state));
    expect(states).toEqual(['drafted', 'drafted', 'sending', 'posted', 'approved']);
    expect((await store.outbox(['void'], 10)).map(({ reason }) => reason)).toEqual([
      'The incident was closed.',
      'The incident was closed.',
    ]);
    const { history } = (await store.find(ids.approved)) ?? { history: [] };
    expect(history.at(-1)).toMatchObject({ action: 'voided', detail: { incident: saved.id } });
  });

  it('a change is told to whoever watches', async () => {
    const id = await mentionIn(store, 'drafted');
    const told = new Promise((resolve) => store.watch(resolve));
    await open([id]);
    expect(await told).toEqual({ mentions: [id], sources: false });
  });

  it('an erased mention is out of it, and the sample goes with its incidents', async () => {
    const id = await mentionIn(store, 'drafted');
    await open([id]);
    await store.erase('forum', ['m1'], event('erased', 'forum'));
    expect(await members()).toEqual([]);
    const { added } = await store.savePage(page([found('s1')], { sample: true }));
    await open(added, { id: 'inc-ssssssssss', sample: true });
    await store.removeSample(event('sample-removed', 'sample'));
    expect((await store.incidents({ limit: 9 })).map(({ incident: { id: left } }) => left)).toEqual([incident().id]);
  });

  describe('what the watch looks at', () => {
    it('is what was said since, sorted, not dismissed, sample and real apart, newest first', async () => {
      const now = await mentionIn(store, 'drafted', 'now');
      const later = await mentionIn(store, 'assessed', 'later', { saidAt: T0 + MINUTE });
      await mentionIn(store, 'heard', 'unsorted');
      await mentionIn(store, 'dismissed', 'gone');
      await mentionIn(store, 'drafted', 'old', { saidAt: T0 - 10 * MINUTE });
      const { added } = await store.savePage(page([found('s1')], { sample: true }));
      await store.saveAssessments([{ id: added[0] as string, version: 1, assessment: assessment() }]);
      const look = async (sample: boolean, limit = 10) =>
        (await store.recent({ since: T0, sample, limit })).map(({ mention }) => mention.id);
      expect(await look(false)).toEqual([later, now]);
      expect(await look(false, 1)).toEqual([later]);
      expect(await look(true)).toEqual(added);
    });

    it('counts by hour and type', async () => {
      await mentionIn(store, 'drafted', 'one');
      await mentionIn(store, 'posted', 'two', { saidAt: T0 + 59 * MINUTE });
      await mentionIn(store, 'drafted', 'three', { saidAt: T0 + 61 * MINUTE });
      await mentionIn(store, 'heard', 'unsorted');
      const count = { problemType: 'fees' };
      expect(await store.hourly({ from: T0, to: T0 + 120 * MINUTE, sample: false })).toEqual([
        { ...count, hour: T0, count: 2 },
        { ...count, hour: T0 + 60 * MINUTE, count: 1 },
      ]);
      expect(await store.hourly({ from: T0, to: T0 + 60 * MINUTE, sample: false })).toHaveLength(1);
      expect(await store.hourly({ from: T0, to: T0 + 60 * MINUTE, sample: true })).toEqual([]);
    });
  });
}
