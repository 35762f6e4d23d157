import { type ChildProcess, spawn } from 'node:child_process';
import { once as event } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { MentionId } from '../../../src/core/nouns.ts';
import { createCollector } from '../../../src/stages/collect/index.ts';
import { type Desk, openDesk } from '../../platforms/desk.ts';
import { quiet } from '../../platforms/open-forum.ts';
import { type CrashReport, holds, type MakeRecords, onSqlite, type Records } from '../records.ts';
import { Line, type Mishap } from './line.ts';
import { type CrashPlatform, load, type PlatformName, type ReplyLine, type Running } from './platform.ts';

/** Moments of a life, in the words of `life.ts`. */
const MOMENTS = [
  'look',
  'before approved>sending',
  'after approved>sending',
  'before send',
  'during send',
  'after answer',
  'before sending>posted',
  'after sending>posted',
  'after sending>unsure',
  'before look-up',
  'after look-up',
  'before unsure>posted',
  'after unsure>posted',
  'before unsure>sending',
  'after unsure>sending',
] as const;

/** What becomes of an answer in one life of three. */
const MISHAPS: Mishap[] = [
  { as: 'reset', stored: true },
  { as: 'silence', stored: true },
  { as: 'reset', stored: false },
  { as: 'half-body', stored: true },
  { as: 500, stored: true },
  { as: 'twice', stored: true },
  { as: 500, stored: false },
];

/** Longer than a life waits for an answer. */
const LATE_MS = 1_300;
/** Replies that wait before each life, at least. */
const FEW = 5;
/** Much longer than it takes: the machine may be busy. */
const FINISH_WITHIN_MS = 180_000;

/** Everything around one crash: a platform that counts, a line that loses answers, records, a desk with a person. */
class Stage {
  readonly #name: PlatformName;
  readonly #platform: CrashPlatform;
  readonly #running: Running;
  readonly line: ReplyLine;
  readonly #records: Records;
  readonly #desk: Desk;
  readonly #ids: MentionId[] = [];

  private constructor(
    name: PlatformName,
    platform: CrashPlatform,
    running: Running,
    line: ReplyLine,
    records: Records,
  ) {
    this.#name = name;
    this.#platform = platform;
    this.#running = running;
    this.line = line;
    this.#records = records;
    this.#desk = openDesk(records.store, { now: Date.now });
  }

  static async open(name: PlatformName, makeRecords: MakeRecords): Promise<Stage> {
    const platform = await load(name);
    const running = await platform.start();
    const way = platform.line;
    const line = way instanceof RegExp ? await new Line(running.url, way).start() : way(running);
    return new Stage(name, platform, running, line, await makeRecords());
  }

  async close(): Promise<void> {
    await this.line.close();
    await this.#running.close();
    await this.#records.remove();
  }

  /** Sees to it that replies wait to be sent: people write, the connector hears them, and a person approves. */
  async approve(): Promise<void> {
    const { store } = this.#records;
    if ((await store.outbox(['approved'], FEW)).length === FEW) return;
    this.#running.say(2 * FEW);
    const deps = { store, clock: { now: Date.now }, log: quiet, ourHandles: () => [] };
    const source = this.#platform.open(this.line.url, 5_000);
    const asked = { since: Date.now() - 3_600_000, signal: new AbortController().signal, asked: true };
    const { state, message } = await createCollector(deps).collect(source, asked);
    if (state !== 'ok') throw new Error(`What people wrote on ${this.#name} was not heard: ${state}, ${message}.`);
    this.#ids.push(...(await this.#desk.approveAll()));
  }

