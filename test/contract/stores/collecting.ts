import { afterEach, beforeEach, expect, it } from 'vitest';
import { mentionId } from '../../../src/core/ids.ts';
import type { Store } from '../../../src/core/ports.ts';
import { type EngineUnderTest, found, fresh, get, MINUTE, page, T0 } from './support.ts';

export function collecting(engine: EngineUnderTest): void {
  let place: Awaited<ReturnType<typeof fresh>>;
  let store: Store;
  beforeEach(async () => {
    place = await fresh(engine);
    store = place.store;
  });
  afterEach(() => place.done());

  it('gives back a mention as it was found', async () => {
    const whole = found('n1', {
      text: '充值失败 top-up failed 🙁',
      saidAt: T0 - 5,
      editedAt: T0 - 1,
      url: 'https://forum.example/t/1',
      conversationId: 't1',
      parentId: 'n0',
      replyRef: '{"room":7}',
      permission: { how: 'by-hand', why: 'a feed has no way to answer' },
      platform: 'bulletin',
      place: '#help',
      attachments: [{ url: 'https://forum.example/a.png', type: 'image/png', description: 'a screen' }],
      langHint: 'zh',
    });
    const { added } = await store.savePage(page([whole], { sample: true }));
    expect(added).toEqual([mentionId('forum', 'n1')]);
    const { saidAt, platform, attachments, ...same } = whole;
    expect(await get(store, added[0] as string)).toEqual({
      ...same,
      saidAt,
      platform,
      attachments,
      id: added[0],
      connector: 'forum',
      source: 'forum-1',
      heardAt: T0,
      sample: true,
      state: 'heard',
      version: 1,
    });
  });

  it('fills in what the connector does not know: time of hearing, platform, attachments', async () => {
    const { saidAt: _, ...bare } = found('n1');
    const { added } = await store.savePage(page([bare], { at: T0 + 9 }));
    expect(await get(store, added[0] as string)).toMatchObject({ saidAt: T0 + 9, platform: 'forum', attachments: [] });
  });

  it('keeps one mention for one post, whoever finds it and however often', async () => {
    await store.savePage(page([found('n1'), found('n2')]));
    const again = await store.savePage(page([found('n2'), found('n3'), found('n3')], { source: 'forum-2' }));
    expect(again).toEqual({ added: [mentionId('forum', 'n3')], changed: [], known: 2 });
    const other = await store.savePage(page([found('n1')], { connector: 'feed', source: 'feed-1' }));
    expect(other.added).toHaveLength(1);
    expect((await store.queue({ limit: 10 })).rows).toHaveLength(4);
    expect((await get(store, mentionId('forum', 'n2'))).source).toBe('forum-1');
  });

  it('adds each of eight deliveries at once only once', async () => {
    const second = await place.open();
    const all = await Promise.all(
      Array.from({ length: 8 }, (_, i) => (i % 2 ? second : store).savePage(page([found('n1'), found('n2')]))),
    );
    expect(all.flatMap(({ added }) => added)).toHaveLength(2);
    expect(all.reduce((sum, { known }) => sum + known, 0)).toBe(14);
  });

  it('saves cursor and mentions together', async () => {
    expect(await store.cursor('forum-1')).toBeUndefined();
    await store.savePage(page([found('n1')], { cursor: { after: 'n1', seen: [1, 2] } }));
    expect(await store.cursor('forum-1')).toEqual({ after: 'n1', seen: [1, 2] });
    await store.savePage(page([found('n2')]));
    expect(await store.cursor('forum-1'), 'a live message moves no cursor').toEqual({ after: 'n1', seen: [1, 2] });
    await store.savePage(page([], { cursor: null }));
    expect(await store.cursor('forum-1')).toBeNull();
  });

  it('saves nothing of a page of which one part cannot be saved', async () => {
    await store.savePage(page([found('n1')], { cursor: 1 }));
    const unreadable = Object.defineProperty(found('n3'), 'text', {
      get() {
        throw new Error('planted');
      },
    });
    await expect(store.savePage(page([found('n2'), unreadable], { cursor: 2 }))).rejects.toThrow('planted');
    const cyclic: Record<string, unknown> = {};
    cyclic.self = cyclic;
    await expect(store.savePage(page([found('n2')], { cursor: cyclic }))).rejects.toThrow(/circular/i);
    expect(await store.cursor('forum-1')).toBe(1);
    expect(await store.known('forum', ['n1', 'n2', 'n3'])).toEqual(new Set(['n1']));
    expect(await store.statuses()).toMatchObject([{ stored: 1 }]);
  });

  it('knows which of many native ids are stored', async () => {
    const ids = Array.from({ length: 2_500 }, (_, i) => `n${i}`);
    await store.savePage(page(ids.filter((_, i) => i % 2 === 0).map((id) => found(id))));
    expect((await store.known('forum', ids)).size).toBe(1_250);
    expect(await store.known('feed', ids)).toEqual(new Set());
    expect(await store.known('forum', [])).toEqual(new Set());
  });

  it('takes a marked page once, on whichever machine it comes again', async () => {
    const marked = (id: string, digest: string, until = T0 + 60 * MINUTE) =>
      page([found(`${id}-${digest}`)], {
        once: [
          { id, digest, until },
          { id: `${id}-too`, until },
        ],
      });
    const second = await place.open();
    const all = await Promise.all(
      Array.from({ length: 8 }, (_, i) => (i % 2 ? second : store).savePage(marked('call', 'a'))),
    );
    expect(all.filter(({ repeated }) => repeated === undefined)).toHaveLength(1);
    expect(all.filter(({ repeated }) => repeated === 'same')).toHaveLength(7);
    expect(await second.savePage(marked('call', 'b'))).toEqual({ added: [], changed: [], known: 0, repeated: 'other' });
    expect(await store.known('forum', ['call-a', 'call-b'])).toEqual(new Set(['call-a']));
    expect(await store.taken('forum-1', 'call'), 'and it is told').toBe(true);
    expect(await store.taken('forum-2', 'call')).toBe(false);

    await store.savePage({ ...marked('later', 'a', T0 + 1e9), at: T0 + 61 * MINUTE });
    expect(await store.taken('forum-1', 'call'), 'until its time is over').toBe(false);
  });

  it('marks nothing as taken that could not be saved', async () => {
    const unreadable = Object.defineProperty(found('n3'), 'text', {
      get() {
        throw new Error('planted');
      },
    });
    const once = [{ id: 'call', until: T0 + MINUTE }];
    await expect(store.savePage(page([unreadable], { once }))).rejects.toThrow('planted');
    expect(await store.savePage(page([found('n3')], { once }))).toMatchObject({ added: [expect.any(String)] });
  });

  it('knows which of many mentions are held', async () => {
    const { added } = await store.savePage(page(['n1', 'n2', 'n3'].map((id) => found(id))));
    await store.erase('forum', ['n2'], { at: T0, actor: 'Mei', action: 'erased', subject: 'forum-1', detail: {} });
    const [first = '', , third = ''] = added;
    expect(await store.held([...added, mentionId('forum', 'n9')])).toEqual(new Set([first, third]));
    expect(await store.held([])).toEqual(new Set());
  });

  it('keeps the health of each source, with what it brought and skipped', async () => {
    await store.savePage(page([found('n1')], { skipped: [{ reason: 'no text' }] }));
    const failing = { source: 'forum-1', state: 'unavailable', message: 'No answer from forum.example.' } as const;
    await store.saveStatus({
      source: 'forum-1',
      state: 'ok',
      message: '',
      lastSuccessAt: T0,
      lastTriedAt: T0,
      failuresInARow: 0,
    });
    await store.saveStatus({ ...failing, lastTriedAt: T0 + 5, until: T0 + 60, failuresInARow: 2 });
    await store.savePage(page([], { source: 'feed-1', connector: 'feed' }));
    await store.savePage(
      page([found('n2')], { skipped: [{ reason: 'no text' }, { nativeId: 'n3', reason: 'no author' }] }),
    );
    expect(await store.statuses()).toEqual([
      { source: 'feed-1', state: 'new', message: '', failuresInARow: 0, stored: 0, skipped: 0 },
      { ...failing, lastSuccessAt: T0, lastTriedAt: T0 + 5, until: T0 + 60, failuresInARow: 2, stored: 2, skipped: 3 },
    ]);
  });

  it('stores hostile text as harmless text of the same length', async () => {
    const hostile = [
      'a\0b',
      'lone \ud83d half',
      '\u202Eevil',
      '<script>alert(1)</script>',
      `'); drop table mention; --`,
    ];
    const { added } = await store.savePage(
      page(hostile.map((text, i) => found(`n${i}`, { text, author: { id: text, name: text } }))),
    );
    const texts = await Promise.all(added.map(async (id) => (await get(store, id)).text));
    expect(texts).toEqual(['a\uFFFDb', 'lone \uFFFD half', ...hostile.slice(2)]);
    const again = await store.savePage(page(hostile.map((text, i) => found(`n${i}`, { text, author: { id: text } }))));
    expect(again, 'the same text again is no edit').toMatchObject({ added: [], changed: [], known: 5 });
  });

  it('lets no address through that a browser would run', async () => {
    const evil = 'javascript:alert(1)';
    const { added } = await store.savePage(
      page([found('n1', { url: evil, author: { id: 'a', url: evil }, attachments: [{ url: evil }] })]),
    );
    const mention = await get(store, added[0] as string);
    expect(mention).toMatchObject({ author: { id: 'a' }, attachments: [] });
    expect(JSON.stringify(mention)).not.toContain('javascript');
  });

  it('survives times that are none', async () => {
    const times = [Number.NaN, Number.POSITIVE_INFINITY, 1e300, 1.5];
    const { added } = await store.savePage(page(times.map((saidAt, i) => found(`n${i}`, { saidAt }))));
    const said = await Promise.all(added.map(async (id) => (await get(store, id)).saidAt));
    expect(said).toEqual([T0, T0, T0, 1]);
  });

  it('stores a text of 10 MB', async () => {
    const text = '钱包 wallet '.repeat(1_000_000);
    const { added } = await store.savePage(page([found('n1', { text })]));
    expect((await get(store, added[0] as string)).text === text).toBe(true);
    expect((await store.queue({ search: '钱包', limit: 1 })).rows).toHaveLength(1);
  });
}
