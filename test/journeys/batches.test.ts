import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Draft } from '../../src/core/nouns.ts';
import type { Store } from '../../src/core/ports.ts';
import { runClassify } from '../../src/stages/classify/run.ts';
import { type DraftRun, runDraft } from '../../src/stages/draft/run.ts';
import { HandClock, quiet, temporaryStore } from '../platforms/open-forum.ts';
import { type Loaded, loadHouse } from './house.ts';

const POSTS = 450;

let loaded: Loaded;
let disk: Awaited<ReturnType<typeof temporaryStore>>;
let store: Store;
let work: { store: Store; clock: HandClock; signal: AbortSignal; log: typeof quiet };

beforeAll(async () => {
  loaded = await loadHouse();
});
beforeEach(async () => {
  disk = await temporaryStore();
  store = disk.store;
  work = { store, clock: new HandClock(), signal: new AbortController().signal, log: quiet };
  const found = Array.from({ length: POSTS }, (_, n) => ({
    nativeId: String(n),
    author: { id: 'lena' },
    text: `Acorn Pay top-up no. ${n} failed`,
    permission: { how: 'api' as const },
  }));
  await store.savePage({ source: 's', connector: 'c', sample: false, found, at: work.clock.now() });
});
afterEach(() => disk.remove());

const states = async () => (await store.counts(work.clock.now())).byState;
const classify = (worker: string) => runClassify({ ...work, worker, classifier: loaded.classifier });
/** Drafts that are as short as can be: these tests are about the batches. */
const plainly = (unless?: { id: string; do(): never }): DraftRun['templates'] => ({
  draft: ({ id }, _, at): Draft => {
    if (id === unless?.id) unless.do();
    const length = { used: 2, max: 100 };
    return { mentionId: id, revision: 1, text: 'Hi', lang: 'en', checks: [], length, by: 'earshot', at };
  },
});

describe('working through what was heard', () => {
  it('several workers share it, and nobody does the same twice', async () => {
    const done = await Promise.all([classify('one'), classify('two'), classify('three')]);
    expect(done.reduce((sum, n) => sum + n)).toBe(POSTS);
    expect(await states()).toEqual({ assessed: POSTS });
    const drafted = await Promise.all(
      ['one', 'two'].map((worker) => runDraft({ ...work, worker, templates: plainly() })),
    );
    expect(drafted.reduce((sum, n) => sum + n)).toBe(POSTS);
    expect(await states()).toEqual({ drafted: POSTS });
    expect((await store.find((await someId()) ?? ''))?.drafts).toHaveLength(1);
  });

  it('what a worker had claimed when it died is done by another when the lease has run out', async () => {
    await store.claim('classify', 'dead', 100, 60_000, work.clock.now());
    expect(await classify('alive')).toBe(POSTS - 100);
    work.clock.pass(60_000);
    expect(await classify('alive')).toBe(100);
  });

  it('a stop is heard between two batches, and nothing is lost by it', async () => {
    const stop = new AbortController();
    const stopping: Store = {
      ...store,
      saveAssessments: async (rows) => {
        await store.saveAssessments(rows);
        stop.abort();
      },
    };
    const run = { ...work, store: stopping, signal: stop.signal, worker: 'one', classifier: loaded.classifier };
    expect(await runClassify(run)).toBe(200);
    expect(await classify('two')).toBe(POSTS - 200);
  });

  it('where one row cannot be stored, the others of its batch are', async () => {
    const picky: Store = {
      ...store,
      saveAssessments: async (rows) => {
        if (rows.some(({ id }) => id === bad)) throw new Error('no');
        await store.saveAssessments(rows);
      },
    };
    const bad = await someId();
    const run = { ...work, store: picky, worker: 'one', classifier: loaded.classifier };
    expect(await runClassify(run)).toBe(POSTS - 1);
    expect(await states()).toEqual({ assessed: POSTS - 1, heard: 1 });
  });

  it('a mention that breaks drafting keeps the trouble for a person, and is not tried without end', async () => {
    await classify('one');
    const bad = (await someId()) ?? '';
    const templates = plainly({
      id: bad,
      do: () => {
        throw new TypeError('poisoned');
      },
    });
    expect(await runDraft({ ...work, worker: 'one', templates })).toBe(POSTS);
    expect((await store.find(bad))?.mention).toMatchObject({
      state: 'assessed',
      trouble: 'Drafting failed. Please write the reply yourself.',
    });
    expect(await runDraft({ ...work, worker: 'one', templates })).toBe(0);
  });

  it('others get their turn between two slow mentions', async () => {
    let turns = 0;
    const turn = () => {
      turns++;
      next = setImmediate(turn);
    };
    let next = setImmediate(turn);
    const turnsAt: number[] = [];
    const slow: Loaded['classifier'] = {
      version: loaded.classifier.version,
      classify(post, at) {
        turnsAt.push(turns);
        for (const until = performance.now() + 10; performance.now() < until; );
        return loaded.classifier.classify(post, at);
      },
    };
    const stop = new AbortController();
    const saving: Store = { ...store, saveAssessments: async () => stop.abort() };
    await runClassify({ ...work, store: saving, signal: stop.signal, worker: 'one', classifier: slow, batch: 10 });
    clearImmediate(next);
    expect(new Set(turnsAt).size).toBe(10);
  });
});

async function someId(): Promise<string | undefined> {
  const { rows } = await store.queue({ limit: 1, order: 'newest' });
  return rows[0]?.mention.id;
}
