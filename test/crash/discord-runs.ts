import { type ChildProcess, spawn } from 'node:child_process';
import { once as event } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { MentionId } from '../../src/core/nouns.ts';
import { createCollector } from '../../src/stages/collect/index.ts';
import { type Desk, openDesk } from '../platforms/desk.ts';
import { LocalDiscord } from '../platforms/discord.ts';
import type { Planned } from '../platforms/discord-faults.ts';
import type { Room } from '../platforms/discord-world.ts';
import { openDiscord } from '../platforms/open-discord.ts';
import { quiet } from '../platforms/open-forum.ts';
import { type CrashReport, holds, type MakeRecords, onSqlite, type Records } from './records.ts';

/** Moments of a life that posts, in the words of `discord-child.ts`. */
export const POSTING = [
  'look',
  'before approved>sending',
  'after approved>sending',
  'before send',
  'during send',
  'after answer',
  'before sending>posted',
  'after sending>posted',
  'before unsure>sending',
  'after unsure>sending',
] as const;

/** Moments of a life that listens. */
export const LISTENING = ['before emit', 'after emit', 'before save', 'after save'] as const;

/** What becomes of the answer in one life of three: lost after the reply was stored, lost before, half of it, said twice. */
const ANSWERS: Planned[] = [
  { answer: 'reset', stored: true },
  { answer: 'never', stored: true },
  { answer: 'reset' },
  { answer: 'half', stored: true },
  { answer: 500, stored: true },
  { answer: 'twice', stored: true },
];

/** Longer than the child waits. */
const LATE_MS = 1_000;

/** Approved replies that a life should find. */
const ENOUGH = 5;

/** Everything around one crash: a Discord that counts, a store on disk, a desk with a person. */
export class Stage {
  readonly platform: LocalDiscord;
  readonly help: Room;
  readonly disk: Records;
  readonly desk: Desk;
  ids: MentionId[] = [];

  private constructor(platform: LocalDiscord, disk: Records) {
    this.platform = platform;
    this.disk = disk;
    this.desk = openDesk(disk.store, { now: Date.now });
    this.help = platform.world.addRoom(platform.world.addGuild('Acorn Wallet'), 'help');
  }

  static async open(records: MakeRecords = onSqlite): Promise<Stage> {
    return new Stage(await LocalDiscord.start(), await records());
  }

  async close(): Promise<void> {
    await this.platform.close();
    await this.disk.remove();
  }

  /** That many messages, heard through the connector and answered, and every reply approved. */
  async approve(replies: number): Promise<void> {
    for (let n = 1; n <= replies; n++) this.platform.world.say(this.help, `lena_${n}`, `help ${n}`);
    const deps = { store: this.disk.store, clock: { now: Date.now }, log: quiet, ourHandles: () => [] };
    const signal = new AbortController().signal;
    await createCollector(deps).collect(openDiscord(this.platform), { since: 1, signal });
    this.ids.push(...(await this.desk.approveAll()));
  }

  /** A life whose moment does not come posts all there is: the next one needs something to be killed over. */
  async topUp(): Promise<void> {
    const waiting = await this.disk.store.outbox(['approved'], ENOUGH);
    if (waiting.length < ENOUGH) await this.approve(ENOUGH);
  }

