/**
 * Runs a connector for real and saves nothing: `npm run connector:try -- NAME '{"option": "value"}'`. Secrets come from the
 * environment, as always. Part of developing Earshot, not of its command line.
 */
import { join } from 'node:path';
import { createHttp, type From, keepIn, openSource } from '#kit';
import { connectors } from '../../../connectors/index.ts';
import { readSettings } from '../../settings.ts';

const MOST_PAGES = 3;
const [name, options = '{}'] = process.argv.slice(2);

const connector = connectors.find(({ about }) => about.id === name);
if (!connector) {
  console.error(`Which connector? ${connectors.map(({ about }) => about.id).join(', ')}`);
  process.exit(2);
}

const stop = new AbortController();
process.once('SIGINT', () => stop.abort());
try {
  const http = createHttp({ userAgent: 'Earshot/trying' });
  // A sign-in that is renewed while trying must be known to whoever uses it next.
  const keeping = keepIn(join(readSettings().dataDir, 'kept'));
  const world = { http, log: console, now: Date.now, variables: process.env, keeping };
  const source = openSource(connector, { id: 'trying', options: JSON.parse(options) }, world);
  console.log('check', await source.check(stop.signal));
  for (const { what, ok, message } of (await source.examine?.(stop.signal)) ?? []) {
    console.log(`${ok ? '✓' : '✗'} ${what}: ${message}`);
  }

  let from: From = { since: Date.now() - 7 * 86_400_000 };
  for (let pages = 1; source.pull && pages <= MOST_PAGES; pages++) {
    const { found, cursor, more, ...rest } = await source.pull(from, stop.signal);
    for (const mention of found) console.log(mention);
    console.log(`page ${pages}: ${found.length} mentions`, { ...rest, more });
    console.log('cursor', JSON.stringify(cursor));
    if (!more) break;
    from = { cursor: JSON.parse(JSON.stringify(cursor)) };
  }
  await source.close();
} catch (error) {
  console.error(error instanceof Error ? `${error.name}: ${error.message}` : error);
  process.exitCode = 1;
}
