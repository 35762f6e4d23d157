import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Conflict } from '../../src/core/failures.ts';
import { openLog } from '../../src/observe/log.ts';
import { openParts, type Parts } from '../../src/parts/index.ts';
import { ROOT, readSettings } from '../../src/settings.ts';
import { APP, RedditPlatform, USER_AGENT } from '../platforms/reddit.ts';
import { createDatabase, dropDatabase } from '../postgres/databases.ts';
import { DatabaseProxy } from './proxy.ts';

/** One running Earshot of several, with its own line to the database. */
export interface Machine {
  name: string;
  child: ChildProcess;
  proxy: DatabaseProxy;
  /** What it wrote to its log. */
  log: string[];
  /** Signs the owner in, where it has the inbox. */
  link: string;
}

/** Several real Earshots on one database and one local Reddit, and a person who works beside them. */
export class Fleet {
  readonly platform = new RedditPlatform();
  readonly machines: Machine[] = [];
  readonly #database: string;
  readonly #folder: string;
  parts!: Parts;

  private constructor(database: string, folder: string) {
    this.#database = database;
    this.#folder = folder;
  }

  /** Over a fresh database, which `close` drops. */
  static async open(): Promise<Fleet> {
    const database = await createDatabase();
    const fleet = new Fleet(database, await mkdtemp(join(tmpdir(), 'earshot-fleet-')));
    await fleet.platform.start();
    // A place that does not exist yet when the first machine reads it would rest the source until a person looks.
    fleet.platform.subreddit('wallets');
    await writeFile(join(fleet.#folder, 'workspace.json'), JSON.stringify(fleet.#settings()));
    fleet.parts = await openParts(readSettings(fleet.#env(database)), openLog('silent'), 'command', () => {});
    return fleet;
  }

  /** Starts one more, and resolves when it is ready. `more` goes into its environment. */
  async start(name: string, roles: string, more: Record<string, string> = {}): Promise<Machine> {
    const proxy = await new DatabaseProxy(this.#database).start();
    const child = spawn(process.execPath, [join(ROOT, 'bin/earshot.cjs'), 'start', '--roles', roles], {
      env: { ...this.#env(proxy.through(this.#database)), PATH: process.env.PATH, EARSHOT_LOG: 'info', ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const machine: Machine = { name, child, proxy, log: [], link: '' };
    this.machines.push(machine);
    createInterface({ input: child.stderr }).on('line', (line) => machine.log.push(line));
    const lines = createInterface({ input: child.stdout });
    const [line] = (await Promise.race([once(lines, 'line'), once(child, 'exit')])) as unknown[];
    if (!String(line).includes('is ready')) throw new Error(`${name} did not start: ${machine.log.join('\n')}`);
    machine.link = /(http:\S+)/.exec(String(line))?.[1] ?? '';
    lines.on('line', (more) => machine.log.push(more));
    return machine;
  }

  async kill({ child }: Machine): Promise<void> {
    const gone = once(child, 'exit');
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    else return;
    await gone;
  }

  /** People write so many posts about us. */
  say(count: number): void {
    for (let n = 0; n < count; n++) {
      const no = this.platform.things.length + 1;
      this.platform.post(`lena_${no}`, 'wallets', `My transfer no. ${no} has not arrived, please help`);
    }
  }

  /** The person approves every draft that waits. What changed meanwhile, as where an incident begins, is looked at again. */
  async approveAll(): Promise<void> {
    const { store, review } = this.parts;
    for (;;) {
      const { rows } = await store.queue({ states: ['drafted'], limit: 100 });
      if (rows.length === 0) return;
      for (const { mention, draft } of rows) {
        const seen = { mentionId: mention.id, version: mention.version, revision: draft?.revision ?? 0 };
        await review.approve({ ...seen, by: 'Lin' }).catch((thrown) => {
          if (!(thrown instanceof Conflict)) throw thrown;
        });
      }
    }
  }

  async states(): Promise<Partial<Record<string, number>>> {
    return (await this.parts.store.counts(Date.now())).byState;
  }

  /** Posts that were answered more than once, and how many were answered at all. */
  answers(): { once: number; doubled: string[] } {
    const parents = this.platform.replies.map(({ parent }) => parent ?? '');
    const doubled = parents.filter((parent, at) => parents.indexOf(parent) !== at);
    return { once: new Set(parents).size, doubled };
  }

  async close(): Promise<void> {
    await Promise.all(this.machines.map((machine) => this.kill(machine)));
    await this.parts.close();
    await Promise.all(this.machines.map(({ proxy }) => proxy.close()));
    await this.platform.close();
    await rm(this.#folder, { recursive: true });
    await dropDatabase(this.#database);
  }

  #settings() {
    const options = {
      userAgent: USER_AGENT,
      usernameMentions: false,
      subreddits: ['wallets'],
      apiAddress: this.platform.url,
      siteAddress: this.platform.url,
    };
    const source = { id: 'wallets', connector: 'reddit', schedule: '* * * * * *', options };
    return { version: 1, brand: { product: 'Acorn', names: ['Acorn'] }, sources: [source] };
  }

  #env(database: string): Record<string, string> {
    return {
      EARSHOT_DATA: this.#folder,
      EARSHOT_DATABASE_URL: database,
      EARSHOT_PORT: '0',
      EARSHOT_NAME: 'Lin',
      EARSHOT_PRIVATE_HOSTS: new URL(this.platform.url).host,
      REDDIT_CLIENT_ID: APP.id,
      REDDIT_CLIENT_SECRET: APP.secret,
      REDDIT_REFRESH_TOKEN: APP.refresh,
    };
  }
}
