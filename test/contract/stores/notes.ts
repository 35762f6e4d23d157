import { afterEach, beforeEach, expect, it } from 'vitest';
import { Refused } from '../../../src/core/failures.ts';
import type { Note } from '../../../src/core/notes.ts';
import type { Change, Store } from '../../../src/core/ports.ts';
import { type EngineUnderTest, event, found, fresh, get, MINUTE, mentionIn, page, T0 } from './support.ts';

/** What colleagues write to each other about a mention. */
export function notes(engine: EngineUnderTest): void {
  let place: Awaited<ReturnType<typeof fresh>>;
  let store: Store;
  beforeEach(async () => {
    place = await fresh(engine);
    store = place.store;
  });
  afterEach(() => place.done());

  const note = (mentionId: string, id = 'n1', over: Partial<Note> = {}): Note => ({
    id,
    mentionId,
    by: 'mia',
    person: 'p-mia',
    text: `Words of ${id}`,
    at: T0,
    ...over,
  });
  const save = (one: Note, action = 'noted') => store.saveNote(one, event(action, one.mentionId));

  it('stand in the order of their writing, each with its event, and leave the version alone', async () => {
    const id = await mentionIn(store, 'drafted');
    const { version } = await get(store, id);
    await save(note(id, 'n2', { at: T0 + MINUTE }));
    await save(note(id, 'n1'));
    expect(await store.notes(id)).toEqual([note(id, 'n1'), note(id, 'n2', { at: T0 + MINUTE })]);
    expect((await get(store, id)).version).toBe(version);
    expect((await store.find(id))?.history.map(({ action }) => action)).toEqual(['noted', 'noted']);
    expect(await store.notes('elsewhere')).toEqual([]);
  });

  it('are no part of a case: nothing that makes a reply ever holds one', async () => {
    const id = await mentionIn(store, 'drafted');
    await save(note(id, 'n1', { text: 'zebranote' }));
    expect(JSON.stringify(await store.find(id))).not.toContain('zebranote');
    expect(JSON.stringify(await store.queue({ limit: 9 }))).not.toContain('zebranote');
    expect(JSON.stringify(await store.audit(0, 99))).not.toContain('zebranote');
  });

  it('can be changed, taken away, brought back, and forgotten for good', async () => {
    const id = await mentionIn(store, 'drafted');
    const edited = note(id, 'n1', { text: 'Better', editedAt: T0 + 1 });
    await save(note(id));
    await save(edited, 'note-edited');
    expect(await store.notes(id)).toEqual([edited]);
    const gone = { ...edited, removedAt: T0 + 2 };
    await save(gone, 'note-removed');
    expect(await store.notes(id)).toEqual([]);
    expect(await store.note('n1')).toEqual(gone);
    await save(edited, 'note-restored');
    expect(await store.notes(id)).toEqual([edited]);
    await save({ ...gone, text: 'zebragone' }, 'note-removed');
    expect(await store.forgetNotes(T0 + 2)).toBe(0);
    expect(await store.forgetNotes(T0 + 3)).toBe(1);
    expect(await store.note('n1')).toBeUndefined();
    expect(await engine.remains(place.folder)).not.toContain('zebragone');
  });

  it('are told to whoever watches', async () => {
    const id = await mentionIn(store, 'drafted');
    const told: Change[] = [];
    const stop = store.watch((change) => told.push(change));
    await save(note(id));
    await expect.poll(() => told).toContainEqual({ mentions: [id], sources: false });
    stop();
  });

  it('go with their mention, and are not written under one that is gone', async () => {
    const id = await mentionIn(store, 'dismissed');
    await save(note(id, 'n1', { text: 'zebraerased 斑马备注' }));
    await store.erase('forum', ['m1'], event('erased', 'forum-1'));
    expect(await store.notes(id)).toEqual([]);
    expect(await store.note('n1')).toBeUndefined();
    expect(await engine.remains(place.folder)).not.toMatch(/zebraerased|斑马备注/);
    await expect(save(note(id, 'n2'))).rejects.toBeInstanceOf(Refused);
    await expect(save(note('nobodyknowsthis0', 'n3'))).rejects.toMatchObject({ code: 'unknown-mention' });
    expect((await store.audit(0, 99)).filter(({ action }) => action === 'noted')).toHaveLength(1);
  });

  it('of the sample go with the sample', async () => {
    const { added } = await store.savePage(
      page([found('s1')], { sample: true, source: 'sample', connector: 'sample' }),
    );
    await save(note(added[0] as string));
    await store.removeSample(event('sample-removed', 'sample'));
    expect(await store.note('n1')).toBeUndefined();
  });
}
