import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Low } from 'lowdb';
import { Conflict, Refused } from '../core/failures.ts';
import type { SettingsShelf } from '../core/ports.ts';
import { readText } from './durable-file.ts';
import { freeze } from './freeze.ts';
import { BrokenWorkspace, checkWorkspace, type FurtherChecks, readWorkspace } from './read.ts';
import type { Workspace } from './schema.ts';
import { Overtaken, SharedDocument } from './shared-document.ts';
import { settingsOf } from './versions.ts';
import type { OpenWorkspaceOptions, WorkspaceHandle } from './workspace.ts';

/** Somebody else saves between our reading and our writing hardly ever, and never so often. */
const ATTEMPTS = 20;

export interface SharedWorkspaceOptions extends OpenWorkspaceOptions {
  /** Where this machine may still have a `workspace.json` from before: it is taken over if the store has no settings yet. */
  folder: string;
}

/**
 * The settings in the store that all machines share: whoever saves, all follow.
 *
 * @throws BrokenWorkspace when the settings there, or the file that would be taken over, cannot be used
 */
export async function openSharedWorkspace(
  shelf: SettingsShelf,
  options: SharedWorkspaceOptions,
): Promise<WorkspaceHandle> {
  const { mode = 'server', check = () => [], report = () => {}, keep = 20, folder } = options;
  const document = new SharedDocument(shelf, check, keep);
  const first = checkWorkspace(options.defaults, check);
  const stored = await document.read();
  const start = stored ?? (await takeOver(document, folder, first, check, { writes: mode !== 'read', report }));
  if (stored && mode === 'server' && (await readText(join(folder, 'workspace.json')))) {
    report(`The settings are in the database. The file workspace.json in ${folder} is not read any more.`);
  }
  return new SharedHandle(shelf, document, start, { check, report, writable: mode !== 'read' });
}

/** The first state: what this machine's file says, or else the defaults. */
async function takeOver(
  document: SharedDocument,
  folder: string,
  defaults: Workspace,
  check: FurtherChecks,
  { writes, report }: { writes: boolean; report: (message: string) => void },
): Promise<Workspace> {
  const file = join(folder, 'workspace.json');
  const text = await readText(file);
  const found = text === undefined ? defaults : readWorkspace(text, 'workspace.json', check);
  if (!writes) return found;
  const what = text === undefined ? 'first start' : 'taken over from workspace.json';
  const first = { ...found, revision: found.revision + 1, changed: changeBy('Earshot', what) };
  try {
    await document.write(first);
  } catch (thrown) {
    if (!(thrown instanceof Overtaken)) throw thrown;
    return (await document.read()) ?? first;
  }
  if (text !== undefined) {
    await rename(file, join(folder, 'workspace.imported.json'));
    report(
      `The settings of workspace.json are in the database now, for all machines; the file is kept as ` +
        `workspace.imported.json. To edit them as a file: earshot workspace export FILE, then earshot workspace import FILE.`,
    );
  }
  return first;
}

interface HandleOptions {
  check: FurtherChecks;
  report: (message: string) => void;
  writable: boolean;
}

class SharedHandle implements WorkspaceHandle {
  readonly #document: SharedDocument;
  readonly #low: Low<Workspace>;
  readonly #options: HandleOptions;
  readonly #listeners = new Set<(now: Workspace, before: Workspace) => void>();
  readonly #unwatch: () => void;
  #shown: Workspace;
  #problem: string | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(shelf: SettingsShelf, document: SharedDocument, start: Workspace, options: HandleOptions) {
    this.#document = document;
    this.#low = new Low(document, start);
    this.#options = options;
    this.#shown = freeze(start);
    // What cannot be read now is read at the next change, or when the database answers again.
    this.#unwatch = shelf.watch(() => void this.#alone(() => this.#reload()).catch(() => {}));
  }

  current(): Workspace {
    return this.#shown;
  }

  problem(): string | undefined {
    return this.#problem;
  }

  update(by: string, what: string, change: (draft: Workspace) => void, options: { ifRevision?: number } = {}) {
    if (!this.#options.writable) {
      return Promise.reject(new Refused('read-only', 'The settings were opened for reading only.'));
    }
    return this.#alone(async () => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await this.#updateOnce(by, what, change, options);
        } catch (thrown) {
          if (!(thrown instanceof Overtaken) || attempt === ATTEMPTS) throw thrown;
        }
      }
    });
  }

  versions() {
    return this.#document.versions();
  }

  version(revision: number): Promise<Workspace | undefined> {
    return this.#document.version(revision);
  }

  async restore(by: string, revision: number): Promise<Workspace> {
    const old = await this.#document.version(revision);
    if (!old) {
      throw new Refused(
        'unknown-version',
        `There is no version ${revision} of the settings. List the versions to see which are kept.`,
      );
    }
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
  }

  async #updateOnce(
    by: string,
    what: string,
    change: (draft: Workspace) => void,
    options: { ifRevision?: number },
  ): Promise<Workspace> {
    await this.#low.read();
    this.#show(this.#low.data);
    const before = this.#low.data;
    if (options.ifRevision !== undefined && options.ifRevision !== before.revision) {
      throw new Conflict('Somebody changed the settings in the meantime. Look at them again, then change them.');
    }
    const draft = structuredClone(before);
    const returned: unknown = change(draft);
    if (returned instanceof Promise) throw new TypeError('A change of the workspace may not be asynchronous.');
    if (isDeepStrictEqual(draft, before)) return this.#shown;
    this.#low.data = this.#checked({ ...draft, revision: before.revision + 1, changed: changeBy(by, what) });
    await this.#low.write();
    this.#problem = undefined;
    this.#show(this.#low.data);
    return this.#shown;
  }

  #checked(document: Workspace): Workspace {
    try {
      return checkWorkspace(document, this.#options.check);
    } catch (thrown) {
      if (thrown instanceof BrokenWorkspace) throw new Refused('invalid-settings', thrown.message);
      throw thrown;
    }
  }

  /** Another process saved. What this version of the program cannot use leaves the last good settings in force. */
  async #reload(): Promise<void> {
    try {
      await this.#low.read();
      this.#problem = undefined;
      this.#show(this.#low.data);
    } catch (thrown) {
      if (!(thrown instanceof BrokenWorkspace)) throw thrown;
      if (thrown.message !== this.#problem) {
        this.#options.report(`${thrown.message}\nThe last good settings stay in force until they are mended.`);
      }
      this.#problem = thrown.message;
    }
  }

  #show(now: Workspace): void {
    if (now.revision === this.#shown.revision) return;
    const before = this.#shown;
    this.#shown = freeze(structuredClone(now));
    for (const listener of this.#listeners) listener(this.#shown, before);
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const run = this.#queue.then(work);
    this.#queue = run.catch(() => {});
    return run;
  }
}

function changeBy(by: string, what: string): NonNullable<Workspace['changed']> {
  return { by, at: new Date().toISOString(), what };
}
