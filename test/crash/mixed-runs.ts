import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Store } from '../../src/core/ports.ts';
import { verifyAudit } from '../../src/store/audit.ts';
import { openPostgresStore } from '../../src/store/postgres/index.ts';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';
import { openSharedWorkspace, openWorkspace } from '../../src/workspace/index.ts';
import { openDesk } from '../platforms/desk.ts';
import { Forum } from '../platforms/forum.ts';
import type { Engine, Records } from './records.ts';

export interface MixedReport {
  mode: 'mixed';
  engine: Engine;
  runs: number;
  /** Approvals, dismissals and settings that were acknowledged before a kill. */
  actions: number;
  /** Of these, what is not there afterwards; and mentions, replies and answers that went missing. */
  lost: number;
  posted: number;
  doubled: number;
  auditWhole: boolean;
}

type Said = { did: 'alive' | 'approved' | 'dismissed' | 'set'; what: string };

/** Everything around the kills: a forum that counts, and what was acknowledged so far. */
class Stage {
  readonly forum = new Forum();
  readonly said: Said[] = [];
  readonly #place: Records;
  #lastWords: string[] = [];

  constructor(place: Records) {
    this.#place = place;
  }

  /** A life, killed at some moment of its work; every sixth time two at once. */
  async liveAndDie(chance: number, two: boolean): Promise<void> {
    for (let n = 0; n < 4; n++) this.forum.say('lena', `help ${this.forum.posts.length}`);
    const lives = two ? [this.#begin(), this.#begin()] : [this.#begin()];
    await Promise.all(lives.map((life) => this.#killAfter(life, 1 + Math.floor(chance * 14), chance)));
  }

  async finish(): Promise<void> {
    for (let life = 0; life < 40; life++) {
      await once(this.#begin({ FINISH: '1' }), 'exit');
      const store = await this.openStore();
      const settled = await personSettles(store, this.forum);
      const waiting = await store.outbox(['approved', 'sending', 'unsure'], 1);
      await store.close();
      if (settled + waiting.length === 0) return;
    }
  }

  openStore(): Promise<Store> {
    return this.#place.engine === 'sqlite' ? openSqliteStore(this.#place.at) : openPostgresStore(this.#place.at);
  }

  async report(runs: number): Promise<MixedReport> {
    const store = await this.openStore();
    const parents = this.forum.replies.map(({ parentId }) => String(parentId));
    const answered = new Set(parents);
    let lost = await this.#lostSettings(store);
    const done = this.said.filter(({ did }) => did === 'approved' || did === 'dismissed');
    for (const { did, what } of done) {
      const found = await store.find(what);
      const there = found?.history.some(({ action }) => action === did);
      const out = did === 'dismissed' || (found?.mention.state === 'posted' && answered.has(found.mention.nativeId));
      if (!there || !out) lost += 1;
    }
    const heard = this.forum.posts.filter((post) => !('parentId' in post)).map(({ id }) => String(id));
    const known = await store.known('test-forum', heard);
    lost += heard.length - known.size;
    const audit = await verifyAudit(store);
    await store.close();
    return {
      ...{ mode: 'mixed', engine: this.#place.engine, runs, lost },
      actions: this.said.filter(({ did }) => did !== 'alive').length,
      posted: parents.length,
      doubled: parents.length - answered.size,
      auditWhole: audit.brokenAt === undefined && audit.events > 0,
    };
  }

  /** The last words that were acknowledged stand in the settings; the list itself forgets the oldest. */
  async #lostSettings(store: Store): Promise<number> {
    const defaults = { version: 1 as const, brand: { product: 'Acorn' } };
    const workspace =
      this.#place.engine === 'sqlite'
        ? await openWorkspace(dirname(this.#place.at), { defaults, mode: 'command' })
        : await openSharedWorkspace(store.settings, { defaults, folder: '/nowhere' });
    const kept = new Set(workspace.current().keywords);
    await workspace.close();
    return this.#lastWords.filter((word) => !kept.has(word)).length;
  }

  #begin(more: Record<string, string> = {}): ChildProcess {
    const env = {
      ...process.env,
      NODE_COMPILE_CACHE: join(tmpdir(), 'earshot-crash-cache'),
      STORE: this.#place.at,
      FORUM: this.forum.url,
      ...more,
    };
    const child = spawn(process.execPath, [join(import.meta.dirname, 'mixed-child.ts')], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = JSON.parse(line) as Said;
      this.said.push(said);
      if (said.did === 'set') this.#lastWords = [...this.#lastWords.slice(-50), said.what];
      child.emit('said');
    });
    return child;
  }

  async #killAfter(child: ChildProcess, things: number, chance: number): Promise<void> {
    const ended = once(child, 'close');
    let said = 0;
    child.on('said', () => {
      said += 1;
      // Somewhere within the next few writes: it has not stopped to wait for us.
      if (said === things) setTimeout(() => child.kill('SIGKILL'), (chance * 10_000) % 25);
    });
    const [code, signal] = (await ended) as [number | null, string | null];
    if (signal !== 'SIGKILL') throw new Error(`A life ended by itself (${code}).`);
  }
}

/** The person looks at the forum and says what they see there. */
async function personSettles(store: Store, forum: Forum): Promise<number> {
  const { review } = openDesk(store, { now: Date.now });
  const unsure = await store.queue({ states: ['unsure'], limit: 1_000 });
  for (const { mention } of unsure.rows) {
    const there = forum.replies.some(({ parentId }) => String(parentId) === mention.nativeId);
    const asked = { mentionId: mention.id, version: mention.version, by: 'Lin' };
    const after = await review.settle({ ...asked, outcome: there ? 'posted' : 'not-posted' });
    if (!there) await review.retry({ ...asked, version: after.mention.version });
  }
  return unsure.rows.length;
}

/** The same numbers in every run. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

/** So many kills during mixed load: collecting, approving, sending, settings. */
export async function mixedRuns(place: Records, runs: number): Promise<MixedReport> {
  const stage = new Stage(place);
  await stage.forum.start();
  try {
    await (await stage.openStore()).close();
    const random = numbers(20_260_115);
    for (let run = 0; run < runs; run++) await stage.liveAndDie(random.next().value as number, run % 6 === 5);
    await stage.finish();
    return await stage.report(runs);
  } finally {
    await stage.forum.close();
  }
}
