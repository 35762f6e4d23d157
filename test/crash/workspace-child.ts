/** Changes the settings without pause, for test/crash/workspace.test.ts, and says each change that is safe on the disk. */
import { writeSync } from 'node:fs';
import { openWorkspace } from '../../src/workspace/index.ts';

const { FOLDER = '', NAME = '' } = process.env;
const defaults = { version: 1 as const, brand: { product: 'Acorn Pay' } };
const workspace = await openWorkspace(FOLDER, { defaults, mode: 'command' });
for (let n = 1; ; n++) {
  const word = `${NAME}-${n}`;
  await workspace.update(NAME, `added ${word}`, ({ keywords }) => void keywords.push(word));
  writeSync(1, `${word}\n`);
}