  live(task: 'post' | 'listen', kill: { at?: string; on?: number } = {}): ChildProcess {
    const env = {
      ...process.env,
      NODE_COMPILE_CACHE: join(tmpdir(), 'earshot-crash-cache'),
      STORE: this.disk.at,
      PLATFORM: this.platform.url,
      TASK: task,
      KILL_AT: kill.at ?? '',
      KILL_ON: String(kill.on ?? 1),
    };
    const script = join(import.meta.dirname, 'discord-child.ts');
    return spawn(process.execPath, [script], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  }

  /** The person looks at Discord and says what they see there. */
  async personSettles(): Promise<number> {
    let settled = 0;
    for (const mentionId of this.ids) {
      const { mention } = await this.desk.see(mentionId);
      if (mention.state !== 'unsure') continue;
      const there = this.answered().includes(mention.nativeId);
      const asked = { mentionId, version: mention.version, by: 'Lin' };
      const after = await this.desk.review.settle({ ...asked, outcome: there ? 'posted' : 'not-posted' });
      if (!there) await this.desk.review.retry({ ...asked, version: after.mention.version });
      settled++;
    }
    return settled;
  }

  /** Lives on until all is out: by the nonce or by the person. What waits its half minute gets the time for it. */
  async finish(): Promise<void> {
    for (let life = 0; life < 14; life++) {
      await ended(this.live('post'));
      const settled = await this.personSettles();
      const waiting = await this.disk.store.outbox(['approved', 'sending', 'unsure'], 1);
      if (settled + waiting.length === 0) return;
    }
  }

  /** Native ids of the messages that the bot answered, one for each reply. */
  answered(): string[] {
    return this.platform.world.replies.map(({ answers }) => idOf(answers));
  }

  doubled(): number {
    const answered = this.answered();
    return answered.length - new Set(answered).size;
  }

  async report(runs: number): Promise<CrashReport> {
    const replies = new Map(
      this.platform.world.replies.map(({ answers, id }) => [
        idOf(answers),
        idOf({ channel: answers?.channel, message: id }),
      ]),
    );
    const cases = await Promise.all(this.ids.map((id) => this.desk.see(id)));
    const unsureOpen = cases.filter(({ mention }) => mention.state !== 'posted').length;
    const lost = cases.filter(
      ({ mention, receipt }) => !holds(receipt, replies.get(mention.nativeId) ?? 'not there'),
    ).length;
    const posted = this.answered().length;
    const counts = { approved: this.ids.length, posted, lost, doubled: this.doubled(), unsureOpen };
    return { platform: 'discord', engine: this.disk.engine, runs, ...counts };
  }
}

const idOf = (where: Partial<Record<'channel' | 'message', string | undefined>> = {}) =>
  `${where.channel}/${where.message}`;

export async function ended(child: ChildProcess): Promise<NodeJS.Signals | null> {
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
    await stage.approve(Math.min(Math.ceil(runs * 1.5) + 4, 900));
    let killed = 0;
    let run = 0;
    for (; killed < runs && run < 3 * runs + 20; run++) {
      await stage.topUp();
      const answer = ANSWERS[run % (ANSWERS.length * 3)];
      if (answer) stage.platform.onNext('POST', /messages$/, answer);
      // Every eleventh answer is so late that we gave up waiting for it.
      let sent = 0;
      stage.platform.onPost = (moment) => (moment === 'stored' && ++sent % 11 === 0 ? pause(LATE_MS) : undefined);
      killed += await (run % 4 === 3 ? killAtRandom(stage) : killAtMoment(stage, run));
      if (stage.doubled() > 0) break;
    }
    stage.platform.onPost = () => {};
    await stage.finish();
    return await stage.report(killed);
  } finally {
    await stage.close();
  }
}

/** Each fifth time two processes are at work at once. Gives 1 when one was killed. */
async function killAtMoment(stage: Stage, run: number): Promise<number> {
  const at = POSTING[run % POSTING.length] as string;
  const kill = { at, on: 1 + (Math.floor(run / POSTING.length) % 2) };
  const lives = run % 5 === 4 ? [stage.live('post', kill), stage.live('post', kill)] : [stage.live('post', kill)];
  const ends = await Promise.all(lives.map(ended));
  return ends.includes('SIGKILL') ? 1 : 0;
}

async function killAtRandom(stage: Stage): Promise<number> {
  const child = stage.live('post');
  const before = stage.platform.onPost;
  const first = new Promise<void>((resolve) => {
    stage.platform.onPost = (moment, nonce) => {
      resolve();
      return before(moment, nonce);
    };
  });
  const end = ended(child);
  await Promise.race([first, end]);
  setTimeout(() => child.kill('SIGKILL'), Math.random() * 60);
  return (await end) === 'SIGKILL' ? 1 : 0;
}
