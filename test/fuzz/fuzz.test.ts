import { expect, it } from 'vitest';
import { fuzz } from './fuzz.ts';
import type { Fault } from './worker.ts';

it('hostile text of every kind gets an answer: nothing crashes, hangs or lets out what must stay in', async () => {
  const faults: Fault[] = [];
  const report = await fuzz(1_500, 1, (fault) => faults.push(fault));
  expect(faults).toEqual([]);
  expect(report).toEqual({ cases: 1_500, crashes: 0, hangs: 0, leaks: 0 });
}, 120_000);

it('finds a fault of each kind where there is one', async () => {
  const faults: Fault[] = [];
  expect(await fuzz(4, 1, (fault) => faults.push(fault), true)).toEqual({ cases: 4, crashes: 1, hangs: 1, leaks: 1 });
  expect(faults.map(({ target }) => target)).toEqual(['crash', 'leak', 'slow']);
}, 120_000);
