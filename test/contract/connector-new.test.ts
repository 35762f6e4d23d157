import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { newConnector, withConnector } from '../../src/cli/develop/connector-new.ts';
import { describeContract } from './connector-checks.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const list = readFileSync(join(ROOT, 'connectors/index.ts'), 'utf8');

/** The project, with connectors of its own to change. */
const copy = mkdtempSync(join(tmpdir(), 'earshot-connector-'));
cpSync(join(ROOT, 'connectors'), join(copy, 'connectors'), { recursive: true });
for (const shared of ['src', 'test', 'node_modules']) symlinkSync(join(ROOT, shared), join(copy, shared));
writeFileSync(join(copy, 'package.json'), '{"type":"module","imports":{"#kit":"./src/kit/index.ts"}}');
afterAll(() => rmSync(copy, { recursive: true, force: true }));

const folder = newConnector(copy, 'app-store');
const { appStore } = await import(pathToFileURL(join(folder, 'index.ts')).href);
const { contract } = await import(pathToFileURL(join(folder, 'fixtures/contract.ts')).href);
describe('a new connector, before a line of it is written', () => {
  describeContract({ id: 'app-store', folder, connector: appStore, contract });

  it('is on the list', async () => {
    const { connectors } = await import(pathToFileURL(join(copy, 'connectors/index.ts')).href);
    expect(connectors).toContain(appStore);
  });

  it('leaves nothing of the template’s name behind', () => {
    const text = ['index.ts', 'settings.ts', 'messages.ts', 'client.ts', 'README.md', 'fixtures/contract.ts']
      .map((file) => readFileSync(join(folder, file), 'utf8'))
      .join('\n');
    expect(text).not.toMatch(/template/i);
    expect(text).toContain('APP_STORE_API_KEY');
  });

  it('satisfies the compiler', () => {
    const { compilerOptions } = JSON.parse(readFileSync(join(ROOT, 'tsconfig.json'), 'utf8'));
    const include = ['connectors/app-store', 'connectors/index.ts'];
    writeFileSync(join(copy, 'tsconfig.json'), JSON.stringify({ compilerOptions, include }));
    expect(() => execFileSync(join(ROOT, 'node_modules/.bin/tsc'), ['-p', copy], { stdio: 'pipe' })).not.toThrow();
  }, 60_000);

  it('refuses names that are taken or no names', () => {
    expect(() => newConnector(copy, 'app-store')).toThrow('is there already');
    for (const name of ['', '../up', 'Capital', '-x', 'a b', '1st']) {
      expect(() => newConnector(copy, name)).toThrow('no name for a connector');
    }
  });
});

describe('the list with one more', () => {
  it('keeps imports sorted and adds one entry', () => {
    const longer = withConnector(list, 'lemmy');
    expect(longer.match(/^import .*'\.\/.*/gm)).toEqual([...(longer.match(/^import .*'\.\/.*/gm) ?? [])].sort(byPath));
    expect(longer).toMatch(/, lemmy\];$|,\n {2}lemmy,\n\];$/m);
  });

  it('breaks the line when it grows too long', () => {
    const many = Array.from({ length: 20 }, (_, i) => `platform-${String.fromCharCode(97 + i)}`).reduce(
      withConnector,
      list,
    );
    for (const line of many.split('\n')) expect(line.length).toBeLessThanOrEqual(120);
    expect(many).toContain('  platformA,\n  platformB,\n');
  });
});

function byPath(one: string, other: string): number {
  return one.slice(one.indexOf("'")) < other.slice(other.indexOf("'")) ? -1 : 1;
}
