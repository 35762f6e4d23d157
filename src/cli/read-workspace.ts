import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Refused } from '../core/failures.ts';
import { checkSchedules } from '../schedule/index.ts';
import { BrokenWorkspace, parseWorkspace, type Workspace } from '../workspace/index.ts';

/** Settings as `earshot workspace export` writes them. @throws Refused `no-such-file`, `invalid-settings` */
export async function readFileAsWorkspace(file: string): Promise<{ text: string; document: Workspace }> {
  const text = await readFile(resolve(file), 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Refused('no-such-file', `${resolve(file)} cannot be read (${error.code}).`);
  });
  try {
    return { text, document: parseWorkspace(text, file, checkSchedules) };
  } catch (thrown) {
    if (thrown instanceof BrokenWorkspace)
      throw new Refused('invalid-settings', `${thrown.message}\nNothing was changed.`);
    throw thrown;
  }
}
