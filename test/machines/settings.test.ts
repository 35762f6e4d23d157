import { execFile } from 'node:child_process';
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/core/ports.ts';
import { ROOT } from '../../src/settings.ts';
import { openPostgresStore } from '../../src/store/postgres/index.ts';
import { openSharedWorkspace, type WorkspaceHandle } from '../../src/workspace/index.ts';
import { createDatabase, dropDatabase, run } from '../postgres/databases.ts';

let url: string;
let folder: string;
let stores: Store[];
let handles: WorkspaceHandle[];
let reports: string[];
beforeEach(async () => {
  url = await createDatabase();
  folder = await mkdtemp(join(tmpdir(), 'earshot-shared-'));
  stores = [];
  handles = [];
  reports = [];
});
afterEach(async () => {
  await Promise.all(handles.map((handle) => handle.close()));
  await Promise.all(stores.map((store) => store.close()));
  await rm(folder, { recursive: true });
  await dropDatabase(url);
});

const defaults = { version: 1 as const, brand: { product: 'Acorn' } };

/** The settings as one more machine has them. */
async function machine(): Promise<WorkspaceHandle> {
  const store = await openPostgresStore(url);
  stores.push(store);
  const handle = await openSharedWorkspace(store.settings, {
    ...{ defaults, folder },
    report: (message) => reports.push(message),
  });
  handles.push(handle);
  return handle;
}

describe('settings that machines share', () => {
  it('are the same everywhere: who saves is followed by all, at once', async () => {
    const [one, two] = [await machine(), await machine()];
    const heard = new Promise((resolve) => two.onChange((now) => resolve(now.keywords)));
    await one.update('mia', 'keyword added', (draft) => void draft.keywords.push('acorn down'));
    expect(await heard).toEqual(['acorn down']);
    expect(two.current().revision).toBe(one.current().revision);
    expect((await two.versions())[0]).toMatchObject({
      by: 'mia',
      what: 'keyword added',
      difference: [{ path: 'keywords.0', after: 'acorn down' }],
    });
  });

  it('lose no change when many save at once', async () => {
    const machines = [await machine(), await machine(), await machine()];
    await Promise.all(
      Array.from({ length: 15 }, (_, n) =>
        machines[n % 3]?.update('mia', 'more', (draft) => void draft.keywords.push(`k${n}`)),
      ),
    );
    const latest = await machine();
    expect([...latest.current().keywords].sort()).toEqual(Array.from({ length: 15 }, (_, n) => `k${n}`).sort());
  });

  it('refuse a change of what somebody else changed meanwhile, and one that cannot be used', async () => {
    const [one, two] = [await machine(), await machine()];
    const { revision } = two.current();
    await one.update('mia', 'a', (draft) => void draft.keywords.push('a'));
    await expect(
      two.update('lin', 'b', (draft) => void draft.keywords.push('b'), { ifRevision: revision }),
    ).rejects.toThrow('Somebody changed the settings');
    await expect(
      two.update('lin', 'c', (draft) => {
        draft.brand.product = '';
      }),
    ).rejects.toMatchObject({ code: 'invalid-settings' });
    expect((await machine()).current().keywords).toEqual(['a']);
  });

  it('go back to an older version, which is a new one then', async () => {
    const one = await machine();
    const { revision } = one.current();
    await one.update('mia', 'a', (draft) => void draft.keywords.push('a'));
    await one.restore('mia', revision);
    expect(one.current()).toMatchObject({ keywords: [], revision: revision + 2 });
    await expect(one.restore('mia', 999)).rejects.toMatchObject({ code: 'unknown-version' });
  });

  it('are taken over once from the file that a machine had before', async () => {
    await writeFile(join(folder, 'workspace.json'), JSON.stringify({ ...defaults, keywords: ['from the file'] }));
    expect((await machine()).current().keywords).toEqual(['from the file']);
    expect(reports.join()).toContain('workspace.imported.json');
    await expect(access(join(folder, 'workspace.json'))).rejects.toThrow();
    await writeFile(join(folder, 'workspace.json'), JSON.stringify({ ...defaults, keywords: ['too late'] }));
    expect((await machine()).current().keywords).toEqual(['from the file']);
    expect(reports.at(-1)).toContain('not read any more');
  });

  it('stay in force where what another version of the program saved cannot be used', async () => {
    const [one, two] = [await machine(), await machine()];
    const revision = two.current().revision + 1;
    await run(url, `insert into settings values (${revision}, '{"version":1,"brand":{"colour":"red"}}', '{}')`);
    await two
      .update('mia', 'x', (draft) => void draft.keywords.push('x'))
      .catch((thrown) => expect(String(thrown)).toContain('colour'));
    expect(one.current().brand.product).toBe('Acorn');
    expect(two.current().keywords).toEqual([]);
  });
});

describe('earshot workspace', () => {
  function earshot(...args: string[]): Promise<{ code: number; printed: string }> {
    const env = { ...process.env, EARSHOT_DATA: folder, EARSHOT_DATABASE_URL: url, EARSHOT_NAME: 'Lin', NO_COLOR: '1' };
    return new Promise((done) => {
      execFile(process.execPath, [join(ROOT, 'bin/earshot.cjs'), 'workspace', ...args], { env }, (thrown, out, err) =>
        done({ code: thrown ? Number(thrown.code ?? -1) : 0, printed: out + err }),
      );
    });
  }

  it('gives the settings out as a file, and takes the edited file back after a look at it', {
    timeout: 60_000,
  }, async () => {
    const server = await machine();
    const file = join(folder, 'mine.json');
    expect((await earshot('export', file)).code).toBe(0);
    const text = await readFile(file, 'utf8');

    await writeFile(file, text.replace('"keywords": []', '"keywords": 7'));
    const broken = await earshot('import', file);
    expect(broken.code, broken.printed + text).toBe(3);
    expect(broken.printed).toMatch(/mine\.json, line \d+, keywords: .*\n.*Nothing was changed/s);

    await writeFile(file, text.replace('"keywords": []', '"keywords": ["new"]'));
    const heard = new Promise((resolve) => server.onChange((now) => resolve(now.keywords)));
    expect((await earshot('import', file)).code).toBe(0);
    expect(await heard).toEqual(['new']);
    expect((await server.versions())[0]).toMatchObject({ by: 'Lin' });

    const stale = await earshot('import', file);
    expect(stale.code).not.toBe(0);
    expect(stale.printed).toContain('--force');
    expect((await earshot('versions')).printed).toContain('imported');
  });
});
