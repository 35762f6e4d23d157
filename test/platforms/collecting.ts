import { afterEach, beforeEach } from 'vitest';
import type { FoundMention } from '../../src/core/nouns.ts';
import type { Page, Source, SourceStatus, Store } from '../../src/core/ports.ts';
import type { CollectOptions, CollectorDeps } from '../../src/stages/collect/index.ts';
import { Forum } from './forum.ts';
import { HandClock, quiet, temporaryStore } from './open-forum.ts';

/** Everything around a collector, made anew for each test of a file that calls `setUpCollecting`. */
export let forum: Forum;
let disk: Awaited<ReturnType<typeof temporaryStore>>;
export let store: Store;
export let clock: HandClock;
export let deps: CollectorDeps;

export function setUpCollecting(): void {
  beforeEach(async () => {
    forum = await new Forum().start();
    disk = await temporaryStore();
    store = disk.store;
    clock = new HandClock();
    deps = { store, clock, log: quiet, ourHandles: () => [], random: () => 0 };
  });
  afterEach(async () => {
    await forum.close();
    await disk.remove();
  });
}

export const MINUTE = 60_000;
export const now = (): CollectOptions => ({ since: 0, signal: new AbortController().signal });
export const texts = async () =>
  (await store.queue({ limit: 500, order: 'newest' })).rows.map(({ mention }) => mention.text).sort();
export const statusOf = async (source: string): Promise<SourceStatus | undefined> =>
  (await store.statuses()).find((status) => status.source === source);
export const found = (nativeId: string, more: Partial<FoundMention> = {}): FoundMention => ({
  nativeId,
  author: { id: 'somebody' },
  text: `text ${nativeId}`,
  permission: { how: 'api' },
  ...more,
});
/** A source made of pages, for what no real forum would send. */
export function sourceOf(...pages: (Partial<Page> | Error)[]): Source {
  let asked = 0;
  return {
    id: 'made',
    connector: 'made',
    sample: false,
    check: async () => ({ id: 'us' }),
    pull: async () => {
      const page = pages[asked++] ?? {};
      if (page instanceof Error) throw page;
      return { found: [], cursor: { page: asked }, more: asked < pages.length, ...page };
    },
    replyLimit: () => ({ max: 100, lengthOf: (text) => text.length }),
    close: async () => {},
  };
}
