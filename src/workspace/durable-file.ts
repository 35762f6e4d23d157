import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Adapter } from 'lowdb';

/**
 * A lowdb adapter that has written when it says so, power cut or not: a temporary file with a name of its own is written
 * and synced, renamed over the old one, and the folder synced. Writes follow one another.
 *
 * lowdb's own JSONFile syncs nothing and shares one temporary name between processes. The usual package for atomic writes
 * does not look at how much was written, so that a full disk can leave it renaming half a file.
 */
export class DurableFile<T> implements Adapter<T> {
  readonly #file: string;
  readonly #parse: (text: string) => T;
  #last: Promise<void> = Promise.resolve();

  constructor(file: string, parse: (text: string) => T) {
    this.#file = file;
    this.#parse = parse;
  }

  /** Null when there is no file. @throws whatever `parse` throws. */
  async read(): Promise<T | null> {
    const text = await readText(this.#file);
    return text === undefined ? null : this.#parse(text);
  }

  write(data: T): Promise<void> {
    const text = `${JSON.stringify(data, null, 2)}\n`;
    const write = this.#last.then(() => writeDurably(this.#file, text));
    this.#last = write.catch(() => {});
    return write;
  }
}

/** Undefined when there is no such file. */
export async function readText(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).replace(/^\uFEFF/, ''); // some editors begin a file with a byte order mark
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** All of it or nothing, and on the disk when it resolves. A symbolic link stays one. */
export async function writeDurably(file: string, text: string): Promise<void> {
  const target = await realpath(file).catch(() => file);
  const folder = dirname(target);
  await mkdir(folder, { recursive: true });
  const temporary = join(folder, `.${basename(target)}.${randomUUID()}.tmp`);
  try {
    const { mode } = await stat(target).catch(() => ({ mode: 0o600 }));
    const handle = await open(temporary, 'wx', mode & 0o777);
    await writeAndClose(handle, text);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(folder);
}

async function writeAndClose(handle: FileHandle, text: string): Promise<void> {
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return; // Windows has no sync of a folder
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Removes what writers left behind that died half-way. Only for whoever holds the lock: no writer may be at work. */
export async function sweepTemporaries(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const left = names.filter((name) => /^\..+\.[0-9a-f-]{36}\.tmp$/.test(name));
  await Promise.all(left.map((name) => rm(join(folder, name), { force: true })));
}
