import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Store } from '../../../src/core/ports.ts';
import type { SavedView } from '../../../src/core/saved-views.ts';
import { assessment, decideNow, type EngineUnderTest, event, found, fresh, page, T0 } from './support.ts';

/** Lists that people put together and come back to. */
export function savedViews(engine: EngineUnderTest): void {
  let place: Awaited<ReturnType<typeof fresh>>;
  let store: Store;
  beforeEach(async () => {
    place = await fresh(engine);
    store = place.store;
  });
  afterEach(() => place.done());

  const view = (id: string, over: Partial<SavedView> = {}): SavedView => ({
    id,
    name: `View ${id}`,
    team: false,
    person: 'mei',
    by: 'Mei',
    at: T0,
    query: { view: 'waiting', lang: 'zh-Hans' },
    ...over,
  });
  const save = (one: SavedView, by = store) => by.saveView(one, event('view-saved', one.id));
  const names = async (person: string) => (await store.savedViews(person)).map(({ name }) => name);

  it('are a person’s own or the team’s, by name', async () => {
    await save(view('b', { name: 'Banking' }));
    await save(view('t', { name: 'All of us', team: true }));
    await save(view('j', { name: 'Banking', person: 'jun', by: 'Jun' }));
    expect(await names('mei')).toEqual(['All of us', 'Banking']);
    expect(await names('jun')).toEqual(['All of us', 'Banking']);
    expect(await names('ana')).toEqual(['All of us']);
    expect(await store.savedView('b')).toEqual(view('b', { name: 'Banking' }));
    expect(await store.savedView('none')).toBeUndefined();
  });

  it('have one name each, however it is written, also when eight come at once', async () => {
    const second = await place.open();
    const tries = await Promise.allSettled(
      Array.from({ length: 8 }, (_, n) => save(view(`v${n}`, { name: 'Banking', team: true }), n % 2 ? second : store)),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await names('mei')).toEqual(['Banking']);
    await expect(save(view('x', { name: ' ｂａｎｋｉｎｇ', team: true }))).rejects.toMatchObject({
      code: 'name-taken',
    });
    await save(view('x', { name: 'Banking' }));
  });

  it('are replaced and removed with an event each', async () => {
    await save(view('a'));
    await save(view('a', { name: 'Other', query: { view: 'all' }, team: true }));
    expect(await store.savedViews('ana')).toEqual([view('a', { name: 'Other', query: { view: 'all' }, team: true })]);
    await store.removeView('a', event('view-removed', 'a'));
    expect(await store.savedViews('mei')).toEqual([]);
    expect((await store.audit(0, 9)).map(({ action }) => action)).toEqual(['view-saved', 'view-saved', 'view-removed']);
  });

  it('one of them, or any other, may be what the inbox opens with', async () => {
    expect(await store.startView('mei')).toBeUndefined();
    await store.setStartView('mei', 'urgent');
    await store.setStartView('mei', 'a');
    expect(await store.startView('mei')).toBe('a');
    expect(await store.startView('jun')).toBeUndefined();
    await store.setStartView('mei', undefined);
    expect(await store.startView('mei')).toBeUndefined();
  });

  it('are counted up to a number, with every filter of the queue', async () => {
    const { added } = await store.savePage(
      page(
        Array.from({ length: 12 }, (_, n) => found(`n${n}`, { text: n < 5 ? '充值没有到账' : 'Where is my money' })),
      ),
    );
    await store.saveAssessments(added.map((id, n) => ({ id, version: 1, assessment: assessment({ unsure: n < 4 }) })));
    await decideNow(store, added[0] as string, { assignee: 'Mei' });
    const count = (query: Parameters<Store['countUpTo']>[0], most = 100) => store.countUpTo(query, most);
    expect(await count({})).toBe(12);
    expect(await count({}, 7)).toBe(7);
    expect(await count({ unsure: true })).toBe(4);
    expect(await count({ unsure: false, order: 'newest' })).toBe(8);
    expect(await count({ assignee: 'Mei' })).toBe(1);
    expect(await count({ assignee: null, unsure: true })).toBe(3);
    expect(await count({ search: '充值' })).toBe(5);
    expect(await count({ search: '充值', unsure: true, states: ['assessed'] }, 3)).toBe(3);
    expect(await count({ states: [] })).toBe(0);
  });
}
