import { type ChildProcess, spawn } from 'node:child_process';
import { once as event } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { MentionId } from '../../src/core/nouns.ts';
import { createCollector } from '../../src/stages/collect/index.ts';
import { type Desk, openDesk } from '../platforms/desk.ts';
import { quiet } from '../platforms/open-forum.ts';
import { openX } from '../platforms/open-twitter.ts';
import { type XFault, XPlatform } from '../platforms/twitter.ts';
import { type CrashReport, holds, type MakeRecords, onSqlite, type Records } from './records.ts';

/** Moments of a life, in the words of twitter-child.ts; then those that X sees, and one that nobody chose. */
const MOMENTS = [
  'before approved>sending',
  'after approved>sending',
  'before send',
  'during send',
  'after answer',
  'before sending>posted',
  'after sending>posted',
  'before look-up',
  'after look-up',
  'before unsure>posted',
  'after unsure>posted',
  'after sending>unsure',
  'received',
  'stored',
  'any',
];

/** How one reply in four is answered: taken or not, and then silence, a broken line, trouble, or the answer twice. */
const LOST: XFault[] = [
  { fault: 'reset', stored: true },
  { fault: 'silence', stored: true },
  { fault: 500, stored: true },
  { fault: 'half-body', stored: true },
  { fault: 'twice', stored: true },
  { fault: 'reset' },
  { fault: 500 },
];

/**
 * Kills the outbox that many times while it answers on the local X, whose answers are late, lost or doubled, and starts it
 * again each time. Counted on the side of X.
 */
export async function crashRuns(runs: number, records: MakeRecords = onSqlite): Promise<CrashReport> {
  const x = await new XPlatform().start();
  const disk = await records();
  try {
    const desk = openDesk(disk.store, { now: Date.now });
    const ids: MentionId[] = [];
    let killed = 0;
    await misbehaving(x, async () => {
      for (let lives = 0; killed < runs && lives < 4 * runs + 20; lives++) {
        if (lives % 10 === 9) await personSettles(x, disk, desk);
        await topUp(x, disk, desk, ids);
        if (await killOnce(x, disk, MOMENTS[lives % MOMENTS.length] ?? '', 1 + (lives % 2))) killed++;
      }
    });
    for (let life = 0; life < 30; life++) {
      await event(live(x, disk), 'exit');
      const asked = await personSettles(x, disk, desk);
      if (asked + (await disk.store.outbox(['approved', 'sending', 'unsure'], 1)).length === 0) break;
    }
    return await count(x, disk, ids, killed);
  } finally {
    await x.close();
    await disk.remove();
  }
}

async function misbehaving(x: XPlatform, work: () => Promise<void>): Promise<void> {
  let posts = 0;
  x.onRequest = (route) => {
    if (route !== 'POST /2/tweets' || ++posts % 4 !== 0) return undefined;
    return LOST[(posts / 4) % LOST.length];
  };
  await work();
  x.onRequest = () => undefined;
  x.onReply = () => {};
}

/** There is always something to answer: people mention us, we hear it, draft and approve. */
async function topUp(x: XPlatform, { store }: Records, desk: Desk, ids: MentionId[]): Promise<void> {
  if ((await store.outbox(['approved'], 10)).length === 10) return;
  const since = Date.now() - 3_600_000;
  for (let n = 0; n < 30; n++) x.say(`user${n}`, `@OKPayHelp help ${ids.length + n}`);
  const deps = { store, clock: { now: Date.now }, log: quiet, ourHandles: () => [] };
  const source = openX(x);
  const result = await createCollector(deps).collect(source, {
    since,
    signal: new AbortController().signal,
    asked: true,
  });
  if (result.state !== 'ok') throw new Error(result.message);
  ids.push(...(await desk.approveAll()));
}

/** True when this life ended by the kill. */
async function killOnce(x: XPlatform, disk: Records, at: string, on: number): Promise<boolean> {
  const child = live(x, disk, at, on);
  let first = true;
  x.onReply = async (now) => {
    if (now === at) child.kill('SIGKILL');
    if (at === 'any' && first) setTimeout(() => child.kill('SIGKILL'), Math.random() * 80);
    first = false;
    // Late answers, and replies that are taken only after we gave up waiting.
    if (Math.random() < 0.05) await pause(900);
  };
  const [, signal] = (await event(child, 'exit')) as [number | null, NodeJS.Signals | null];
  return signal === 'SIGKILL';
}

function live(x: XPlatform, disk: Records, at = '', on = 1): ChildProcess {
  const env = {
    ...process.env,
    NODE_COMPILE_CACHE: join(tmpdir(), 'earshot-crash-cache'),
    STORE: disk.at,
    X: x.url,
    KILL_AT: at,
    KILL_ON: String(on),
  };
  return spawn(process.execPath, [join(import.meta.dirname, 'twitter-child.ts')], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** A person looks at X and says what they see there. */
async function personSettles(x: XPlatform, { store }: Records, desk: Desk): Promise<number> {
  let settled = 0;
  for (const { reply } of await store.outbox(['unsure'], 10_000)) {
    const id = reply.mentionId;
    const { mention } = await desk.see(id);
    if (mention.state !== 'unsure') continue;
    const there = x.replies.some(({ repliesTo }) => repliesTo === mention.nativeId);
    const asked = { mentionId: id, version: mention.version, by: 'Lin' };
    const after = await desk.review.settle({ ...asked, outcome: there ? 'posted' : 'not-posted' });
    if (!there) await desk.review.retry({ ...asked, version: after.mention.version });
    settled++;
  }
  return settled;
}

async function count(
  x: XPlatform,
  { store, engine }: Records,
  ids: readonly MentionId[],
  runs: number,
): Promise<CrashReport> {
  const answered = x.replies.map(({ repliesTo }) => repliesTo);
  const once = new Set(answered);
  let posted = 0;
  for (const id of ids) {
    const found = await store.find(id);
    const there = x.replies.find(({ repliesTo }) => repliesTo === found?.mention.nativeId);
    if (found?.mention.state === 'posted' && there && holds(found.receipt, there.id)) posted++;
  }
  const unsureOpen = (await store.outbox(['unsure'], 10_000)).length;
  return {
    platform: 'twitter',
    engine,
    runs,
    approved: ids.length,
    posted,
    lost: ids.length - posted,
    doubled: answered.length - once.size,
    unsureOpen,
  };
}
