/**
 * One life of everything at once, for test/crash/mixed-runs.ts: hears a forum, sorts, approves, dismisses, sends and changes
 * settings, and says on standard output what was done only after the store has answered. Never ends by itself, unless
 * FINISH asks for it: then it approves nothing new, and ends when nothing is left to do.
 */
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createCollector } from '../../src/stages/collect/index.ts';
import { openOutbox } from '../../src/stages/post/index.ts';
import { openPostgresStore } from '../../src/store/postgres/index.ts';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';
import { openSharedWorkspace, openWorkspace } from '../../src/workspace/index.ts';
import { accountOf, openDesk } from '../platforms/desk.ts';
import { openForum, quiet } from '../platforms/open-forum.ts';

const { STORE = '', FORUM = '', FINISH = '' } = process.env;
const TIMEOUT_MS = 1_000;
const LEASE_MS = 1_600;

const postgres = STORE.startsWith('postgres:');
const store = await (postgres ? openPostgresStore(STORE) : openSqliteStore(STORE));
const defaults = { version: 1 as const, brand: { product: 'Acorn' } };
const workspace = postgres
  ? await openSharedWorkspace(store.settings, { defaults, folder: '/nowhere' })
  : await openWorkspace(dirname(STORE), { defaults, mode: 'command' });
const clock = { now: Date.now };
const desk = openDesk(store, clock);
const source = openForum({ url: FORUM }, 'look-up', { pageSize: 10 });
const collector = createCollector({ store, clock, log: quiet, ourHandles: () => [] });
const signal = new AbortController().signal;
const outbox = openOutbox({
  ...{ store, accountOf, clock, signal, log: quiet, templates: desk.templates },
  sourceOf: () => source,
  worker: `child ${process.pid}`,
  sendTimeoutMs: TIMEOUT_MS,
  leaseMs: LEASE_MS,
  settleAfterMs: [0, 20, 40],
  ...(postgres && { sharedNow: () => store.machines.now() }),
});

const say = (did: string, what: string) => process.stdout.write(`${JSON.stringify({ did, what })}\n`);

async function hear(): Promise<void> {
  await collector.collect(source, { since: 0, signal, asked: true });
  await desk.sortAll(500);
}

/** A person goes through the queue: most are answered, one in five is dismissed. Others may be quicker: that is no fault. */
async function decide(): Promise<void> {
  const { rows } = await store.queue({ states: ['drafted'], limit: 5 });
  for (const { mention, draft } of rows) {
    const asked = { mentionId: mention.id, version: mention.version, by: 'Lin' };
    const dismiss = Number(mention.nativeId) % 5 === 0;
    const done = dismiss
      ? desk.review.dismiss({ ...asked, reason: 'no-reply-needed' })
      : desk.review.approve({ ...asked, revision: draft?.revision ?? 1 });
    await done.then(() => say(dismiss ? 'dismissed' : 'approved', mention.id)).catch(isConflict);
  }
}

let changes = 0;
async function set(): Promise<void> {
  changes += 1;
  const word = `${process.pid}-${changes}`;
  await workspace.update('Lin', 'keyword', (draft) => {
    draft.keywords = [...draft.keywords.slice(-200), word];
  });
  say('set', word);
}

function isConflict(thrown: unknown): void {
  if (!/Conflict|Refused/.test((thrown as Error)?.constructor?.name ?? '')) throw thrown;
}

async function again(work: () => Promise<unknown>, everyMs: number): Promise<never> {
  for (;;) {
    await work();
    await pause(everyMs);
  }
}

if (FINISH) {
  const open = async () => {
    const waiting = await store.outbox(['approved', 'sending', 'unsure'], 1_000);
    return waiting.some(({ state, reason = '' }) => state !== 'unsure' || !/did not turn up/.test(reason));
  };
  await hear();
  for (const giveUpAt = Date.now() + 8_000; (await open()) && Date.now() < giveUpAt; ) {
    await outbox.run();
    await pause(20);
  }
  await workspace.close();
  await store.close();
} else {
  say('alive', String(process.pid));
  await Promise.all([again(hear, 15), again(decide, 10), again(() => outbox.run(), 10), again(set, 40)]);
}
