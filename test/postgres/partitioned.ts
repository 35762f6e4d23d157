import type { Store } from '../../src/core/ports.ts';
import type { Engine } from '../../src/store/engine.ts';
import { openPostgresEngine } from '../../src/store/postgres/index.ts';
import { partitionsOf } from '../../src/store/postgres/partitions.ts';
import { storeOver } from '../../src/store/store.ts';
import { found, page, T0 } from '../contract/stores/support.ts';

/** Partitions that hold a hundred mentions each, and searches that go to them at once. */
export const SMALL = { partitionLeast: 100, lookFirst: { newest: 0, urgency: 0 } };

export interface Small {
  engine: Engine;
  store: Store;
}

export async function openSmall(url: string): Promise<Small> {
  const engine = await openPostgresEngine(url, SMALL);
  return { engine, store: storeOver(engine) };
}

/** Native ids from number `from` to the one before `past`: where a store has heard nothing else, those numbers are theirs. */
export const ids = (from: number, past: number) => Array.from({ length: past - from }, (_, n) => `n${from + n}`);

export const hear = (store: Store, nativeIds: readonly string[], at = T0) =>
  store.savePage(
    page(
      nativeIds.map((id) => found(id, { text: `wallet of ${id}` })),
      { at },
    ),
  );

export const eraseAll = (store: Store, nativeIds: readonly string[]) =>
  store.erase('forum', nativeIds, { at: T0, actor: 'earshot', action: 'erased', subject: 'forum', detail: {} });

export async function search(store: Store, words = 'wallet', limit = 1_000): Promise<string[]> {
  const { rows } = await store.queue({ search: words, order: 'newest', limit });
  return rows.map(({ mention }) => mention.nativeId);
}

/** First and past-the-last number of each partition, the oldest first. */
export const bounds = async ({ engine }: Small) =>
  (await partitionsOf(engine.read)).map(({ from, past }) => [from, past]);
