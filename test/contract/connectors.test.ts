import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { AnyConnector } from '#kit';
import { connectors } from '../../connectors/index.ts';
import type { Loaded } from './connector-at.ts';
import { describeContract } from './connector-checks.ts';

const ROOT = resolve(import.meta.dirname, '../../connectors');

const folders = readdirSync(ROOT, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

describe('the list of connectors', () => {
  it.each(folders.filter((name) => !name.startsWith('_')))('has connectors/%s', (name) => {
    expect(
      connectors.map(({ about }) => about.id),
      `connectors/${name} is not in connectors/index.ts`,
    ).toContain(name);
  });

  it('names each once, and only what has a folder', () => {
    const ids = connectors.map(({ about }) => about.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !existsSync(join(ROOT, id)))).toEqual([]);
  });
});

for (const name of folders) {
  describe(`connectors/${name}`, async () => {
    const loaded = await load(name).catch((error: Error) => error);
    if (loaded instanceof Error) it('can be loaded', () => expect.fail(loaded.message));
    else describeContract(loaded);
  });
}

/** By the folder alone: neither the list nor the connector can keep itself out. */
async function load(name: string): Promise<Loaded> {
  const folder = join(ROOT, name);
  const id = name.replace(/^_/, '');
  const exported = await import(pathToFileURL(join(folder, 'index.ts')).href);
  const { contract } = await import(pathToFileURL(join(folder, 'fixtures/contract.ts')).href);
  const connector = Object.values<AnyConnector>(exported).find((value) => value?.about?.id === id);
  if (!connector) throw new Error(`connectors/${name}/index.ts exports no connector with the id "${id}".`);
  if (!contract) throw new Error(`connectors/${name}/fixtures/contract.ts must export "contract".`);
  return { id, folder, connector, contract };
}
