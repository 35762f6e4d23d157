import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mentionId } from '../../../src/core/ids.ts';
import type { Store } from '../../../src/core/ports.ts';
import { type CollectorDeps, createCollector } from '../../../src/stages/collect/index.ts';
import { recheck } from '../../../src/stages/collect/recheck.ts';
import { quiet, temporaryStore } from '../../platforms/open-forum.ts';
import { clock, HOUR, MINUTE, openSearch, platform, posts, signal, withReddit } from './support.ts';

withReddit();

let disk: Awaited<ReturnType<typeof temporaryStore>>;
let store: Store;
let deps: CollectorDeps;
beforeEach(async () => {
  disk = await temporaryStore();
  store = disk.store;
  deps = { store, clock, log: quiet, ourHandles: () => [], random: () => 0 };
});
afterEach(() => disk.remove());

/** Hears everything, then asks again what became of it. */
async function hearAndRecheck(change: () => void) {
  const source = openSearch();
  const collector = createCollector(deps);
  await collector.collect(source, { since: clock.now() - HOUR, signal: signal() });
  change();
  clock.pass(MINUTE);
  const ids = platform.things.map(({ name }) => name);
  return recheck(source, ids, deps, collector, signal());
}

const mentionOf = async (name: string) => (await store.find(mentionId('reddit', name)))?.mention;

describe('what was heard and changed on Reddit since', () => {
  it.each(['author', 'moderator', 'account'] as const)(
    'is erased when it was deleted (%s), author and all',
    async (deleted) => {
      const [kept, gone] = posts(2);
      const result = await hearAndRecheck(() => Object.assign(gone ?? {}, { deleted }));
      expect(result).toEqual({ gone: 1, edited: 0 });
      expect(await mentionOf(gone?.name ?? '')).toMatchObject({ state: 'erased', text: '', author: { id: '' } });
      expect(await mentionOf(kept?.name ?? '')).toMatchObject({ state: 'heard' });
    },
  );

  it('is erased when Reddit does not know it any more', async () => {
    const [, gone] = posts(2);
    const result = await hearAndRecheck(() => {});
    expect(result.gone).toBe(0);
    const ids = platform.things.map(({ name }) => name);
    platform.things.splice(1, 1);
    const collector = createCollector(deps);
    expect(await recheck(openSearch(), ids, deps, collector, signal())).toEqual({ gone: 1, edited: 0 });
    expect(await mentionOf(gone?.name ?? '')).toMatchObject({ state: 'erased' });
  });

  it('is heard anew when it was edited', async () => {
    const [, post] = posts(2);
    const change = { text: 'It works again.', edited: Math.floor(clock.now() / 1000) + 30 };
    expect(await hearAndRecheck(() => Object.assign(post ?? {}, change))).toEqual({ gone: 0, edited: 1 });
    expect((await mentionOf(post?.name ?? ''))?.text).toBe('help 1\nIt works again.');
  });

  it('loses its permission to be answered when its thread was locked', async () => {
    const [post] = posts(1);
    await hearAndRecheck(() => Object.assign(post ?? {}, { locked: true }));
    expect((await mentionOf(post?.name ?? ''))?.permission.how).toBe('never');
  });

  it('is asked for a hundred at a time, in few requests', async () => {
    posts(250);
    platform.requests.length = 0;
    await hearAndRecheck(() => {});
    const asked = platform.requests.filter((request) => /\/api\/info\?.*\bid=t3_/.test(request));
    expect(asked).toHaveLength(3);
  });
});

describe('an answer that cannot be believed', () => {
  it('erases nothing: none of many known', async () => {
    posts(40);
    const names = platform.things.map(({ name }) => name);
    await expect(hearAndRecheck(() => platform.things.splice(0))).resolves.toEqual({ gone: 0, edited: 0 });
    const collector = createCollector(deps);
    await expect(recheck(openSearch(), names, deps, collector, signal())).rejects.toMatchObject({ kind: 'bad-shape' });
    expect((await store.counts(clock.now())).byState.erased ?? 0).toBe(0);
  });

  it('erases nothing: a block page', async () => {
    const [post] = posts(1);
    const source = openSearch();
    await source.check(signal());
    platform.onNextRead({
      as: 'answer',
      status: 403,
      headers: { 'content-type': 'text/html' },
      body: '<!doctype html>',
    });
    await expect(source.recheck?.([post?.name ?? ''], signal())).rejects.toMatchObject({
      kind: 'unauthorized',
      blocked: true,
    });
  });

  it('erases nothing: a thing in a shape we do not know', async () => {
    const source = openSearch();
    await source.check(signal());
    const children = [{ kind: 't3', data: { name: 't3_a', created_utc: 1, author: 7 } }];
    platform.onNextRead({ as: 'answer', status: 200, body: JSON.stringify({ kind: 'Listing', data: { children } }) });
    await expect(source.recheck?.(['t3_a'], signal())).resolves.toEqual([{ nativeId: 't3_a', now: 'same' }]);
  });
});
