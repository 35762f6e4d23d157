import { describe, expect, it, vi } from 'vitest';
import {
  clock,
  deps,
  forum,
  found,
  MINUTE,
  now,
  setUpCollecting,
  sourceOf,
  statusOf,
  store,
  texts,
} from '../../../test/platforms/collecting.ts';
import { OUR_ACCOUNT } from '../../../test/platforms/forum.ts';
import { openForum } from '../../../test/platforms/open-forum.ts';
import { ConnectorError } from '../../core/failures.ts';
import type { FoundMention } from '../../core/nouns.ts';
import type { Page } from '../../core/ports.ts';
import { type CollectorDeps, createCollector } from './index.ts';

setUpCollecting();

describe('collecting', () => {
  it('reads page after page and remembers where it stopped', async () => {
    for (let n = 1; n <= 7; n++) forum.say('lena', `post ${n}`);
    const source = openForum(forum, 'look-up', { pageSize: 3 });
    const collector = createCollector(deps);
    expect(await collector.collect(source, now())).toMatchObject({ state: 'ok', pages: 3, added: 7, known: 0 });

    forum.say('lena', 'post 8');
    expect(await collector.collect(source, now())).toMatchObject({ pages: 1, added: 1 });
    expect(await texts()).toHaveLength(8);
    expect(await store.cursor('forum')).toEqual({ after: 8 });
  });

  it('looks back no further than it was told on the first pull', async () => {
    forum.say('lena', 'long ago', { createdAt: new Date(clock.now() - 60 * 24 * 60 * MINUTE).toISOString() });
    forum.say('lena', 'just now');
    await createCollector(deps).collect(openForum(forum), { ...now(), since: clock.now() - 24 * 60 * MINUTE });
    expect(await texts()).toEqual(['just now']);
  });

  it('tells each page as it is stored, and keeps what was truly seen', async () => {
    for (let n = 1; n <= 4; n++) forum.say('lena', `post ${n}`);
    const pages: unknown[] = [];
    await createCollector(deps).collect(openForum(forum, 'look-up', { pageSize: 2 }), {
      ...now(),
      onPage: (page) => pages.push(page),
    });
    expect(pages).toEqual([
      { source: 'forum', added: 2, known: 0, skipped: 0, skippedItems: [] },
      { source: 'forum', added: 2, known: 0, skipped: 0, skippedItems: [] },
    ]);
    const [span] = await store.coverage('forum');
    expect(span).toMatchObject({ kind: 'seen', from: Date.parse(forum.posts[0]?.createdAt ?? '') });
  });

  it('keeps a post once, however often it is seen', async () => {
    forum.say('lena', 'my money is gone');
    forum.onNextRead({ answer: 'repeat' });
    const collector = createCollector(deps);
    await collector.collect(openForum(forum), now());
    await collector.collect(openForum(forum, 'look-up', { id: 'forum-2' }), now());
    expect(await texts()).toEqual(['my money is gone']);
  });

  it('drops our own posts and our colleagues', async () => {
    forum.say('lena', 'help');
    forum.say(OUR_ACCOUNT.name, 'we are here');
    forum.say('Acorn_Official', 'news');
    forum.say('Acorn_0fficial', 'send me your code');
    deps.ourHandles = () => ['@acorn_official'];
    const result = await createCollector(deps).collect(openForum(forum), now());
    expect(result).toMatchObject({ added: 2, ours: 2 });
    expect(await texts()).toEqual(['help', 'send me your code']);
    expect(await store.cursor('forum')).toEqual({ after: 4 });
  });

  it('rests while too much waits to be sorted, and goes on from there', async () => {
    for (let n = 1; n <= 7; n++) forum.say('lena', `post ${n}`);
    const source = openForum(forum, 'look-up', { pageSize: 3 });
    deps.backlog = async () => (await store.unsorted(3)) >= 3;
    const collector = createCollector(deps);
    expect(await collector.collect(source, now())).toMatchObject({ state: 'ok', pages: 1, added: 3, backlog: true });
    expect(await collector.collect(source, now())).toMatchObject({ pages: 0, added: 0, backlog: true });
    expect((await statusOf('forum'))?.message).toContain('wait to be sorted');
    deps.backlog = async () => false;
    const result = await collector.collect(source, now());
    expect(result).toMatchObject({ pages: 2, added: 4, message: '' });
    expect(result.backlog).toBeUndefined();
    expect((await texts()).sort()).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => `post ${n}`));
  });

  it('asks who we are once for each time a source is opened', async () => {
    const source = openForum(forum);
    const collector = createCollector(deps);
    await collector.collect(source, now());
    await collector.collect(source, now());
    expect(forum.requests.filter((request) => request === 'GET /me')).toHaveLength(1);
  });

  it('never runs twice at once for one source', async () => {
    forum.say('lena', 'help');
    forum.onNextRead({ answer: 'late', ms: 50 });
    const source = openForum(forum);
    const collector = createCollector(deps);
    const [first, second] = await Promise.all([collector.collect(source, now()), collector.collect(source, now())]);
    expect(second).toBe(first);
    expect(forum.requests.filter((request) => request === 'GET /posts')).toHaveLength(1);
  });
});

