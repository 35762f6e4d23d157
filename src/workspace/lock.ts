import { randomUUID } from 'node:crypto';
import { readFileSync, unlinkSync } from 'node:fs';
import { link, open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';

/** Who holds a lock file: enough to tell a living owner from a dead one, also when its process id was given out again. */
interface Owner {
  pid: number;
  host: string;
  /** When the process began, in the kernel's words, where the kernel tells. */
  born?: string;
  since: string;
  token: string;
}

export interface Lock {
  release(): Promise<void>;
}

/** An owner on another machine (or in another container) is believed as long as it touches its file. */
const BEAT_MS = 10_000;
const SILENT_MS = 60_000;

/**
 * Takes a lock file, also from an owner that has died.
 *
 * @returns the lock, or the living owner's description
 */
export async function tryLock(file: string): Promise<Lock | { heldBy: string }> {
  for (;;) {
    const token = randomUUID();
    if (await create(file, token)) return held(file, token);
    const owner = await readOwner(file);
    if (owner === 'gone') continue;
    if (await isAlive(file, owner)) return { heldBy: owner ? nameOf(owner) : 'another process' };
    await breakLock(file, owner?.token);
  }
}

function nameOf({ pid, host }: Owner): string {
  const elsewhere = `; if that machine or container is gone, its place is free ${SILENT_MS / 1000} s after its end`;
  return `process ${pid} on ${host}${host === hostname() ? '' : elsewhere}`;
}

/** Waits for short work of others to end. @throws Error when it takes longer than `withinMs`. */
export async function waitForLock(file: string, withinMs: number): Promise<Lock> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const lock = await tryLock(file);
    if ('release' in lock) return lock;
    if (performance.now() > deadline) {
      throw new Error(`${lock.heldBy} keeps ${file} for more than ${withinMs / 1000} s. If it hangs, stop it.`);
    }
    await pause(2 + Math.random() * 8);
  }
}

async function create(file: string, token: string): Promise<boolean> {
  const born = birthOf(process.pid);
  const since = new Date().toISOString();
  const owner: Owner = { pid: process.pid, host: hostname(), ...(born && { born }), since, token };
  try {
    const handle = await open(file, 'wx', 0o600);
    await handle.writeFile(JSON.stringify(owner)).finally(() => handle.close());
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function held(file: string, token: string): Lock {
  const beat = setInterval(() => utimes(file, new Date(), new Date()).catch(() => {}), BEAT_MS).unref();
  const letGo = () => {
    if (ownerFrom(readQuietly(file))?.token === token) unlinkSync(file);
  };
  process.once('exit', letGo);
  return {
    async release() {
      clearInterval(beat);
      process.off('exit', letGo);
      letGo();
    },
  };
}

/** Undefined for a file that is being written at this moment, or that its writer never finished. */
async function readOwner(file: string): Promise<Owner | undefined | 'gone'> {
  try {
    return ownerFrom(await readFile(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'gone';
    throw error;
  }
}

function ownerFrom(text: string): Owner | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readQuietly(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

async function isAlive(file: string, owner: Owner | undefined): Promise<boolean> {
  if (!owner || owner.host !== hostname()) {
    const touched = await stat(file).then(
      ({ mtimeMs }) => mtimeMs,
      () => 0,
    );
    return Date.now() - touched < (owner ? SILENT_MS : 2_000);
  }
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return owner.born === undefined || owner.born === birthOf(owner.pid);
}

/** Boot and start time of a process, where /proc tells: a process id alone comes back after a restart. */
function birthOf(pid: number): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return `${boot}/${fields[19]}`;
  } catch {
    return undefined;
  }
}

/** Moves a dead owner's file away. If it was a living one's after all (two at once broke the same lock), it is put back. */
async function breakLock(file: string, token: string | undefined): Promise<void> {
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const moved = await readOwner(aside);
  if (moved !== 'gone' && moved?.token !== token) await link(aside, file).catch(() => {});
  await rm(aside, { force: true });
}
