import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import { verifyAudit } from '../../src/store/audit.ts';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';

const WRITER = join(import.meta.dirname, 'store-writer.ts');

/** Native ids that a writer stored before it had said so many things. */
async function write(file: string, name: string, things: number): Promise<string[]> {
  const child = spawn(process.execPath, [WRITER, file, name], { stdio: ['ignore', 'pipe', 'inherit'] });
  const stored: string[] = [];
  let said = 0;
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    stored.push(...((JSON.parse(line) as { nativeIds?: string[] }).nativeIds ?? []));
    said += 1;
    if (said === things) child.kill('SIGKILL');
  });
  await Promise.all([once(child, 'exit'), once(lines, 'close')]);
  return stored;
}

it('a store that two processes write to while a third reads loses nothing', { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-shared-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'store.db');
  const store = await openSqliteStore(file);
  onTestFinished(() => store.close());
  let looks = 0;
  const stop = store.watch(() => {
    looks += 1;
  });
  const [one, two] = await Promise.all([write(file, 'one', 250), write(file, 'two', 250)]);
  await store.appendAudit({ at: 0, actor: 'reader', action: 'looked', subject: 'store', detail: { looks } });
  stop();
  expect(one.length + two.length).toBeGreaterThan(300);
  expect((await store.known('forum', [...one, ...two])).size).toBe(one.length + two.length);
  expect(looks, 'the reader heard of them').toBeGreaterThan(0);
  expect(await verifyAudit(store)).not.toHaveProperty('brokenAt');
});
