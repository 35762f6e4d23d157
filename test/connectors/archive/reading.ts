import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { archive } from '../../../connectors/archive/index.ts';
import type { FoundMention } from '../../../src/core/nouns.ts';
import type { Page, Source } from '../../../src/core/ports.ts';
import { openSource } from '../../../src/kit/open-source.ts';

/** A folder for the files of one test file, gone at its end. */
export function scratch(): (name: string, content: string | Buffer) => string {
  const root = mkdtempSync(join(tmpdir(), 'earshot-archive-'));
  let count = 0;
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  return (name, content) => {
    const folder = join(root, String(count++));
    mkdirSync(folder);
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
}

export function sourceOf(options: object): Source {
  const world = { http: noNetwork, log: { info() {}, warn() {} }, now: () => Date.UTC(2026, 10, 1), variables: {} };
  return openSource(archive, { id: 'import', options }, world);
}

const noNetwork = {
  request: async () => {
    throw new Error('a file needs no network');
  },
};

export type ArchivePage = Page<{ file: string; offset: number; done: boolean }>;

export async function pull(source: Source, cursor?: unknown): Promise<ArchivePage> {
  const from = cursor === undefined ? { since: 0 } : { cursor };
  return (await source.pull?.(from, new AbortController().signal)) as ArchivePage;
}

export interface WholeFile {
  found: FoundMention[];
  skipped: string[];
  notices: string[];
  pages: ArchivePage[];
}

/**
 * Reads a file to its end. Each cursor goes through JSON, as it does in a store.
 *
 * @param restart whether a new process goes on at this page; default: the same one reads all
 */
export async function readAll(options: object, restart: (page: number) => boolean = () => false): Promise<WholeFile> {
  const pages: ArchivePage[] = [];
  let source = sourceOf(options);
  let cursor: unknown;
  do {
    if (restart(pages.length)) {
      await source.close();
      source = sourceOf(options);
    }
    const page = await pull(source, cursor);
    pages.push(page);
    cursor = JSON.parse(JSON.stringify(page.cursor));
  } while (pages.at(-1)?.more);
  await source.close();
  return {
    pages,
    found: pages.flatMap(({ found }) => found),
    skipped: pages.flatMap(({ skipped = [] }) => skipped.map(({ reason }) => reason)),
    notices: pages.flatMap(({ notices = [] }) => notices),
  };
}
