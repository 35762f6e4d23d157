import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Log } from '#kit';
import { lineIn, type Workspace, type WorkspaceHandle } from '../workspace/index.ts';
import type { Taxonomy } from './taxonomy.ts';

type Keywords = Pick<Workspace, 'lexicon'>;

/**
 * Keywords of the settings for problem types that do not exist: nothing is sorted by them. A sentence for each, with what
 * types there are; the rest of the settings is as good as without them.
 *
 * @param text the settings as they are written, to name the line. @param file what it is called
 */
export function keywordsWithoutType(
  { lexicon }: Keywords,
  { types }: Pick<Taxonomy, 'types'>,
  written?: { text: string; file: string },
): string[] {
  const known = types.map(({ id }) => id);
  return lexicon.flatMap(({ phrase, problemType }, at) => {
    if (known.includes(problemType)) return [];
    const line = written && lineIn(written.text, ['lexicon', at, 'problemType']);
    const where = line === undefined ? '' : `${written?.file}, line ${line}: `;
    return `${where}the keyword "${phrase}" is for the problem type "${problemType}", which does not exist, so nothing is sorted by it. Problem types: ${known.join(', ')}.`;
  });
}

/** The same for the settings in force, by the file they are in, where they are in one. */
export async function uselessKeywords(
  workspace: Pick<WorkspaceHandle, 'current'>,
  taxonomy: Taxonomy,
  { dataDir, databaseUrl }: { dataDir: string; databaseUrl?: string | undefined },
): Promise<string[]> {
  const found = keywordsWithoutType(workspace.current(), taxonomy);
  if (found.length === 0 || databaseUrl) return found;
  const file = 'workspace.json';
  const text = await readFile(join(dataDir, file), 'utf8').catch(() => undefined);
  return keywordsWithoutType(workspace.current(), taxonomy, text === undefined ? undefined : { text, file });
}

/** Says so in the log, at the start and after each change of the keywords. Returns how to stop. */
export function watchKeywords(
  workspace: Pick<WorkspaceHandle, 'current' | 'onChange'>,
  taxonomy: Taxonomy,
  settings: { dataDir: string; databaseUrl?: string | undefined },
  log: Log,
): () => void {
  const tell = async () => {
    for (const message of await uselessKeywords(workspace, taxonomy, settings))
      log.warn('a keyword does nothing', { message });
  };
  void tell();
  return workspace.onChange((now, before) => {
    if (!isDeepStrictEqual(now.lexicon, before.lexicon)) void tell();
  });
}
