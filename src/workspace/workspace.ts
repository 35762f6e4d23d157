import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Conflict, Refused } from '../core/failures.ts';
import { type Found, WorkspaceDocument } from './document.ts';
import { freeze } from './freeze.ts';
import { type Lock, tryLock } from './lock.ts';
import { BrokenWorkspace, checkWorkspace, type FurtherChecks } from './read.ts';
import type { Workspace, WorkspaceInput } from './schema.ts';
import { settingsOf, type Version } from './versions.ts';
import { watchFile } from './watch-file.ts';

export interface OpenWorkspaceOptions {
  /** The document of a first start, where there is none yet. */
  defaults: WorkspaceInput;
  /**
   * `server` (default): owns the folder, follows edits of the file. `command`: may change it once, beside a running server
   * that follows. `read`: writes nothing at all.
   */
  mode?: 'server' | 'command' | 'read';
  /** Faults that the schema cannot see. */
  check?: FurtherChecks;
  /** Told in a sentence what a person should know: a broken edit, a restored file. */
  report?: (message: string) => void;
  /** How often the file is looked at. Default 250 ms. */
  pollMs?: number;
  /** How many versions are kept. Default 20. */
  keep?: number;
}

export interface WorkspaceHandle {
  /** The newest good state. Frozen: change it through `update`. */
  current(): Workspace;
  /** Why the file on the disk cannot be used at this moment, if so. */
  problem(): string | undefined;
  /**
   * Changes the newest state, whoever saved it, and resolves when the new one is on the disk.
   *
   * @param change changes the copy it gets; not asynchronous
   * @throws Conflict when `ifRevision` is no longer the newest; Refused `invalid-settings` when the result cannot be used
   */
  update(
    by: string,
    what: string,
    change: (draft: Workspace) => void,
    options?: { ifRevision?: number },
  ): Promise<Workspace>;
  /** The kept versions, newest first. */
  versions(): Promise<Version[]>;
  /** The settings as they were then; undefined where that version is not kept any more. */
  version(revision: number): Promise<Workspace | undefined>;
  /** Saves an older version as the newest. @throws Refused `unknown-version` */
  restore(by: string, revision: number): Promise<Workspace>;
  /** Calls back after every change, by whomever. Returns how to stop. */
  onChange(listener: (now: Workspace, before: Workspace) => void): () => void;
  close(): Promise<void>;
}

/**
 * Opens the settings document `workspace.json` in a folder, and makes it on first start.
 *
 * @throws Refused `already-running` when another server owns the folder; BrokenWorkspace when the file cannot be used and
 *   no version of it either
 */
export async function openWorkspace(folder: string, options: OpenWorkspaceOptions): Promise<WorkspaceHandle> {
  const { mode = 'server', check, report = () => {}, pollMs = 250, keep = 20 } = options;
  const owner = mode === 'server' ? await own(folder) : undefined;
  try {
    const first = checkWorkspace(options.defaults, check);
    const document = new WorkspaceDocument(folder, first, check ?? (() => []), keep);
    const problem =
      mode === 'read'
        ? await readOnly(document, report)
        : await document.locked(() => prepare(document, mode === 'server', report));
    const writable = mode !== 'read';
    return new Handle(document, { writable, watched: mode === 'server', pollMs, report, owner, problem });
  } catch (error) {
    await owner?.release();
    throw error;
  }
}

async function own(folder: string): Promise<Lock> {
  await mkdir(folder, { recursive: true });
  const lock = await tryLock(join(folder, 'server.lock'));
  if ('release' in lock) return lock;
  throw new Refused(
    'already-running',
    `Earshot is already running on ${folder} (${lock.heldBy}). Stop it, or choose another folder with EARSHOT_DATA.`,
  );
}

/** Without writing. Returns what is wrong with the file, if something is. */
async function readOnly(document: WorkspaceDocument, report: (message: string) => void): Promise<string | undefined> {
  document.current = (await document.newestGood()) ?? document.current;
  const found = await document.look();
  if (found.kind === 'new') document.current = found.document;
  if (found.kind !== 'broken') return undefined;
  if (document.current.revision === 0) throw new BrokenWorkspace(found.message);
  report(`${found.message}\nVersion ${document.current.revision} is used until it is mended.`);
  return found.message;
}

/**
 * Brings file and versions in order: first start, an edit while nobody ran, a crash between the two, a broken file. Only the
 * server restores a broken file, at its start: a command must not write over what somebody is editing at this moment.
 * Returns what is wrong with the file, if something still is.
 */
