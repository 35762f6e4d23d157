import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { verifyAudit } from '../../src/store/audit.ts';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';

const CHILD = join(import.meta.dirname, 'full-disk-child.ts');
/** Of a file of this process, in units of 1 kB. What the system then refuses is what it refuses on a full disk. */
const LIMIT_KB = 2_500;

interface Said {
  n: number;
  said: string;
  full: boolean;
}

it('SQLite on a full disk refuses with a sentence, and goes on as soon as there is room: nothing lost, nothing half', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-full-'));
  const file = join(folder, 'earshot.db');
  const script = `ulimit -S -f ${LIMIT_KB}; exec "$0" "$1" "$2"`;
  const child = spawn('bash', ['-c', script, process.execPath, CHILD, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const kept: string[] = [];
  const refused: Said[] = [];
  let healed = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const said = JSON.parse(line) as Said;
    if (said.said === 'kept') kept.push(`m${said.n}`);
    else refused.push(said);
    if (refused.length === 3 && healed === 0) {
      await promisify(execFile)('prlimit', [`--pid=${child.pid}`, '--fsize=unlimited:unlimited']);
      healed = kept.length;
    }
    if (healed > 0 && kept.length > healed + 20) break;
  }
  child.kill('SIGKILL');
  await once(child, 'exit');

  expect(kept.length).toBeGreaterThan(30);
  expect(refused[0]).toMatchObject({ said: 'store-full', full: true });
  expect(new Set(refused.map(({ said }) => said))).toEqual(new Set(['store-full']));
  const store = await openSqliteStore(file);
  const stored: (string | undefined)[] = [];
  for (let after: string | undefined; ; ) {
    const page = await store.queue({ limit: 200, order: 'newest', ...(after !== undefined && { after }) });
    stored.push(...page.rows.map(({ mention }) => mention.nativeId));
    if (page.next === undefined) break;
    after = page.next;
  }
  expect(new Set(stored).size, 'nothing is doubled').toBe(stored.length);
  const missing = kept.filter((id) => !stored.includes(id));
  expect(missing, 'all that was acknowledged is there').toEqual([]);
  expect((await verifyAudit(store)).brokenAt).toBeUndefined();
  await store.close();
  rmSync(folder, { recursive: true });
}, 60_000);
