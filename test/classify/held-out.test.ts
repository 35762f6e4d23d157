import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { baseExamples, shippedExamples, shippedHeldOut } from '../../src/parts/learning-examples.ts';
import { readExamples } from '../../src/parts/read-examples.ts';
import { holdOut, imprintOf, LEAST_TO_JUDGE, loadProblemTypes } from '../../src/stages/classify/index.ts';
import { DATA } from './shipped.ts';

/** A workspace with the shipped problem types and examples of its own where `dataDir` has some. */
const workspace = async (dataDir: string) => {
  const types = await loadProblemTypes(DATA);
  return { taxonomy: { types, own: false, likeShipped: true }, settings: { dataDir } } as unknown as Parameters<
    typeof baseExamples
  >[0];
};

describe('examples that no model learns', () => {
  test('are by other authors than those that are learned, in the same kinds of places', async () => {
    const [learned, heldOut] = await Promise.all([shippedExamples(), shippedHeldOut()]);
    const authors = new Set(learned.map(({ author }) => author));
    expect(heldOut.filter(({ author }) => authors.has(author))).toEqual([]);
    expect(new Set(heldOut.map(({ author }) => author)).size).toBeGreaterThan(40);
    const registers = new Set(learned.map(({ register }) => register));
    expect(heldOut.every(({ register }) => registers.has(register))).toBe(true);
  });

  test('are enough to judge every protected type by', async () => {
    const heldOut = await shippedHeldOut();
    for (const { id } of (await loadProblemTypes(DATA)).filter((type) => type.protected))
      expect(heldOut.filter(({ label }) => label === id).length, id).toBeGreaterThanOrEqual(3 * LEAST_TO_JUDGE);
  });

  test('measure a challenger that has learned all that the shipped model has', async () => {
    const base = await baseExamples(await workspace(join(DATA, 'nowhere')));
    const lessons = ['my card was declined at the baker', '客服今天没有回复我'].map((text, i) => ({
      text,
      label: i === 0 ? 'transfer-failed' : 'contact-support',
      author: `mention:${i}`,
    }));
    const { training } = holdOut(base.own, lessons, base.shipped);
    const learned = new Set(training.map(({ text }) => imprintOf(text)));
    for (const { text } of await shippedExamples()) expect(learned.has(imprintOf(text))).toBe(true);
    expect(base.heldOut.length).toBe((await shippedHeldOut()).length);
    expect(base.heldOut.filter(({ text }) => learned.has(imprintOf(text)))).toEqual([]);
  });

  test('are not learned even where somebody names their file to train on', async () => {
    const files = readdirSync(join(DATA, 'held-out')).map((name) => join(DATA, 'held-out', name));
    expect(readExamples(files).length).toBeGreaterThan(500);
    expect(await baseExamples(await workspace(DATA), files)).toEqual({ own: [], shipped: [], heldOut: [] });
  });
});
