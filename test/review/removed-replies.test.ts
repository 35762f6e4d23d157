import { afterEach, beforeEach, expect, it } from 'vitest';
import { findRemoved } from '../../src/aftercare/index.ts';
import type { Source } from '../../src/core/ports.ts';
import { sourceOf } from '../platforms/collecting.ts';
import { type Bench, openBench } from './support.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

const { signal } = new AbortController();

/** A mention whose answer the source has under this id. */
async function answered(nativeId: string): Promise<string> {
  const { mention } = await bench.drafted({ permission: { how: 'api' } });
  await bench.review.approve({ mentionId: mention.id, version: mention.version, revision: 1, by: 'Mei' });
  const key = `${mention.id}.r1`;
  const audit = { at: bench.clock.now(), actor: 'earshot', subject: mention.id, detail: {} };
  await bench.store.step({ key, from: 'approved', to: 'sending', audit: { ...audit, action: 'sending' } });
  const receipt = { key, mentionId: mention.id, nativeId, postedAt: bench.clock.now(), proof: 'answer' as const };
  await bench.store.step({ key, from: 'sending', to: 'posted', receipt, audit: { ...audit, action: 'posted' } });
  return mention.id;
}

it('a moderator who removes our answer is noticed, once, and other answers stand', async () => {
  const removed = await answered('ours-1');
  const standing = await answered('ours-2');
  const asked: string[][] = [];
  const source: Source = {
    ...sourceOf({ found: [] }),
    id: 'forum-1',
    connector: 'forum',
    recheck: async (ids) => {
      asked.push(ids.toSorted());
      return ids.map((nativeId) => ({ nativeId, now: nativeId === 'ours-1' ? 'gone' : 'same' }) as const);
    },
  };
  expect(await findRemoved(source, bench, signal)).toBe(1);
  expect(await findRemoved(source, bench, signal)).toBe(0);
  expect(asked).toEqual([['ours-1', 'ours-2'], ['ours-2']]);
  expect(await bench.caseOf(removed)).toMatchObject({
    mention: { state: 'posted' },
    receipt: { removedAt: bench.clock.now() },
  });
  expect((await bench.caseOf(removed)).history.at(-1)).toMatchObject({ action: 'reply-removed', actor: 'earshot' });
  expect((await bench.caseOf(standing)).receipt?.removedAt).toBeUndefined();
});

it('a source that cannot be asked is not', async () => {
  await answered('ours-1');
  expect(await findRemoved({ ...sourceOf({ found: [] }), id: 'forum-1' }, bench, signal)).toBe(0);
});
