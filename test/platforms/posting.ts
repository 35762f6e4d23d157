import { afterEach, beforeEach } from 'vitest';
import type { MentionId } from '../../src/core/nouns.ts';
import type { Source, Store } from '../../src/core/ports.ts';
import { createCollector } from '../../src/stages/collect/index.ts';
import { type OutboxDeps, openOutbox } from '../../src/stages/post/index.ts';
import { accountOf, type Desk, openDesk } from './desk.ts';
import { Forum } from './forum.ts';
import { HandClock, openForum, quiet, temporaryStore } from './open-forum.ts';

interface Opened {
  store: Store;
  remove(): Promise<void>;
}

export const ONCE = ['platform-key', 'look-up', 'cannot'] as const;
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;

/** Everything around the outbox, made anew for each test of a file that calls `setUpPosting`. */
export let forum: Forum;
export let store: Store;
export let clock: HandClock;
export let desk: Desk;
export let deps: OutboxDeps;
let disk: Opened;
let source: Source | undefined;

/** @param openStore where the records lie. Default: a SQLite file of its own. */
export function setUpPosting(openStore: () => Promise<Opened> = temporaryStore): void {
  beforeEach(async () => {
    forum = await new Forum().start();
    disk = await openStore();
    store = disk.store;
    clock = new HandClock();
    desk = openDesk(store, clock);
    source = undefined;
    deps = {
      store,
      sourceOf: () => source,
      accountOf,
      templates: { version: () => undefined },
      clock,
      signal: new AbortController().signal,
      worker: 'test',
      log: quiet,
      random: () => 1,
    };
  });
  afterEach(async () => {
    await forum.close();
    await disk.remove();
  });
}

/** What the outbox finds when it looks for the source of a mention. */
export function answerThrough(opened: Source | undefined): void {
  source = opened;
}

/** Posts are heard through the connector, drafted, and approved by a person. */
export async function approved(once: (typeof ONCE)[number], posts = 1): Promise<MentionId[]> {
  for (let n = 1; n <= posts; n++) forum.say('lena', `I need help (${n})`);
  source = openForum(forum, once, { clock });
  await hear();
  return desk.approveAll();
}

export async function hear(): Promise<void> {
  if (!source) return;
  const collector = createCollector({ store, clock, log: quiet, ourHandles: () => [] });
  await collector.collect(source, { since: 0, signal: deps.signal, asked: true });
}

/** How many replies were tried, as the forum counts. */
export const sends = () => forum.requests.filter((request) => request.startsWith('POST')).length;
/** One pass of a new process. */
export const run = () => openOutbox(deps).run();
export const reasonOf = async (id: MentionId) => (await desk.see(id)).approval?.reason ?? '';