describe('a crash', () => {
  it('between reading and storing repeats the page and loses nothing', async () => {
    for (let n = 1; n <= 6; n++) forum.say('lena', `post ${n}`);
    let pages = 0;
    const failing: CollectorDeps['store'] = {
      ...store,
      savePage: async (page) => {
        if (++pages === 2) throw new Error('the disk is full');
        return store.savePage(page);
      },
    };
    const source = openForum(forum, 'look-up', { pageSize: 2 });
    const result = await createCollector({ ...deps, store: failing }).collect(source, now());
    expect(result).toMatchObject({ state: 'unavailable', pages: 1, added: 2 });
    expect(result.message).toMatch(/could not be stored \(the disk is full\)/);
    expect(await store.cursor('forum')).toEqual({ after: 2 });

    clock.pass(60 * MINUTE);
    expect(await createCollector(deps).collect(source, now())).toMatchObject({ state: 'ok', added: 4 });
  });

  it('of the store in the middle of a page keeps neither page nor cursor', async () => {
    const broken = found('2', {
      attachments: [
        {
          url: 'https://a.example/',
          get type(): string {
            throw new Error('x');
          },
        },
      ],
    });
    const page = {
      source: 's',
      connector: 'c',
      sample: false,
      cursor: 1,
      at: clock.now(),
      found: [found('1'), broken],
    };
    await expect(store.savePage(page)).rejects.toThrow();
    expect(await texts()).toEqual([]);
    expect(await store.cursor('s')).toBeUndefined();
  });

  it('of nobody: a stop between two pages keeps what was read', async () => {
    for (let n = 1; n <= 6; n++) forum.say('lena', `post ${n}`);
    const stop = new AbortController();
    const source = openForum(forum, 'look-up', { pageSize: 2 });
    const result = await createCollector(deps).collect(source, {
      since: 0,
      signal: stop.signal,
      onPage: () => stop.abort(),
    });
    expect(result).toMatchObject({ state: 'new', message: '', rested: false });
    expect(await statusOf('forum')).not.toMatchObject({ state: 'unavailable' });
    expect(await createCollector(deps).collect(source, now())).toMatchObject({ state: 'ok', added: 4 });
    expect(await texts()).toHaveLength(6);
  });
});

