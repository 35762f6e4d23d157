import type { Adapter } from 'lowdb';
import type { SettingsRecord, SettingsShelf } from '../core/ports.ts';
import { checkWorkspace, type FurtherChecks, readWorkspace } from './read.ts';
import type { Workspace } from './schema.ts';
import { type Version, versionOf } from './versions.ts';

/** Somebody else saved between our reading and our writing. */
export class Overtaken extends Error {}

/**
 * A lowdb adapter over the store that all machines share. Each state is checked on its way in and out, and is written only
 * over the state that was read last.
 */
export class SharedDocument implements Adapter<Workspace> {
  readonly #shelf: SettingsShelf;
  readonly #check: FurtherChecks;
  readonly #keep: number;
  #last: Workspace | undefined;

  constructor(shelf: SettingsShelf, check: FurtherChecks, keep: number) {
    this.#shelf = shelf;
    this.#check = check;
    this.#keep = keep;
  }

  /** Null when nothing was saved yet. @throws BrokenWorkspace */
  async read(): Promise<Workspace | null> {
    const record = await this.#shelf.read();
    if (!record) return null;
    const document = readWorkspace(record.document, 'the settings in the database', this.#check);
    this.#last = { ...document, revision: record.revision };
    return this.#last;
  }

  /** @throws Overtaken */
  async write(document: Workspace): Promise<void> {
    const record = recordOf(document, this.#last);
    if (!(await this.#shelf.replace(this.#last?.revision, record, this.#keep))) throw new Overtaken();
    this.#last = document;
  }

  /** Newest first, those that can still be read. */
  async versions(): Promise<Version[]> {
    return (await this.#shelf.versions()).map(({ version }) => JSON.parse(version) as Version);
  }

  /** @throws BrokenWorkspace when this version of the program cannot use it */
  async version(revision: number): Promise<Workspace | undefined> {
    const record = (await this.#shelf.versions()).find((kept) => kept.revision === revision);
    return record && checkWorkspace(JSON.parse(record.document), this.#check);
  }
}

/** A state as it is stored, with what changed since the one before. */
export function recordOf(document: Workspace, before: Workspace | undefined): SettingsRecord {
  return {
    revision: document.revision,
    document: `${JSON.stringify(document, null, 2)}\n`,
    version: JSON.stringify(versionOf(before, document)),
  };
}