  live(kill: { at?: string; on?: number } = {}): ChildProcess {
    const env = {
      ...process.env,
      NODE_COMPILE_CACHE: join(tmpdir(), 'earshot-crash-cache'),
      STORE: this.#records.at,
      PLATFORM: this.#name,
      ADDRESS: this.line.url,
      KILL_AT: kill.at ?? '',
      KILL_ON: String(kill.on ?? 1),
    };
    return spawn(process.execPath, [join(import.meta.dirname, 'life.ts')], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }

  /** The person looks at the platform and says what they see there. Gives how many were settled. */
  async personSettles(): Promise<number> {
    let settled = 0;
    const answered = new Set(this.#answers().map(({ mention }) => mention));
    for (const { reply } of await this.#records.store.outbox(['unsure'], 10_000)) {
      const { mention } = await this.#desk.see(reply.mentionId);
      if (mention.state !== 'unsure') continue;
      const there = answered.has(mention.nativeId);
      const asked = { mentionId: mention.id, version: mention.version, by: 'Lin' };
      const after = await this.#desk.review.settle({ ...asked, outcome: there ? 'posted' : 'not-posted' });
      if (!there) await this.#desk.review.retry({ ...asked, version: after.mention.version });
      settled++;
    }
    return settled;
  }

  /** Lives on until all is out: by itself or by the person. What waits its half minute gets the time for it. */
  async finish(): Promise<void> {
    for (const giveUpAt = Date.now() + FINISH_WITHIN_MS; Date.now() < giveUpAt; ) {
      await end(this.live());
      const settled = await this.personSettles();
      const waiting = await this.#records.store.outbox(['approved', 'sending', 'unsure'], 1);
      if (settled + waiting.length === 0) return;
    }
  }

  doubled(): number {
    const answered = this.#answers().map(({ mention }) => mention);
    return answered.length - new Set(answered).size;
  }

  async report(runs: number): Promise<CrashReport> {
    const answers = this.#answers();
    const there = new Map(answers.map(({ mention, reply }) => [mention, reply]));
    const cases = await Promise.all(this.#ids.map((id) => this.#desk.see(id)));
    return {
      platform: this.#name,
      engine: this.#records.engine,
      runs,
      approved: this.#ids.length,
      posted: answers.length,
      lost: cases.filter(({ mention, receipt }) => !holds(receipt, there.get(mention.nativeId) ?? 'not there')).length,
      doubled: this.doubled(),
      unsureOpen: cases.filter(({ mention }) => mention.state !== 'posted').length,
    };
  }

  #answers() {
    return this.#running.answers(this.line.url);
  }
}

async function end(child: ChildProcess): Promise<NodeJS.Signals | null> {
  const [, signal] = (await event(child, 'exit')) as [number | null, NodeJS.Signals | null];
  return signal;
}

/**
 * Kills the outbox so many times, at each moment in turn and at moments that nobody chose, while answers are lost, late
 * and broken, and starts it again; then lets it finish. Every life begins where the one before was killed. Counted on the
 * platform's side.
 */
export async function crashRuns(
  name: PlatformName,
  runs: number,
  records: MakeRecords = onSqlite,
): Promise<CrashReport> {
  const stage = await Stage.open(name, records);
  const { line } = stage;
  try {
    let killed = 0;
    for (let life = 0; killed < runs && life < 4 * runs + 20; life++) {
      await stage.approve();
      const mishap = MISHAPS[life % (MISHAPS.length * 3)];
      line.mishaps.splice(0, Infinity, ...(mishap ? [mishap] : []));
      // Every eleventh answer is so late that we gave up waiting for it.
      let sent = 0;
      line.onReply = (moment) => (moment === 'stored' && ++sent % 11 === 0 ? pause(LATE_MS) : undefined);
      if (await (life % 4 === 3 ? killAtRandom(stage) : killAtMoment(stage, life))) killed++;
      if (life % 10 === 9) await stage.personSettles();
      if (stage.doubled() > 0) break;
    }
    line.mishaps.length = 0;
    line.onReply = () => {};
    await stage.finish();
    return await stage.report(killed);
  } finally {
    await stage.close();
  }
}

/** Each fifth time two processes are at work at once. True when one was killed. */
async function killAtMoment(stage: Stage, life: number): Promise<boolean> {
  const kill = { at: MOMENTS[life % MOMENTS.length] ?? '', on: 1 + (Math.floor(life / MOMENTS.length) % 2) };
  const lives = life % 5 === 4 ? [stage.live(kill), stage.live(kill)] : [stage.live(kill)];
  const ends = await Promise.all(lives.map(end));
  return ends.includes('SIGKILL');
}

async function killAtRandom(stage: Stage): Promise<boolean> {
  const { line } = stage;
  const child = stage.live();
  const before = line.onReply;
  const first = new Promise<void>((resolve) => {
    line.onReply = (moment) => {
      resolve();
      return before(moment);
    };
  });
  const ended = end(child);
  await Promise.race([first, ended]);
  setTimeout(() => child.kill('SIGKILL'), Math.random() * 60);
  return (await ended) === 'SIGKILL';
}
