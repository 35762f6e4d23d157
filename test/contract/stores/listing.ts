import { afterEach, beforeEach, expect, it } from 'vitest';
import { PRIORITIES, type Priority } from '../../../src/core/nouns.ts';
import type { QueueQuery, Store } from '../../../src/core/ports.ts';
import {
  assessment,
  decideNow,
  draft,
  type EngineUnderTest,
  event,
  found,
  fresh,
  get,
  mentionIn,
  page,
  reply,
  T0,
} from './support.ts';

export function listing(engine: EngineUnderTest): void {
  let place: Awaited<ReturnType<typeof fresh>>;
  let store: Store;
  beforeEach(async () => {
    place = await fresh(engine);
    store = place.store;
  });
  afterEach(() => place.done());

  /** Mentions n0, n1 … with the priorities given, each said before the one before it, heard one after the other. */
  async function assessed(priorities: readonly Priority[], start = 0): Promise<string[]> {
    const ids: string[] = [];
    for (const [i, priority] of priorities.entries()) {
      const n = start + i;
      const { added } = await store.savePage(page([found(`n${n}`, { saidAt: T0 - n })], { at: T0 + n }));
      const id = added[0] as string;
      ids.push(id);
      await store.saveAssessments([{ id, version: 1, assessment: assessment({ priority }) }]);
    }
    return ids;
  }
  const names = async (query: Partial<QueueQuery>) =>
    (await store.queue({ limit: 50, ...query })).rows.map(({ mention }) => mention.nativeId);

  it('puts the urgent first, then who waits longest', async () => {
    await assessed(['low', 'urgent', 'normal', 'high', 'urgent', 'normal']);
    expect(await names({})).toEqual(['n4', 'n1', 'n3', 'n5', 'n2', 'n0']);
    expect(await names({ order: 'newest' })).toEqual(['n5', 'n4', 'n3', 'n2', 'n1', 'n0']);
  });

  it('shows each mention with its assessment and newest draft', async () => {
    const id = await mentionIn(store, 'drafted');
    await decideNow(store, id, { to: 'drafted', draft: draft(id, 2) });
    const { rows } = await store.queue({ limit: 5 });
    expect(rows).toMatchObject([{ mention: { id, state: 'drafted' }, assessment: assessment(), draft: draft(id, 2) }]);
  });

  it.each([
    ['states', { states: ['heard'] }, ['n6']],
    ['several states', { states: ['heard', 'dismissed'] }, ['n6', 'n5']],
    ['no state', { states: [] }, []],
    ['problem types', { problemTypes: ['app-bug', 'praise'] }, ['n1', 'n2']],
    ['priorities', { priorities: ['urgent', 'low'] }, ['n0', 'n2']],
    ['sources', { sources: ['forum-2'] }, ['n6']],
    ['languages', { langs: ['zh-Hans'] }, ['n3']],
    ['assignee', { assignee: 'tom' }, ['n4']],
    ['nobody’s', { assignee: null, states: ['assessed'] }, ['n0', 'n1', 'n2', 'n3']],
    ['what the classifier is unsure of', { unsure: true }, ['n3']],
    ['what it is sure of', { unsure: false, states: ['assessed'] }, ['n0', 'n4', 'n1', 'n2']],
    ['scam score', { scamAtLeast: 0.8 }, ['n1']],
    [
      'all at once',
      { states: ['assessed'], problemTypes: ['app-bug'], priorities: ['normal'], scamAtLeast: 0.1 },
      ['n1'],
    ],
  ] as [string, Partial<QueueQuery>, string[]][])('filters by %s', async (_, query, expected) => {
    const verdicts = [
      assessment({ priority: 'urgent' }),
      assessment({ problemType: 'app-bug', scam: 0.8 }),
      assessment({ problemType: 'praise', priority: 'low' }),
      assessment({ lang: 'zh-Hans', unsure: true }),
      assessment(),
      assessment(),
    ];
    const { added } = await store.savePage(page(verdicts.map((_, i) => found(`n${i}`, { saidAt: T0 - i }))));
    await store.saveAssessments(added.map((id, i) => ({ id, version: 1, assessment: verdicts[i] ?? assessment() })));
    await decideNow(store, added[4] as string, { assignee: 'tom' });
    await decideNow(store, added[5] as string, { to: 'dismissed' });
    await store.savePage(page([found('n6', { saidAt: T0 - 6 })], { source: 'forum-2' }));
    expect((await names(query)).sort()).toEqual([...expected].sort());
    expect(await names({ ...query, order: 'newest' })).toHaveLength(expected.length);
  });

  it.each(['urgency', 'newest'] as const)('pages by %s through everything once, while others arrive', async (order) => {
    const ids = await assessed(Array.from({ length: 45 }, (_, i) => PRIORITIES[i % 4] as Priority));
    await decideNow(store, ids[7] as string, { to: 'dismissed' });
    await decideNow(store, ids[8] as string, { to: 'escalated' });
    const met: string[] = [];
    let after: string | undefined;
    let turn = 0;
    do {
      const { rows, next } = await store.queue({ order, limit: 7, ...(after && { after }) });
      met.push(...rows.map(({ mention }) => mention.id));
      after = next;
      await assessed(['high'], 1_000 + turn);
      turn += 1;
    } while (after);
    expect(new Set(met).size, 'none twice').toBe(met.length);
    expect(met).toEqual(expect.arrayContaining(ids));
  });

  it.each(['urgency', 'newest'] as const)(
    'pages by %s through a rare type and through a frequent one',
    async (order) => {
      const types = (i: number) => (i % 300 === 7 ? 'rare' : 'fees');
      const all = Array.from({ length: 2_020 }, (_, i) => found(`n${i}`, { saidAt: T0 - ((i * 37) % 101) }));
      const { added } = await store.savePage(page(all));
      const verdicts = all.map((_, i) =>
        assessment({ problemType: types(i), priority: PRIORITIES[i % 4] as Priority }),
      );
      await store.saveAssessments(
        added.map((id, i) => ({ id, version: 1, assessment: verdicts[i] as (typeof verdicts)[number] })),
      );
      const listed = (await store.queue({ order, limit: 3_000 })).rows;
      for (const problemTypes of [['rare'], ['fees'], ['rare', 'fees'], ['nowhere']]) {
        const wanted = listed.filter(({ assessment }) => problemTypes.includes(assessment?.problemType ?? ''));
        const met: string[] = [];
        for (let after: string | undefined, more = true; more; more = after !== undefined) {
          const { rows, next } = await store.queue({
            order,
            limit: problemTypes.includes('fees') ? 900 : 3,
            problemTypes,
            ...(after && { after }),
          });
          met.push(...rows.map(({ mention }) => mention.id));
          after = next;
        }
        expect(met).toEqual(wanted.map(({ mention }) => mention.id));
      }
    },
  );

  it('ends exactly: a page that holds the last row has no next', async () => {
    await assessed(['high', 'high', 'high', 'high']);
    const first = await store.queue({ limit: 2 });
    const second = await store.queue({ limit: 2, after: first.next as string });
    expect(second.rows).toHaveLength(2);
    expect(second.next).toBeUndefined();
  });

  it.each(['', 'x', 'bnVsbA', Buffer.from('["urgency",1,"or 1=1",2]').toString('base64url')])(
    'refuses a page mark that it did not make: %j',
    async (after) => {
      await expect(store.queue({ limit: 5, after })).rejects.toMatchObject({ code: 'bad-mark' });
    },
  );

  it('finds all that one author wrote, by id or by handle, on one platform alone', async () => {
    const author = { id: 'u-7', handle: '@Invented_Ann', name: 'Ann' };
    const mine = (await store.savePage(page([found('a1', { author }), found('a2', { author: { id: 'u-7' } })]))).added;
    await store.savePage(page([found('b1', { author: { id: 'u-8', handle: 'invented_annie' } })]));
    await store.savePage(page([found('c1', { author })], { connector: 'other', source: 'other-1' }));
    const by = async (is: string) => {
      const { rows } = await store.queue({ author: { connector: 'forum', is }, order: 'newest', limit: 10 });
      return rows.map(({ mention }) => mention.id).sort();
    };
    expect(await by('u-7')).toEqual([...mine].sort());
    expect(await by('invented_ANN')).toEqual([mine[0]]);
    expect(await by('nobody')).toEqual([]);
    await store.erase('forum', ['a1'], event('erased', 'forum-1'));
    expect(await by('u-7')).toEqual([mine[1]]);
  });

  it('counts how many wait where', async () => {
    const sample = await store.savePage(page([found('s')], { sample: true }));
    const ids = await assessed(['urgent', 'urgent', 'low']);
    await store.saveAssessments([{ id: ids[2] as string, version: 2, assessment: assessment({ scam: 0.9 }) }]);
    await decideNow(store, ids[1] as string, { assignee: 'tom' });
    await decideNow(store, sample.added[0] as string, { to: 'dismissed', assignee: 'tom' });
    await mentionIn(store, 'posted', 'p');
    expect(await store.counts(T0)).toEqual({
      byState: { assessed: 3, dismissed: 1, posted: 1 },
      urgent: 2,
      byAssignee: { tom: 1 },
      scam: 1,
      sample: 1,
    });
  });

  it('finds a case by its id, by its beginning, and says when that fits several', async () => {
    const { added } = await store.savePage(page(Array.from({ length: 3_000 }, (_, i) => found(`n${i}`))));
    const id = added[0] as string;
    expect((await store.find(id))?.mention.id).toBe(id);
    expect((await store.find(` ${id.slice(0, 12).toUpperCase()} `))?.mention.id).toBe(id);
    expect(await store.find(id.slice(0, 3)), 'too short').toBeUndefined();
    expect(await store.find('%%%%')).toBeUndefined();
    expect(await store.find(`${id.slice(0, 15)}u`), 'no such id').toBeUndefined();
    const sorted = [...added].sort();
    const twins = sorted.findIndex((one, i) => sorted[i + 1]?.startsWith(one.slice(0, 4)));
    expect(twins, 'two ids of 3,000 share four characters').toBeGreaterThanOrEqual(0);
    await expect(store.find(sorted[twins]?.slice(0, 4) ?? '')).rejects.toMatchObject({ code: 'ambiguous-id' });
  });

  it('shows the whole thread of a case, oldest first', async () => {
    const thread = { conversationId: 't1' };
    await store.savePage(page([found('b', { ...thread, saidAt: T0 + 2 }), found('a', { ...thread, saidAt: T0 + 1 })]));
    await store.savePage(page([found('c', thread)], { connector: 'feed', source: 'feed-1' }));
    const { added } = await store.savePage(page([found('d', { ...thread, saidAt: T0 + 3 }), found('e')]));
    const [d, e] = added as [string, string];
    expect((await store.find(d))?.conversation.map(({ nativeId }) => nativeId)).toEqual(['a', 'b', 'd']);
    expect((await store.find(e))?.conversation.map(({ nativeId }) => nativeId)).toEqual(['e']);
  });

  it('counts for each template how many of its drafts were let out, and how many as they were', async () => {
    const template = { id: 'fees/en', version: '0123456789ab' };
    const drafted = async (name: string) => {
      const id = await mentionIn(store, 'assessed', name);
      const { version } = await get(store, id);
      await store.saveDrafts([{ id, version, draft: draft(id, 1, { template }) }]);
      return id;
    };
    for (const id of [await drafted('a'), await drafted('b')]) {
      await decideNow(store, id, { to: 'approved', approval: reply(id) });
    }
    const edited = await drafted('c');
    await decideNow(store, edited, { draft: draft(edited, 2, { by: 'mia', text: 'In my own words' }) });
    await decideNow(store, edited, { to: 'approved', approval: reply(edited, 2) });
    await drafted('still waits');
    await mentionIn(store, 'approved', 'from no template');
    const elsewhere = await drafted('in its next version, for another type');
    const next = draft(elsewhere, 2, { template: { ...template, version: 'ba9876543210' } });
    await decideNow(store, elsewhere, { draft: next, assessment: assessment({ problemType: 'praise' }) });
    await decideNow(store, elsewhere, { to: 'approved', approval: reply(elsewhere, 2) });
    const use = { template: 'fees/en', lang: 'en', platform: 'forum' };
    expect(await store.templateUse()).toEqual([
      { ...use, problemType: 'fees', approved: 3, unedited: 2 },
      { ...use, problemType: 'praise', approved: 1, unedited: 1 },
    ]);
    const inOwnWords = { mentionId: edited, template, lang: 'en', before: draft(edited, 1).text, by: 'mia' };
    expect(await store.editedReplies(9)).toEqual([
      { ...inOwnWords, after: reply(edited, 2).text, at: reply(edited, 2).approvedAt },
    ]);
    expect(await store.editedReplies(0)).toEqual([]);
  });

  it('reports each UTC day: heard, posted and dismissed on it', async () => {
    const day = Date.UTC(2026, 0, 15);
    await mentionIn(store, 'posted', 'm1');
    const id = await mentionIn(store, 'assessed', 'm2');
    await decideNow(store, id, {
      to: 'dismissed',
      audit: { at: T0 + 86_400_000, actor: 'mia', action: 'dismissed', subject: id, detail: {} },
    });
    await store.savePage(page([found('m3')], { at: day - 1 }));
    const row = { problemType: 'fees', source: 'forum-1', lang: 'en' };
    const unasked = { solved: 0, unsolved: 0, cameBack: 0 };
    expect(await store.report(day, day + 2 * 86_400_000)).toEqual([
      { ...row, day, heard: 2, posted: 1, dismissed: 0, ...unasked },
      { ...row, day: day + 86_400_000, heard: 0, posted: 0, dismissed: 1, ...unasked },
    ]);
    expect(
      await store.report(day, day + 60 * 86_400_000, 45),
      'so many days in a row, however many are counted at once',
    ).toEqual([{ ...row, day, heard: 2, posted: 1, dismissed: 1, ...unasked }]);
    expect(await store.report(day - 86_400_000, day + 2 * 86_400_000, 2)).toMatchObject([
      { day: day - 86_400_000, problemType: '', heard: 1 },
      { day: day - 86_400_000, problemType: 'fees', heard: 2, posted: 1, dismissed: 0 },
      { day: day + 86_400_000, problemType: 'fees', heard: 0, dismissed: 1 },
    ]);
    expect(await store.report(day - 1, day)).toEqual([
      {
        day: day - 86_400_000,
        problemType: '',
        lang: '',
        source: 'forum-1',
        heard: 1,
        posted: 0,
        dismissed: 0,
        ...unasked,
      },
    ]);
  });
}
