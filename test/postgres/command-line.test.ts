import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDatabase, dropDatabase, run } from './databases.ts';

let url: string;
let folder: string;
beforeAll(async () => {
  url = await createDatabase();
  folder = mkdtempSync(join(tmpdir(), 'earshot-cli-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await dropDatabase(url);
});

const BIN = resolve(import.meta.dirname, '../../bin/earshot.cjs');

/** A command with nothing but the database's address set, and all that it prints. */
function earshot(...args: string[]): Promise<{ code: number; printed: string }> {
  const env = { ...process.env, EARSHOT_DATA: folder, EARSHOT_DATABASE_URL: url, EARSHOT_LOG: 'debug' };
  return new Promise((done) => {
    execFile(process.execPath, [BIN, ...args], { env, cwd: folder }, (thrown, stdout, stderr) =>
      done({ code: Number(thrown?.code ?? 0), printed: stdout + stderr }),
    );
  });
}

it('EARSHOT_DATABASE_URL is all it takes: the doctor names the database, without its password', async () => {
  const { printed } = await earshot('doctor', '--json');
  const findings = printed.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []));
  expect(findings).toContainEqual({
    what: 'store',
    ok: true,
    message: expect.stringMatching(/^PostgreSQL .*, database earshot_test_/),
  });
  expect(printed).not.toContain(new URL(url).password);
  expect(await run(url, 'select name from migration where version = 1')).toEqual([{ name: 'first schema' }]);
});

it('backup names the tool to use, and its exit code says that there is no backup', async () => {
  const { code, printed } = await earshot('backup', join(folder, 'copy.db'));
  expect(code).not.toBe(0);
  expect(printed).toContain('pg_dump');
  expect(printed).toContain('--exclude-table-data=kept');
  expect(printed).not.toContain(new URL(url).password);
});
