import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { keepIn } from '#kit';
import { Refused } from '../core/failures.ts';
import type { Store } from '../core/ports.ts';
import type { Settings } from '../settings.ts';
import { settingsRecords, writeSettingsFile } from '../workspace/index.ts';
import { openSettings } from './sorting.ts';

/** Tables whose content one machine alone keeps in files instead. */
export const IN_FILES = ['settings', 'kept'] as const;

/** The settings and what connectors keep, from the files of one machine into the store of several. Safe to repeat. */
export async function filesIntoStore(settings: Settings, store: Pick<Store, 'settings' | 'kept'>): Promise<void> {
  const workspace = await openSettings(settings, undefined, 'read', () => {});
  const records = await settingsRecords(settings.dataDir, workspace.current());
  await workspace.close();
  for (const record of records) {
    const before = (await store.settings.read())?.revision;
    if (before === undefined || before < record.revision) await store.settings.replace(before, record, 20);
  }
  const folder = join(settings.dataDir, 'kept');
  const keeping = keepIn(folder);
  for (const scope of await readdir(folder).catch(() => [])) {
    for (const name of await readdir(join(folder, scope)).catch(() => [])) {
      if (/\.(lock|tmp)$/.test(name)) continue;
      const [where, what] = [decodeURIComponent(scope), decodeURIComponent(name)];
      const text = await keeping(where).read(what);
      if (text !== undefined) await store.kept.replace(where, what, await store.kept.read(where, what), text);
    }
  }
}

/** The other way. @throws Refused `target-not-empty` when the folder has settings of its own */
export async function storeIntoFiles(
  store: Pick<Store, 'settings'> & { kept: { all(): Promise<{ scope: string; name: string; text: string }[]> } },
  folder: string,
): Promise<void> {
  const record = await store.settings.read();
  if (record && !(await writeSettingsFile(folder, record))) {
    throw new Refused('target-not-empty', `There are settings in ${folder} already. Move workspace.json away first.`);
  }
  const keeping = keepIn(join(folder, 'kept'));
  for (const { scope, name, text } of await store.kept.all()) await keeping(scope).update(name, () => text);
}