describe('what is broken stops nothing else', () => {
  it('a bad item is skipped with its reason', async () => {
    forum.say('lena', 'one');
    forum.say('lena', 'two');
    forum.onNextRead({
      answer: 'altered',
      alter: ({ posts, more }) => ({ posts: [{ id: 1, body: 7 }, null, posts[1]], more }),
    });
    const result = await createCollector(deps).collect(openForum(forum), now());
    expect(result).toMatchObject({ state: 'ok', added: 1, skipped: 2 });
    expect(await statusOf('forum')).toMatchObject({ stored: 1, skipped: 2 });
    expect(await texts()).toEqual(['two']);
  });

  it.each([
    ['no id', { nativeId: '' }, 'has no id'],
    ['no text', { text: undefined as unknown as string }, 'has no text'],
    ['no author', { author: {} as never }, 'has no author'],
    ['no permission', { permission: { how: 'maybe' } as never }, 'does not say whether we may answer'],
  ])('an item with %s is skipped, its neighbours are kept', async (_, fault, reason) => {
    const savePage = vi.spyOn(store, 'savePage');
    const source = sourceOf({ found: [found('1'), found('2', fault), found('3')] });
    await createCollector(deps).collect(source, now());
    expect(await texts()).toEqual(['text 1', 'text 3']);
    expect(savePage.mock.calls[0]?.[0].skipped).toMatchObject([{ reason }]);
  });

  it('a bad page is named and the source rests, while another is read', async () => {
    forum.say('lena', 'help');
    forum.onNextRead({ answer: 'html' });
    const collector = createCollector(deps);
    const [bad, good] = await Promise.all([
      collector.collect(openForum(forum), now()),
      collector.collect(sourceOf({ found: [found('1')] }), now()),
    ]);
    expect(bad).toMatchObject({ state: 'bad-shape', until: clock.now() + 7.5 * MINUTE });
    expect(good).toMatchObject({ state: 'ok', added: 1 });
    expect(await statusOf('forum')).toMatchObject({ state: 'bad-shape', failuresInARow: 1, message: bad.message });
  });

  it('a page that asks for itself again is stopped', async () => {
    const source = sourceOf({ cursor: 'here', more: true }, { cursor: 'here', more: true });
    expect(await createCollector(deps).collect(source, now())).toMatchObject({ state: 'bad-shape', pages: 1 });
  });

  it('something that is no page is named', async () => {
    const source = { ...sourceOf(), pull: async () => undefined as unknown as Page };
    expect(await createCollector(deps).collect(source, now())).toMatchObject({ state: 'bad-shape' });
  });

  it('a connector that hangs is given up', async () => {
    const source = { ...sourceOf(), pull: () => new Promise<Page>(() => {}) };
    const result = await createCollector({ ...deps, pageLimitMs: 20 }).collect(source, now());
    expect(result).toMatchObject({ state: 'unavailable', message: expect.stringContaining('no answer within') });
  });
});