async function prepare(
  document: WorkspaceDocument,
  mayRestore: boolean,
  report: (message: string) => void,
): Promise<string | undefined> {
  await document.sweep();
  const known = await document.newestGood();
  const first = document.current;
  if (known) document.current = known;
  const found = await document.absorb();
  if (found.kind === 'missing' && !known) {
    await document.save(first, 'Earshot', 'first start');
  } else if (found.kind === 'missing') {
    await document.save(document.current, 'Earshot', 'workspace.json was missing');
    report(
      `workspace.json was missing; its newest version was restored. To start over, remove the folder "versions" too.`,
    );
  } else if (found.kind === 'broken') {
    if (!known) throw new BrokenWorkspace(`${found.message}\nNo version of it is kept: mend it, or move it away.`);
    if (!mayRestore) {
      report(`${found.message}\nVersion ${known.revision} is used until it is mended.`);
      return found.message;
    }
    const copy = await document.setAside();
    await document.save(document.current, 'Earshot', 'workspace.json could not be read');
    report(
      `${found.message}\nIts newest good version (${known.revision}) was restored; the broken one is kept as ${copy}.`,
    );
  }
  return undefined;
}

interface HandleOptions {
  writable: boolean;
  watched: boolean;
  pollMs: number;
  report: (message: string) => void;
  owner: Lock | undefined;
  problem: string | undefined;
}

class Handle implements WorkspaceHandle {
  readonly #document: WorkspaceDocument;
  readonly #options: HandleOptions;
  readonly #listeners = new Set<(now: Workspace, before: Workspace) => void>();
  readonly #unwatch: () => void;
  #shown: Workspace;
  #problem: string | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(document: WorkspaceDocument, options: HandleOptions) {
    this.#document = document;
    this.#options = options;
    this.#shown = freeze(document.current);
    this.#problem = options.problem;
    this.#unwatch = options.watched ? watchFile(document.file, options.pollMs, () => this.#reload()) : () => {};
  }

  current(): Workspace {
    return this.#shown;
  }

  problem(): string | undefined {
    return this.#problem;
  }

  update(by: string, what: string, change: (draft: Workspace) => void, options: { ifRevision?: number } = {}) {
    return this.#alone(async () => {
      const found = await this.#document.absorb();
      this.#show();
      if (options.ifRevision !== undefined && options.ifRevision !== this.#shown.revision) {
        throw new Conflict('Somebody changed the settings in the meantime. Look at them again, then change them.');
      }
      const draft = structuredClone(this.#document.current);
      const returned: unknown = change(draft);
      if (returned instanceof Promise) throw new TypeError('A change of the workspace may not be asynchronous.');
      if (found.kind === 'broken') await this.#rescue(found.message);
      else if (found.kind !== 'missing' && isDeepStrictEqual(draft, this.#document.current)) return this.#shown;
      return this.#save(draft, by, what);
    });
  }

  async versions(): Promise<Version[]> {
    return this.#document.versions.list();
  }

  async version(revision: number): Promise<Workspace | undefined> {
    return (await this.#document.versions.read(revision))?.document as Workspace | undefined;
  }

  async restore(by: string, revision: number): Promise<Workspace> {
    const kept = await this.#document.versions.read(revision);
    if (!kept) {
      throw new Refused(
        'unknown-version',
        `There is no version ${revision} of the settings. List the versions to see which are kept.`,
      );
    }
    const old = kept.document as Workspace;
    return this.update(by, `restored version ${revision}`, (draft) => {
      for (const name of Object.keys(settingsOf(draft))) delete (draft as Record<string, unknown>)[name];
      Object.assign(draft, settingsOf(old));
    });
  }

  onChange(listener: (now: Workspace, before: Workspace) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#unwatch();
    await this.#queue.catch(() => {});
    this.#listeners.clear();
    await this.#options.owner?.release();
  }

  async #save(draft: Workspace, by: string, what: string): Promise<Workspace> {
    try {
      await this.#document.save(draft, by, what);
    } catch (error) {
      if (error instanceof BrokenWorkspace) throw new Refused('invalid-settings', error.message);
      throw error;
    }
    this.#problem = undefined;
    this.#show();
    return this.#shown;
  }

  /** A broken edit must not be lost when a change from elsewhere is saved over it. */
  async #rescue(message: string): Promise<void> {
    const copy = await this.#document.setAside();
    this.#options.report(
      `${message}\nThe settings were changed elsewhere meanwhile; the broken edit is kept as ${copy}.`,
    );
  }

  async #reload(): Promise<void> {
    const found: Found = await this.#alone(() => this.#document.absorb());
    this.#show();
    const problem = found.kind === 'broken' ? found.message : undefined;
    if (problem && problem !== this.#problem) {
      this.#options.report(`${problem}\nThe last good settings stay in force until it is mended.`);
    }
    this.#problem = problem;
  }

  #show(): void {
    if (this.#document.current === this.#shown) return;
    const before = this.#shown;
    this.#shown = freeze(this.#document.current);
    for (const listener of this.#listeners) listener(this.#shown, before);
  }

  /** One change after the other within this process, under the lock that other processes respect. */
  #alone<T>(work: () => Promise<T>): Promise<T> {
    if (!this.#options.writable) {
      return Promise.reject(new Refused('read-only', 'The settings were opened for reading only.'));
    }
    const run = this.#queue.then(() => this.#document.locked(work));
    this.#queue = run.catch(() => {});
    return run;
  }
}
