import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Small texts that a source must not forget and that belong neither in its cursor nor in its settings: a refresh token
 * that changes with each use, money spent this month. Readable by the owner of the data directory only.
 */
export interface Keep {
  read(name: string): Promise<string | undefined>;
  /**
   * Changes one text. One change at a time, over all processes; the new text is on the disk when this resolves. What
   * `change` throws is thrown on, and the old text stays.
   *
   * @throws Error when another process holds it for half a minute
   */
  update(name: string, change: (kept: string | undefined) => string | Promise<string>): Promise<string>;
}

/** Gives each source its own `Keep`. */
export type Keeping = (source: string) => Keep;

const PATIENCE_MS = 30_000;
/** No change takes this long: whoever holds a lock for longer has died. */
const DEAD_MS = 120_000;

/** One file for each text, with mode 0600, below `folder`. */
export function keepIn(folder: string): Keeping {
  return (source) => {
    const fileOf = (name: string) => join(folder, encodeURIComponent(source), encodeURIComponent(name));
    return {
      read: (name) => readText(fileOf(name)),
      async update(name, change) {
        const file = fileOf(name);
        await mkdir(join(folder, encodeURIComponent(source)), { recursive: true, mode: 0o700 });
        const release = await lock(`${file}.lock`);
        try {
          const before = await readText(file);
          const after = await change(before);
          if (after !== before) await writeDurably(file, after);
          return after;
        } finally {
          await release();
        }
      },
    };
  };
}

/** For tries and tests: forgotten when the process ends. */
export function keepInMemory(): Keeping {
  const texts = new Map<string, string>();
  const queues = new Map<string, Promise<unknown>>();
  return (source) => ({
    read: async (name) => texts.get(`${source}/${name}`),
    update(name, change) {
      const key = `${source}/${name}`;
      const turn = (queues.get(key) ?? Promise.resolve()).then(async () => {
        const after = await change(texts.get(key));
        texts.set(key, after);
        return after;
      });
      queues.set(
        key,
        turn.catch(() => {}),
      );
      return turn;
    },
  });
}

async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** All of it or nothing, and on the disk when it resolves. */
async function writeDurably(file: string, text: string): Promise<void> {
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  // Windows cannot sync a folder, and need not.
  const folder = await open(join(file, '..'), 'r').catch(() => undefined);
  await folder?.sync().catch(() => {});
  await folder?.close();
}

/** Takes a lock file, also from a process that died, and gives back how to let go. */
async function lock(file: string): Promise<() => Promise<void>> {
  const deadline = performance.now() + PATIENCE_MS;
  const mine = `${process.pid} ${randomUUID()}`;
  for (;;) {
    if (await create(file, mine)) {
      return async () => {
        if ((await readText(file)) === mine) await rm(file, { force: true });
      };
    }
    if (await removeDead(file)) continue;
    if (performance.now() > deadline) {
      throw new Error(`Another process keeps ${file} for more than ${PATIENCE_MS / 1000} s. If it hangs, stop it.`);
    }
    await pause(5 + Math.random() * 20);
  }
}

async function create(file: string, text: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx', 0o600);
    await handle.writeFile(text).finally(() => handle.close());
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** True when the lock is worth another try at once. */
async function removeDead(file: string): Promise<boolean> {
  const owner = await readText(file);
  if (owner === undefined) return true;
  const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Date.now() }));
  const old = Date.now() - mtimeMs > DEAD_MS;
  if (!old && (owner === '' || isAlive(Number(owner.split(' ')[0])))) return false;
  const aside = `${file}.${randomUUID()}`;
  await rename(file, aside).catch(() => {});
  // Somebody else may have been quicker, and this may be their new lock: then it goes back.
  const taken = await readText(aside);
  if (taken !== undefined && taken !== owner) await rename(aside, file);
  else await rm(aside, { force: true });
  return true;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
