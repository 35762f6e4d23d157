import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Difference, difference } from './difference.ts';
import { readText, sweepTemporaries, writeDurably } from './durable-file.ts';
import type { Workspace } from './schema.ts';

/** One saved state of the workspace: who changed what, when, and how it stood afterwards. */
export interface Version {
  revision: number;
  by: string;
  /** ISO 8601, UTC. */
  at: string;
  what: string;
  difference: Difference[];
}

type Kept = Version & { document: unknown };

/** The last versions, a file each, so that people can read and compare them without us. */
export class Versions {
  readonly #folder: string;
  readonly #keep: number;

  constructor(folder: string, keep: number) {
    this.#folder = folder;
    this.#keep = keep;
  }

  async add(before: Workspace | undefined, after: Workspace): Promise<void> {
    const { revision } = after;
    const kept: Kept = { ...versionOf(before, after), document: after };
    await mkdir(this.#folder, { recursive: true });
    await writeDurably(this.#fileOf(revision), `${JSON.stringify(kept, null, 2)}\n`);
    const revisions = await this.revisions();
    await Promise.all(revisions.slice(this.#keep).map((old) => rm(this.#fileOf(old), { force: true })));
  }

  /** Newest first. */
  async revisions(): Promise<number[]> {
    const names = await readdir(this.#folder).catch(() => []);
    const numbers = names.flatMap((name) => /^(\d+)\.json$/.exec(name)?.[1] ?? []).map(Number);
    return numbers.sort((a, b) => b - a);
  }

  /** Undefined where it is not kept (any more) or cannot be read. */
  async read(revision: number): Promise<Kept | undefined> {
    const text = await readText(this.#fileOf(revision));
    try {
      return text === undefined ? undefined : JSON.parse(text);
    } catch {
      return undefined;
    }
  }

  /** Newest first, without the documents. */
  async list(): Promise<Version[]> {
    const kept = await Promise.all((await this.revisions()).map((revision) => this.read(revision)));
    return kept.flatMap((version) => {
      if (!version) return [];
      const { document, ...rest } = version;
      return [rest];
    });
  }

  sweep(): Promise<void> {
    return sweepTemporaries(this.#folder);
  }

  #fileOf(revision: number): string {
    return join(this.#folder, `${String(revision).padStart(6, '0')}.json`);
  }
}

/** Who changed what with a state, and when. */
export function versionOf(before: Workspace | undefined, after: Workspace): Version {
  const { revision, changed, ...settings } = after;
  return {
    revision,
    by: changed?.by ?? 'unknown',
    at: changed?.at ?? new Date().toISOString(),
    what: changed?.what ?? '',
    difference: before ? difference(settingsOf(before), settings) : [],
  };
}

/** What people set, without our own counting. */
export function settingsOf(workspace: Workspace): Omit<Workspace, 'revision' | 'changed'> {
  const { revision, changed, ...settings } = workspace;
  return settings;
}
