import { access, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { SettingsRecord } from '../core/ports.ts';
import { writeDurably } from './durable-file.ts';
import type { Workspace } from './schema.ts';
import { recordOf } from './shared-document.ts';
import { Versions } from './versions.ts';

/** Everything a folder keeps of the settings, as a shared store keeps it: the older versions, and the state that stands. */
export async function settingsRecords(folder: string, current: Workspace, keep = 20): Promise<SettingsRecord[]> {
  const versions = new Versions(join(folder, 'versions'), keep);
  const records: SettingsRecord[] = [];
  for (const revision of (await versions.revisions()).reverse()) {
    const kept = await versions.read(revision);
    if (!kept || revision >= current.revision) continue;
    const { document, ...version } = kept;
    records.push({ revision, document: JSON.stringify(document), version: JSON.stringify(version) });
  }
  return [...records, recordOf(current, undefined)];
}

/** Writes the settings as the file that one machine alone reads. False when there is one already. */
export async function writeSettingsFile(folder: string, { document }: SettingsRecord): Promise<boolean> {
  const file = join(folder, 'workspace.json');
  if (
    await access(file).then(
      () => true,
      () => false,
    )
  )
    return false;
  await mkdir(folder, { recursive: true });
  await writeDurably(file, document);
  return true;
}
