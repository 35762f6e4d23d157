import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Classifier, SettingsShelf, Store } from '../core/ports.ts';
import { checkSchedules } from '../schedule/index.ts';
import { ROOT, type Settings } from '../settings.ts';
import { openSharedWorkspace, openWorkspace, type WorkspaceHandle } from '../workspace/index.ts';
import { classifierFor } from './model-in-use.ts';

/** A way back from every change of some months. */
const VERSIONS_KEPT = 200;

/** In a file of its own: a command that only sorts texts starts in a third of the time without store and connectors. */

/** The classifier alone, for commands that sort texts without a store. Writes nothing. */
export async function loadSorting(settings: Settings): Promise<Classifier> {
  const store = settings.databaseUrl ? await openRecords(settings) : undefined;
  try {
    const workspace = await openSettings(settings, store?.settings, 'read', () => {});
    try {
      return await classifierFor(settings, workspace.current());
    } finally {
      await workspace.close();
    }
  } finally {
    await store?.close();
  }
}

/** @param shared where the settings are kept for all machines; a file in the data directory without it */
export function openSettings(
  settings: Settings,
  shared: SettingsShelf | undefined,
  mode: 'server' | 'command' | 'read',
  report: (message: string) => void,
): Promise<WorkspaceHandle> {
  const defaults = JSON.parse(readFileSync(join(ROOT, 'data/sample/workspace.json'), 'utf8'));
  const options = { defaults, mode, report, check: checkSchedules, keep: VERSIONS_KEPT };
  return shared
    ? openSharedWorkspace(shared, { ...options, folder: settings.dataDir })
    : openWorkspace(settings.dataDir, options);
}

export async function openRecords({ databaseUrl, dataDir }: Settings): Promise<Store> {
  // Each loaded only where it is used: one machine needs no driver of the other.
  if (databaseUrl) {
    const { openPostgresStore } = await import('../store/postgres/index.ts');
    return openPostgresStore(databaseUrl);
  }
  const { openSqliteStore } = await import('../store/sqlite/index.ts');
  return openSqliteStore(join(dataDir, 'earshot.db'));
}
