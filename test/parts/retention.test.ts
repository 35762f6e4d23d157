import { afterEach, beforeEach, expect, it } from 'vitest';
import { eraseWhatIsOver } from '../../src/parts/retention.ts';
import { Workspace } from '../../src/workspace/schema.ts';
import { type Bench, openBench } from '../review/support.ts';

const DAY = 86_400_000;
let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

const erasing = (retention: object) =>
  eraseWhatIsOver(
    {
      ...bench,
      workspace: { current: () => Workspace.parse({ version: 1, brand: { product: 'Acorn Pay' }, retention }) },
      log: { info() {}, warn() {} },
    },
    new AbortController().signal,
  );

it('what was closed is erased after its days, and nothing else is', async () => {
  const dismissed = await bench.drafted();
  await bench.review.dismiss({
    mentionId: dismissed.mention.id,
    version: dismissed.mention.version,
    by: 'Mei',
    reason: 'duplicate',
  });
  const open = await bench.drafted();
  bench.clock.pass(29 * DAY);
  expect(await erasing({ closedDays: 30 })).toBe(0);
  bench.clock.pass(2 * DAY);
  expect(await erasing({})).toBe(0);
  expect(await erasing({ closedDays: 30 })).toBe(1);

  const gone = await bench.store.find(dismissed.mention.id);
  expect(gone?.mention).toMatchObject({ state: 'erased', text: '' });
  expect(gone?.history.at(-1)).toMatchObject({ actor: 'earshot', action: 'erased', detail: { asked: 'retention' } });
  expect((await bench.caseOf(open.mention.id)).mention.state).toBe('drafted');
});
