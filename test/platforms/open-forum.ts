import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHttp, openSource } from '#kit';
import type { Clock, Source, Store } from '../../src/core/ports.ts';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';
import { API_KEY, type Forum } from './forum.ts';
import { forumConnector } from './forum-connector.ts';

/** The forum as a source, through the real kit and the real network stack. */
export function openForum(
  forum: Pick<Forum, 'url'>,
  once: 'platform-key' | 'look-up' | 'cannot' = 'look-up',
  settings: { id?: string; pageSize?: number; keyValidMs?: number; apiKey?: string; clock?: Clock } = {},
): Source {
  const { id = 'forum', pageSize = 20, keyValidMs, apiKey = API_KEY, clock = { now: Date.now } } = settings;
  return openSource(
    forumConnector(once, keyValidMs),
    { id, options: { url: forum.url, pageSize } },
    {
      http: createHttp({ userAgent: 'earshot-tests', timeoutMs: 5_000 }),
      log: quiet,
      now: () => clock.now(),
      variables: { TEST_FORUM_KEY: apiKey },
    },
  );
}

export const quiet = { info: () => {}, warn: () => {} };

/** A clock that a test moves. Starts at the real time, since the forum's own clock is real. */
export class HandClock implements Clock {
  #now = Date.now();
  now = () => this.#now;
  pass(ms: number): void {
    this.#now += ms;
  }
}

/** A real store in a folder of its own. */
export async function temporaryStore(): Promise<{ store: Store; file: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-test-'));
  const file = join(folder, 'earshot.db');
  const store = await openSqliteStore(file);
  return {
    store,
    file,
    async remove() {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
}
