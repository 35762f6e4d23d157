import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Store } from '../../src/core/ports.ts';
import { SharedModels } from '../../src/parts/shared-models.ts';
import { ROOT } from '../../src/settings.ts';
import { ModelLibrary } from '../../src/stages/classify/index.ts';
import { openPostgresStore } from '../../src/store/postgres/index.ts';
import { createDatabase, dropDatabase } from '../postgres/databases.ts';

const SHIPPED = join(ROOT, 'data/model');
let url: string;
let folder: string;
let store: Store;
beforeEach(async () => {
  url = await createDatabase();
  store = await openPostgresStore(url);
  folder = await mkdtemp(join(tmpdir(), 'earshot-models-'));
});
afterEach(async () => {
  await store.close();
  await dropDatabase(url);
  await rm(folder, { recursive: true });
});

/** The models of one machine, with a challenger of this content: the shipped model, and a mark. */
async function machine(name: string, mark?: string): Promise<{ library: ModelLibrary; shared: SharedModels }> {
  const dir = join(folder, name);
  const library = new ModelLibrary(dir, SHIPPED);
  const shared = new SharedModels(library, store.models);
  library.afterChange(() => shared.push());
  if (mark !== undefined) await challenge(library, mark);
  return { library, shared };
}

async function challenge(library: ModelLibrary, mark: string): Promise<void> {
  await mkdir(library.challengerDir, { recursive: true });
  await cp(SHIPPED, library.challengerDir, { recursive: true });
  await rm(join(library.challengerDir, 'README.md'), { force: true });
  await writeFile(join(library.challengerDir, 'training.json'), JSON.stringify({ mark }));
}

const inUse = async ({ library }: { library: ModelLibrary }) => (await library.inUse()).promotion?.model ?? 'shipped';

it('a model that is promoted on one machine is in use on all, file by file the same', async () => {
  const one = await machine('one', 'first');
  const two = await machine('two');
  expect(await two.shared.pull()).toBe(false);
  const before = await two.library.mark();
  await one.library.promote('0badf00d', 'Jun', 1);
  expect(await two.shared.pull()).toBe(true);
  expect(await inUse(two)).toBe('0badf00d');
  expect(await two.library.mark(), 'a running server takes it up').not.toBe(before);
  for (const file of ['model.bin', 'model.json', 'training.json']) {
    const [ours, theirs] = await Promise.all(
      [one, two].map(async ({ library }) => readFile(join((await library.inUse()).dir, file))),
    );
    expect(theirs?.equals(ours as Buffer), file).toBe(true);
  }
  expect(await two.shared.pull(), 'once').toBe(false);
});

it('a way back on any machine is a way back on all', async () => {
  const [one, two] = [await machine('one', 'first'), await machine('two')];
  await one.library.promote('0badf00d', 'Jun', 1);
  await two.shared.pull();
  await challenge(two.library, 'second');
  await two.library.promote('feedbeef', 'Mia', 2);
  await one.shared.pull();
  expect(await inUse(one)).toBe('feedbeef');
  await one.library.rollBack();
  await two.shared.pull();
  expect(await inUse(two)).toBe('0badf00d');
  await two.library.rollBack();
  await one.shared.pull();
  expect([await inUse(one), await inUse(two)]).toEqual(['shipped', 'shipped']);
});

it('a machine that had a model before it shared them brings it along', async () => {
  const one = await machine('one', 'old');
  one.library.afterChange(async () => {});
  await one.library.promote('0badf00d', 'Jun', 1);
  expect(await one.shared.pull()).toBe(false);
  const two = await machine('two');
  await two.shared.pull();
  expect(await inUse(two)).toBe('0badf00d');
});