describe('a source that fails', () => {
  it.each([
    ['an unknown key', 401, 'unauthorized', undefined],
    ['trouble', 500, 'unavailable', 15_000],
    ['a clear no', 410, 'paused', 30 * MINUTE],
  ])('with %s says so', async (_, answer, state, restMs) => {
    forum.onNextRead({ answer });
    const result = await createCollector(deps).collect(openForum(forum), now());
    expect(result.state).toBe(state);
    expect(result.until).toBe(restMs && clock.now() + restMs);
    expect((await statusOf('forum'))?.message).not.toBe('');
  });

  it('with a block page is blocked, which is not "no news"', async () => {
    const blocked = new ConnectorError('unauthorized', 'A log-in page.', { blocked: true });
    expect(await createCollector(deps).collect(sourceOf(blocked), now())).toMatchObject({ state: 'blocked' });
  });

  it('with a wrong key is not tried again until a person asks', async () => {
    const collector = createCollector(deps);
    const wrong = openForum(forum, 'look-up', { apiKey: 'wrong' });
    await collector.collect(wrong, now());
    clock.pass(365 * 24 * 60 * MINUTE);
    expect(await collector.collect(wrong, now())).toMatchObject({ state: 'unauthorized', rested: true });
    expect(forum.requests).toHaveLength(1);
    const right = openForum(forum);
    expect(await collector.collect(right, { ...now(), asked: true })).toMatchObject({ state: 'ok', rested: false });
  });

  it('waits exactly as long as the platform says, whoever asks', async () => {
    forum.onNextRead({ answer: 429, retryAfter: 90 });
    const collector = createCollector(deps);
    const source = openForum(forum, 'look-up', { clock });
    expect(await collector.collect(source, now())).toMatchObject({
      state: 'rate-limited',
      until: clock.now() + 90_000,
    });
    clock.pass(89_000);
    expect(await collector.collect(source, { ...now(), asked: true })).toMatchObject({ rested: true });
    clock.pass(1_000);
    expect(await collector.collect(source, now())).toMatchObject({ state: 'ok' });
  });

  it('rests longer with each failure in a row, and not at all after a success', async () => {
    const collector = createCollector(deps);
    const source = openForum(forum);
    const rests: number[] = [];
    for (let n = 1; n <= 9; n++) {
      forum.onNextRead({ answer: 502 });
      const { until = 0 } = await collector.collect(source, now());
      rests.push(until - clock.now());
      expect(await collector.collect(source, now())).toMatchObject({ rested: true });
      clock.pass(until - clock.now());
    }
    expect(rests.map((ms) => ms / 1000)).toEqual([15, 30, 60, 120, 240, 480, 900, 900, 900]);
    await collector.collect(source, now());
    expect(await statusOf('forum')).toMatchObject({ state: 'ok', message: '', failuresInARow: 0 });
    expect((await statusOf('forum'))?.until).toBeUndefined();
  });

  it('calls a person when it does not mend itself', async () => {
    const sourceFailed = vi.fn();
    deps.notifier = { sourceFailed };
    const collector = createCollector(deps);
    for (let n = 1; n <= 6; n++) {
      forum.onNextRead({ answer: 502 });
      await collector.collect(openForum(forum), { ...now(), asked: true });
    }
    expect(sourceFailed).toHaveBeenCalledTimes(1);
    await collector.collect(sourceOf(new ConnectorError('unauthorized', 'No key.')), now());
    expect(sourceFailed).toHaveBeenCalledTimes(2);
  });

  it('is not held back for ever by a clock that was wrong', async () => {
    forum.onNextRead({ answer: 500 });
    clock.pass(365 * 24 * 60 * MINUTE);
    await createCollector(deps).collect(openForum(forum), now());
    clock.pass(-365 * 24 * 60 * MINUTE);
    expect(await createCollector(deps).collect(openForum(forum), now())).toMatchObject({ state: 'ok' });
  });
});

describe('hostile and strange items', () => {
  const kept = async (item: Partial<FoundMention>) => {
    await createCollector(deps).collect(sourceOf({ found: [found('1', item)] }), now());
    const { rows } = await store.queue({ limit: 1 });
    return rows[0]?.mention;
  };

  it('a time in the future becomes the time it was heard', async () => {
    expect(await kept({ saidAt: clock.now() + 1e9, editedAt: clock.now() + 1e9 })).toMatchObject({
      saidAt: clock.now(),
      editedAt: clock.now(),
    });
  });

  it.each([Number.NaN, -5, 0, Number.POSITIVE_INFINITY])('the time %d is left out', async (saidAt) => {
    expect((await kept({ saidAt }))?.saidAt).toBe(clock.now());
  });

  it('halves of characters and NULs are mended, everything else stays', async () => {
    const text = '\u202eabc<script>alert(1)</script>\ud83d zero\0width \u200b😀';
    expect((await kept({ text }))?.text).toBe('\u202eabc<script>alert(1)</script>\ufffd zerowidth \u200b😀');
  });

  it('only links to the web stay links', async () => {
    const mention = await kept({
      url: 'javascript:alert(1)',
      author: { id: 'a', url: 'data:text/html,x' },
      attachments: [{ url: 'file:///etc/passwd' }, { url: 'https://pictures.example/1.png', type: 'image/png' }],
    });
    expect(mention?.url).toBeUndefined();
    expect(mention?.author.url).toBeUndefined();
    expect(mention?.attachments).toEqual([{ url: 'https://pictures.example/1.png', type: 'image/png' }]);
  });

  it('a text beyond 10 million characters is cut with a note, not in the middle of a character', async () => {
    const text = (await kept({ text: `${'a'.repeat(9_999_999)}😀${'b'.repeat(500)}` }))?.text ?? '';
    expect(text.slice(9_999_998)).toBe('a\n[… 502 more characters were not kept]');
  });
});
