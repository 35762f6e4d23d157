/**
 * Brings the option tables of all connectors' READMEs up to date: `npm run connector:readme`.
 * Part of developing Earshot, not of its command line.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { template } from '../../../connectors/_template/index.ts';
import { connectors } from '../../../connectors/index.ts';
import { withOptionTable } from '../../kit/option-table.ts';

for (const connector of [...connectors, template]) {
  const folder = connector === template ? '_template' : connector.about.id;
  const path = fileURLToPath(new URL(`../../../connectors/${folder}/README.md`, import.meta.url));
  const before = await readFile(path, 'utf8');
  const after = withOptionTable(before, connector);
  if (after === before) continue;
  await writeFile(path, after);
  console.log(`Wrote ${path}`);
}
