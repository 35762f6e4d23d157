import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { promote, trainChallenger } from '../../src/parts/learning.ts';
import { PROBLEM_TYPES, posts } from '../cli/game-shop.ts';
import { jsonLines } from '../cli/support.ts';
import { faultsOf } from './browser.ts';
import { startJourney } from './journey.ts';

const MISREAD = 'Refund wish number';

let examples = '';

/** A workspace with few problem types of its own, so that a model is made in a second. */
const journey = startJourney(
  async ({ parts, hear }) => {
    await trainChallenger(parts, { fromCorrections: false, by: 'Mei' });
    await promote(parts, 'Mei');
    await hear(
      Array.from({ length: 12 }, (_, n) => ({ text: `${MISREAD} ${n}: the key came late, money back please` })),
    );
    const { rows } = await parts.store.queue({ limit: 50 });
    for (const { mention } of rows.slice(0, 10)) {
      const { id, version } = mention;
      await parts.review.correct({ mentionId: id, version, by: 'Lin', problemType: 'stolen-library' });
    }
  },
  async (dataDir) => {
    await writeFile(join(dataDir, 'problem-types.yml'), PROBLEM_TYPES);
    examples = join(dataDir, 'examples');
    await mkdir(examples);
    await writeFile(join(examples, 'shop.jsonl'), jsonLines(posts()));
  },
);

const audit = async () => {
  const events = await journey.earshot.parts.store.audit(0, 1000);
  return events.filter(({ subject }) => subject === 'model').map(({ actor, action }) => `${actor} ${action}`);
};

test('a lead sees what people taught, trains on it, compares, tries it on the last days, puts it in use and goes back', {
  timeout: 240_000,
}, async () => {
  const page = await journey.open({ as: 'Ana', role: 'lead', at: '#/learning' });
  const taught = page.getByRole('article', { name: 'What people taught' });
  await taught.getByText('Lin').waitFor();
  await expect.poll(() => taught.getByRole('definition').first().textContent()).toBe('10');

  await page.getByRole('button', { name: 'Train a challenger' }).click();
  await page.getByText('The challenger is ready.').waitFor({ timeout: 60_000 });
  const table = page.getByRole('table', { name: 'Beside each other' });
  await table.waitFor();
  await expect.poll(() => table.getByRole('row').count()).toBeGreaterThan(6);
  await page.getByText(/^Measured on \d+ texts that neither has learned/).waitFor();

  await page.getByRole('button', { name: 'Try it: The challenger' }).click();
  await page.getByText(/of 12 mentions would change|Nothing would change in 12 mentions/).waitFor({ timeout: 60_000 });

  expect(await faultsOf(page)).toEqual([]);

  const before = (await journey.earshot.parts.models.promoted()).length;
  await page.getByRole('button', { name: 'Put it in use' }).click();
  await page.getByText('It is in use from the next mention on.').waitFor({ timeout: 60_000 });
  await expect.poll(() => journey.earshot.parts.models.promoted()).toHaveLength(before + 1);
  await page.getByText(/^put in use by Ana/).waitFor();
  await page.getByRole('button', { name: 'Back to the one before' }).click();
  await page.getByText('The model before it is in use again.').waitFor();
  await expect.poll(() => journey.earshot.parts.models.promoted()).toHaveLength(before);
  expect((await audit()).filter((line) => line.startsWith('Ana'))).toEqual([
    'Ana model-trained',
    'Ana models-compared',
    'Ana replayed',
    'Ana model-promoted',
    'Ana model-rolled-back',
  ]);
  await page.context().close();
});

test('work is ended on screen, by whoever may, and leaves nothing behind', async () => {
  const { learning, models } = journey.earshot.parts;
  const page = await journey.open({ at: '#/learning' });
  // So much to learn that nobody is slower than the training.
  const many = posts().flatMap(({ text, label }) =>
    Array.from({ length: 100 }, (_, n) => ({ text: `${text} ${n} times`, label })),
  );
  await writeFile(join(examples, 'many.jsonl'), jsonLines(many));
  const first = learning.start({ kind: 'train' }, { name: 'Ana', role: 'lead' });
  expect(() => learning.start({ kind: 'compare' }, { name: 'Mei', role: 'admin' })).toThrow(
    /Ana has something running/,
  );
  await page.reload();
  await page.getByText('started by Ana').waitFor();
  await page.getByRole('button', { name: 'End it' }).click();
  await page.getByText('Ended. Nothing changed.').waitFor();
  expect(learning.job()).toMatchObject({ id: first.id, phase: 'cancelled' });
  await expect.poll(() => models.hasChallenger()).toBe(false);
  expect((await audit()).at(-1)).toBe('Mei learning-ended');
  await page.context().close();
});

test('whoever may not change settings finds no way there', async () => {
  const page = await journey.open({ as: 'Dan', role: 'drafter', at: '#/learning' });
  await page.getByText('Only leads and admins').waitFor();
  await expect.poll(() => page.getByRole('link', { name: 'Learning' }).count()).toBe(0);
  await page.context().close();
});
