import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Low } from 'lowdb';
import { DurableFile, sweepTemporaries } from './durable-file.ts';
import { type Lock, waitForLock } from './lock.ts';
import { BrokenWorkspace, checkWorkspace, type FurtherChecks, readWorkspace } from './read.ts';
import type { Workspace } from './schema.ts';
import { settingsOf, Versions } from './versions.ts';

/** A write takes milliseconds; whoever waits longer than this waits for a process that hangs. */
const LOCK_WITHIN_MS = 10_000;

/** What was found in the file since the last look. */
export type Found =
  | { kind: 'same' | 'missing' }
  | { kind: 'broken'; message: string }
  | { kind: 'new'; document: Workspace };

/** The document on the disk with its versions. Every change happens under a lock that all processes respect. */
export class WorkspaceDocument {
  readonly #folder: string;
  readonly #low: Low<Workspace>;
  readonly #check: FurtherChecks;
  readonly #versions: Versions;
  readonly file: string;
  /** The newest good state, and the base of every change. */
  current: Workspace;

  constructor(folder: string, first: Workspace, check: FurtherChecks, keep: number) {
    this.#folder = folder;
    this.#check = check;
    this.file = join(folder, 'workspace.json');
    this.current = first;
    this.#low = new Low(new DurableFile(this.file, (text) => readWorkspace(text, 'workspace.json', check)), first);
    this.#versions = new Versions(join(folder, 'versions'), keep);
  }

  get versions(): Versions {
    return this.#versions;
  }

  async locked<T>(work: () => Promise<T>): Promise<T> {
    await mkdir(this.#folder, { recursive: true });
    const lock: Lock = await waitForLock(join(this.#folder, 'workspace.lock'), LOCK_WITHIN_MS);
    try {
      return await work();
    } finally {
      await lock.release();
    }
  }

  /** Looks at the file without writing anything. */
  async look(): Promise<Found> {
    const before = this.current;
    this.#low.data = before;
    try {
      await this.#low.read();
    } catch (error) {
      if (error instanceof BrokenWorkspace) return { kind: 'broken', message: error.message };
      throw error;
    }
    const found = this.#low.data;
    if (found === before) return { kind: 'missing' };
    return isDeepStrictEqual(settingsOf(found), settingsOf(before)) && found.revision <= before.revision
      ? { kind: 'same' }
      : { kind: 'new', document: found };
  }

  /**
   * Takes over what stands in the file: saved by another process of ours (it counted the revision up), or edited by hand.
   * The file itself stays as the person left it. Only under the lock.
   */
  async absorb(): Promise<Found> {
    const found = await this.look();
    if (found.kind !== 'new') return found;
    const before = this.current;
    const byHand = found.document.revision <= before.revision;
    const document: Workspace = byHand
      ? { ...found.document, revision: before.revision + 1, changed: change('edited by hand', 'edited workspace.json') }
      : found.document;
    this.current = document;
    if (byHand || !(await this.#versions.read(document.revision))) await this.#versions.add(before, document);
    return { kind: 'new', document };
  }

  /** Writes a new state and its version. Only under the lock. @throws BrokenWorkspace when the result cannot be used. */
  async save(settings: Workspace, by: string, what: string): Promise<Workspace> {
    const before = this.current;
    const document = checkWorkspace(
      { ...settings, revision: before.revision + 1, changed: change(by, what) },
      this.#check,
    );
    this.#low.data = document;
    await this.#low.write();
    this.current = document;
    await this.#versions.add(before, document);
    return document;
  }

  /** The newest version that can still be used. */
  async newestGood(): Promise<Workspace | undefined> {
    for (const revision of await this.#versions.revisions()) {
      const kept = await this.#versions.read(revision);
      try {
        if (kept) return { ...checkWorkspace(kept.document), revision };
      } catch {
        // an older one may do
      }
    }
    return undefined;
  }

  /** Keeps a copy of a file that is about to be written over although it cannot be read. Returns the copy's name. */
  async setAside(): Promise<string> {
    const name = `workspace.broken-${new Date().toISOString().replace(/[:.]/g, '-')}.json`;
    await copyFile(this.file, join(this.#folder, name));
    return name;
  }

  async sweep(): Promise<void> {
    await sweepTemporaries(this.#folder);
    await this.#versions.sweep();
  }
}

function change(by: string, what: string): NonNullable<Workspace['changed']> {
  return { by, at: new Date().toISOString(), what };
}
