import { type ChildProcess, spawn } from 'node:child_process';
import { once as event } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { MentionId } from '../../src/core/nouns.ts';
import { createCollector } from '../../src/stages/collect/index.ts';
import { type Desk, openDesk } from '../platforms/desk.ts';
import { quiet } from '../platforms/open-forum.ts';
import { openReddit } from '../platforms/open-reddit.ts';
import { type Behaviour, RedditPlatform } from '../platforms/reddit.ts';
import { type CrashReport, holds, type MakeRecords, onSqlite, type Records } from './records.ts';

/** Moments of a life, in the words of `reddit-child.ts`. */
export const MOMENTS = [
  'look',
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
] as const;

/** What the platform does to the answer in one life of three: lost after it was stored, lost before, half of it, said twice. */
const ANSWERS: Behaviour[] = [
  { as: 'reset', stored: true },
  { as: 'never', stored: true },
  { as: 'reset' },
  { as: 'half', stored: true },
  { as: 'answer', status: 500, body: 'oops', stored: true },
  { as: 'twice', stored: true },
];

/** Much longer than it takes: the machine may be busy. */
const FINISH_WITHIN_MS = 180_000;

/** Longer than the child waits. */
const LATE_MS = 1_300;

/** Replies that wait before each run, at least. */
const FEW = 5;

/** Everything around one crash: a platform that counts, a store on disk, a desk with a person. */
class Stage {
  readonly platform = new RedditPlatform();
  readonly disk: Records;
  readonly desk: Desk;
  ids: MentionId[] = [];

  constructor(disk: Records) {
    this.disk = disk;
    this.desk = openDesk(disk.store, { now: Date.now });
  }

  static async open(records: MakeRecords = onSqlite): Promise<Stage> {
    const stage = new Stage(await records());
    await stage.platform.start();
    return stage;
  }

  async close(): Promise<void> {
    await this.platform.close();
    await this.disk.remove();
  }

  /** Sees to it that replies wait to be sent: people write, the connector hears them, and every reply is approved. */
  async approve(): Promise<void> {
    const waiting = await this.disk.store.outbox(['approved'], FEW);
    if (waiting.length === FEW) return;
    for (let n = 1; n <= 2 * FEW; n++) this.platform.post(`lena_${n}`, 'wallets', `help ${this.ids.length + n}`);
    const deps = { store: this.disk.store, clock: { now: Date.now }, log: quiet, ourHandles: () => [] };
    const options = { usernameMentions: false, subreddits: ['wallets'] };
    const source = openReddit(this.platform, { options });
    const { state } = await createCollector(deps).collect(source, { since: 1, signal: new AbortController().signal });
    if (state !== 'ok') throw new Error(`The posts were not heard: ${state}.`);
    this.ids.push(...(await this.desk.approveAll()));
  }

  live(kill: { at?: string; on?: number } = {}): ChildProcess {
    const env = {
      ...process.env,
      NODE_COMPILE_CACHE: join(tmpdir(), 'earshot-crash-cache'),
      STORE: this.disk.at,
      PLATFORM: this.platform.url,
      KILL_AT: kill.at ?? '',
      KILL_ON: String(kill.on ?? 1),
    };
    const script = join(import.meta.dirname, 'reddit-child.ts');
    return spawn(process.execPath, [script], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  }

  /** The person looks at Reddit and says what they see there. */
  async personSettles(): Promise<number> {
    let settled = 0;
    for (const mentionId of this.ids) {
      const { mention } = await this.desk.see(mentionId);
      if (mention.state !== 'unsure') continue;
      const there = this.platform.replies.some(({ parent }) => parent === mention.nativeId);
      const asked = { mentionId, version: mention.version, by: 'Lin' };
      const after = await this.desk.review.settle({ ...asked, outcome: there ? 'posted' : 'not-posted' });
      if (!there) await this.desk.review.retry({ ...asked, version: after.mention.version });
      settled++;
    }
    return settled;
  }

  /** Lives on until all is out: by look-up or by the person. What waits its half minute gets the time for it. */
  async finish(): Promise<void> {
    for (const giveUpAt = Date.now() + FINISH_WITHIN_MS; Date.now() < giveUpAt; ) {
      await end(this.live());
      const settled = await this.personSettles();
      const waiting = await this.disk.store.outbox(['approved', 'sending', 'unsure'], 1);
      if (settled + waiting.length === 0) return;
    }
  }

  doubled(): number {
    const answered = this.platform.replies.map(({ parent }) => parent);
    return answered.length - new Set(answered).size;
  }

  async report(runs: number): Promise<CrashReport> {
    const replies = new Map(this.platform.replies.map(({ parent, name }) => [parent, name]));
    const cases = await Promise.all(this.ids.map((id) => this.desk.see(id)));
    const unsureOpen = cases.filter(({ mention }) => mention.state !== 'posted').length;
    const lost = cases.filter(
      ({ mention, receipt }) => !holds(receipt, replies.get(mention.nativeId) ?? 'not there'),
    ).length;
    const approved = this.ids.length;
    const posted = this.platform.replies.length;
    return {
      platform: 'reddit',
      engine: this.disk.engine,
      runs,
      approved,
      posted,
      lost,
      doubled: this.doubled(),
      unsureOpen,
    };
  }
}

async function end(child: ChildProcess): Promise<NodeJS.Signals | null> {
  const [, signal] = (await event(child, 'exit')) as [number | null, NodeJS.Signals | null];
  return signal;
}

/**
 * Kills the outbox so many times, at each moment in turn and at moments that nobody chose, while answers are lost, late
 * and broken, and starts it again; then lets it finish. Every life begins where the one before was killed.
 */
export async function crashRuns(runs: number, records: MakeRecords = onSqlite): Promise<CrashReport> {
  const stage = await Stage.open(records);
  try {
    let killed = 0;
    let run = 0;
    for (; killed < runs && run < 3 * runs + 20; run++) {
      await stage.approve();
      const answer = ANSWERS[run % (ANSWERS.length * 3)];
      if (answer) stage.platform.onNextSend(answer);
      // Every eleventh answer is so late that we gave up waiting for it.
      let sent = 0;
      stage.platform.onComment = (moment) => (moment === 'stored' && ++sent % 11 === 0 ? pause(LATE_MS) : undefined);
      killed += await (run % 4 === 3 ? killAtRandom(stage) : killAtMoment(stage, run));
      if (run % 10 === 9) await stage.personSettles();
      if (stage.doubled() > 0) break;
    }
    stage.platform.onComment = () => {};
    await stage.finish();
    return await stage.report(killed);
  } finally {
    await stage.close();
  }
}

/** Each fifth time two processes are at work at once. Gives 1 when one was killed. */
async function killAtMoment(stage: Stage, run: number): Promise<number> {
  const at = MOMENTS[run % MOMENTS.length] as string;
  const kill = { at, on: 1 + (Math.floor(run / MOMENTS.length) % 2) };
  const lives = run % 5 === 4 ? [stage.live(kill), stage.live(kill)] : [stage.live(kill)];
  const ends = await Promise.all(lives.map(end));
  return ends.includes('SIGKILL') ? 1 : 0;
}

async function killAtRandom(stage: Stage): Promise<number> {
  const child = stage.live();
  const before = stage.platform.onComment;
  const first = new Promise<void>((resolve) => {
    stage.platform.onComment = (moment, parent) => {
      resolve();
      return before(moment, parent);
    };
  });
  const ended = end(child);
  await Promise.race([first, ended]);
  setTimeout(() => child.kill('SIGKILL'), Math.random() * 60);
  return (await ended) === 'SIGKILL' ? 1 : 0;
}
