import { type ChildProcess, spawn } from 'node:child_process';
import { once as event } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MentionId } from '../../src/core/nouns.ts';
import { createCollector } from '../../src/stages/collect/index.ts';
import { type Desk, openDesk } from '../platforms/desk.ts';
import { Forum } from '../platforms/forum.ts';
import { openForum, quiet, temporaryStore } from '../platforms/open-forum.ts';

/**
 * The outbox is killed at every step, with SIGKILL, and started again, against a forum that counts. No reply may be lost
 * and none doubled. Every life begins where the one before was killed.
 *
 * `CRASH_RUNS=100 npx vitest run test/crash/post` adds that many kills at random moments for each kind of platform.
 */
const RANDOM_KILLS = Number(process.env.CRASH_RUNS ?? 4);

type Once = 'platform-key' | 'look-up' | 'cannot';
const KINDS: Once[] = ['platform-key', 'look-up', 'cannot'];

/** Moments of a life, in the words of `post-child.ts`. */
const MOMENTS = [
  'look',
  'before approved>sending',
  'after approved>sending',
  'before send',
  'during send',
  'after answer',
  'before sending>posted',
  'after sending>posted',
];

let forum: Forum;
let disk: Awaited<ReturnType<typeof temporaryStore>>;
let desk: Desk;
let ids: MentionId[];

beforeEach(async () => {
  forum = await new Forum().start();
  disk = await temporaryStore();
  desk = openDesk(disk.store, { now: Date.now });
});
afterEach(async () => {
  await forum.close();
  await disk.remove();
});

/** That many posts, heard and answered, and every reply approved. */
async function approve(replies: number): Promise<void> {
  for (let n = 1; n <= replies; n++) forum.say('lena', `help ${n}`);
  const deps = { store: disk.store, clock: { now: Date.now }, log: quiet, ourHandles: () => [] };
  const source = openForum(forum, 'look-up', { pageSize: 100 });
  await createCollector(deps).collect(source, { since: 0, signal: new AbortController().signal });
  ids = await desk.approveAll();
  expect(ids).toHaveLength(replies);
}

function live(kind: Once, kill: { at?: string; on?: number } = {}): ChildProcess {
  const env = {
    ...process.env,
    NODE_COMPILE_CACHE: join(tmpdir(), 'earshot-crash-cache'),
    STORE: disk.file,
    FORUM: forum.url,
    ONCE: kind,
    KILL_AT: kill.at ?? '',
    KILL_ON: String(kill.on ?? 1),
  };
  const script = join(import.meta.dirname, 'post-child.ts');
  return spawn(process.execPath, [script], { env, stdio: ['ignore', 'ignore', 'inherit'] });
}

async function end(child: ChildProcess): Promise<NodeJS.Signals | null> {
  const [, signal] = (await event(child, 'exit')) as [number | null, NodeJS.Signals | null];
  return signal;
}

/** The person of the test looks at the forum and says what they see there. */
async function personSettles(): Promise<number> {
  let settled = 0;
  for (const id of ids) {
    const { mention, approval } = await desk.see(id);
    if (mention.state !== 'unsure') continue;
    expect(approval?.reason).toMatch(/please look/i);
    const there = forum.replies.some(({ parentId }) => String(parentId) === mention.nativeId);
    const asked = { mentionId: id, version: mention.version, by: 'Lin' };
    const after = await desk.review.settle({ ...asked, outcome: there ? 'posted' : 'not-posted' });
    if (!there) await desk.review.retry({ ...asked, version: after.mention.version });
    settled++;
  }
  return settled;
}

/** Lives on until all is out: by key, by look-up, or by the person. What waits its half minute gets the time for it. */
async function finish(kind: Once): Promise<void> {
  for (let life = 0; life < 12; life++) {
    expect(await end(live(kind))).toBeNull();
    const settled = await personSettles();
    const waiting = await disk.store.outbox(['approved', 'sending', 'unsure'], 1);
    if (settled + waiting.length === 0) break;
  }
}

function expectNoneDoubled(): void {
  const answered = forum.replies.map(({ parentId }) => parentId);
  expect(answered.filter((id, at) => answered.indexOf(id) !== at)).toEqual([]);
}

async function expectEachOnce(): Promise<void> {
  expectNoneDoubled();
  expect(forum.replies).toHaveLength(ids.length);
  for (const id of ids) {
    const { mention, receipt } = await desk.see(id);
    expect(mention.state).toBe('posted');
    expect(receipt).toBeDefined();
  }
}

describe.each(KINDS)(
  'killed while posting (%s): none lost, none doubled',
  { timeout: 120_000 + RANDOM_KILLS * 5_000 },
  (kind) => {
    it('at every step, on the first reply of a life and on a later one', async () => {
      await approve(40);
      for (const at of MOMENTS) {
        for (const on of [1, 2]) {
          expect(await end(live(kind, { at, on })), `${at}, no. ${on}`).toBe('SIGKILL');
          expectNoneDoubled();
        }
      }
      for (const moment of ['received', 'stored']) {
        const child = live(kind);
        forum.onReply = (now) => now === moment && child.kill('SIGKILL');
        expect(await end(child), `the forum has ${moment} it`).toBe('SIGKILL');
      }
      forum.onReply = () => {};
      await finish(kind);
      await expectEachOnce();
    });

    it('at moments that nobody chose', async () => {
      await approve(Math.min(10 * RANDOM_KILLS, 800));
      for (let kill = 0; kill < RANDOM_KILLS; kill++) {
        const child = live(kind);
        const first = new Promise<void>((resolve) => {
          forum.onReply = () => resolve();
        });
        // One that finds nothing left to send ends by itself.
        const ended = end(child);
        await Promise.race([first, ended]);
        setTimeout(() => child.kill('SIGKILL'), Math.random() * 60);
        await ended;
        expectNoneDoubled();
      }
      forum.onReply = () => {};
      await finish(kind);
      await expectEachOnce();
    });

    it('with two processes at work at once', async () => {
      await approve(12);
      const kill = { at: 'after approved>sending', on: 4 };
      const ends = await Promise.all([end(live(kind, kill)), end(live(kind, kill))]);
      expect(ends).toContain('SIGKILL');
      await finish(kind);
      await expectEachOnce();
    });
  },
);

describe('killed while settling an unknown outcome', () => {
  it.each([
    ['platform-key', 'before unsure>sending'],
    ['platform-key', 'after unsure>sending'],
    ['look-up', 'before unsure>posted'],
    ['look-up', 'after unsure>posted'],
  ] as const)('%s, %s', async (kind, at) => {
    await approve(3);
    forum.onNextSend({ answer: 'reset', stored: true }, { answer: 'reset', stored: true });
    expect(await end(live(kind, { at }))).toBe('SIGKILL');
    await finish(kind);
    await expectEachOnce();
  });
});
