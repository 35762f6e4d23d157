import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Classifier } from '../core/ports.ts';
import { checkSchedules } from '../schedule/index.ts';
import { ROOT, type Settings } from '../settings.ts';
import { openWorkspace } from '../workspace/index.ts';
import { classifierFor } from './model-in-use.ts';

/** In a file of its own: a command that only sorts texts starts in a third of the time without store and connectors. */

/** The classifier alone, for commands that sort texts without a store. Writes nothing. */
export async function loadSorting(settings: Settings): Promise<Classifier> {
  const workspace = await openSettings(settings, 'read', () => {});
  try {
    return await classifierFor(settings, workspace.current());
  } finally {
    await workspace.close();
  }
}

export function openSettings(
  settings: Settings,
  mode: 'server' | 'command' | 'read',
  report: (message: string) => void,
) {
  const defaults = JSON.parse(readFileSync(join(ROOT, 'data/sample/workspace.json'), 'utf8'));
  return openWorkspace(settings.dataDir, { defaults, mode, report, check: checkSchedules });
}
