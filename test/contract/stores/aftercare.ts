import { afterEach, beforeEach, expect, it } from 'vitest';
import type { FollowUpKind } from '../../../src/core/aftercare.ts';
import type { MentionId } from '../../../src/core/nouns.ts';
import type { Store } from '../../../src/core/ports.ts';
import { assessment, type EngineUnderTest, event, found, fresh, get, MINUTE, mentionIn, page, T0 } from './support.ts';

const DAY = 24 * 60 * MINUTE;
const TOPIC = { conversationId: 'topic-1' };
const KIM = { id: 'kim', handle: '@kim' };

/** What happens below our answers. */
export function aftercare(engine: EngineUnderTest): void {
  let place: Awaited<ReturnType<typeof fresh>>;
  let store: Store;
  beforeEach(async () => {
    place = await fresh(engine);
    store = place.store;
  });
  afterEach(() => place.done());

  /** A mention by Kim in a topic, answered a minute after T0. */
  const answered = () => mentionIn(store, 'posted', 'asked', { ...TOPIC, author: KIM });
  async function later(nativeId: string, over: Parameters<typeof found>[1] = {}, scam = 0): Promise<MentionId> {
    const saidAt = T0 + 10 * MINUTE;
    const { added } = await store.savePage(page([found(nativeId, { ...TOPIC, saidAt, ...over })], { at: saidAt }));
    const id = added[0] as string;
    await store.saveAssessments([{ id, version: 1, assessment: assessment({ scam }) }]);
    return id;
  }
  const look = (since = T0, by = store) => by.followUps({ since, watchMs: DAY, limit: 10 });
  const note = (id: MentionId, by: MentionId, kind: FollowUpKind) =>
    store.noteFollowUp({ answered: id, by, kind, audit: event(kind, id, { at: T0 + 11 * MINUTE, actor: 'author' }) });

  it('finds what the author wrote below it, and a likely scam of somebody else', async () => {
    const id = await answered();
    const back = await later('back', { author: KIM });
    const bait = await later('bait', {}, 0.9);
    await later('harmless');
    expect((await look()).map(({ answered: one, row, byAuthor }) => [one, row.mention.id, byAuthor])).toEqual([
      [id, back, true],
      [id, bait, false],
    ]);
  });

  it('leaves what is older, elsewhere, too late or not sorted yet', async () => {
    await answered();
    await later('before', { author: KIM, saidAt: T0 });
    await later('elsewhere', { author: KIM, conversationId: 'topic-2' });
    await later('too-late', { author: KIM, saidAt: T0 + 2 * DAY });
    await store.savePage(page([found('unsorted', { ...TOPIC, author: KIM, saidAt: T0 + 9 * MINUTE })]));
    expect(await look()).toEqual([]);
  });

  it('is news once, in the history and the numbers of what was answered', async () => {
    const id = await answered();
    const back = await later('back', { author: KIM });
    expect(await note(id, back, 'came-back')).toBe(true);
    expect(await note(id, back, 'came-back')).toBe(false);
    expect(await look()).toEqual([]);
    const seen = await store.find(id);
    expect(seen).toMatchObject({ mention: { state: 'posted', cameBackAt: T0 + 11 * MINUTE } });
    expect(seen?.history.at(-1)).toMatchObject({ action: 'came-back', actor: 'author' });
    expect((await store.queue({ cameBack: true, limit: 10 })).rows.map(({ mention }) => mention.id)).toEqual([id]);
    const sum = (await store.report(0, T0 + DAY)).reduce((total, { cameBack }) => total + cameBack, 0);
    expect(sum).toBe(1);
  });

  it('a scammer below it is in its history, and its author has not come back', async () => {
    const id = await answered();
    const bait = await later('bait', {}, 0.9);
    expect(await note(id, bait, 'scammer')).toBe(true);
    expect((await get(store, id)).cameBackAt).toBeUndefined();
    expect((await store.find(id))?.history.at(-1)).toMatchObject({ action: 'scammer' });
  });

  it('of two at once only one notes it', async () => {
    const id = await answered();
    const back = await later('back', { author: KIM });
    expect((await Promise.all([note(id, back, 'solved'), note(id, back, 'solved')])).sort()).toEqual([false, true]);
  });

  it('a reply that is not there any more is noted once, and not asked about again', async () => {
    const id = await answered();
    const out = () => store.repliesOut({ source: 'forum-1', since: T0, limit: 10 });
    const [reply] = await out();
    expect(reply).toMatchObject({ answered: id, nativeId: 'post-1' });
    expect(await store.repliesOut({ source: 'forum-1', since: T0 + DAY, limit: 10 })).toEqual([]);
    expect(await store.repliesOut({ source: 'board-1', since: T0, limit: 10 })).toEqual([]);
    const gone = () =>
      store.noteRemoved({
        key: reply?.key ?? '',
        answered: id,
        audit: event('reply-removed', id, { at: T0 + 5 * MINUTE, actor: 'earshot' }),
      });
    const inVain = async () => (await store.queue({ removed: true, limit: 5 })).rows.map(({ mention }) => mention.id);
    expect(await inVain()).toEqual([]);
    expect(await gone()).toBe(true);
    expect(await gone()).toBe(false);
    expect(await inVain()).toEqual([id]);
    expect(await out()).toEqual([]);
    const seen = await store.find(id);
    expect(seen).toMatchObject({ mention: { state: 'posted' }, receipt: { removedAt: T0 + 5 * MINUTE } });
    expect(seen?.history.at(-1)).toMatchObject({ action: 'reply-removed' });
  });
}
