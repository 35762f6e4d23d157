import { expect, it } from 'vitest';
import { deps, found, now, setUpCollecting, sourceOf, store } from '../../../test/platforms/collecting.ts';
import { ConnectorError } from '../../core/failures.ts';
import type { Recheck, Source } from '../../core/ports.ts';
import { createCollector, keepRechecking, recheckAll } from './index.ts';

setUpCollecting();

const ids = Array.from({ length: 250 }, (_, n) => `m${n}`);

/** A source that brought 250 mentions, and says of each asked one what became of it. */
async function heard(answer: (id: string) => Recheck = (nativeId) => ({ nativeId, now: 'same' })) {
  const asked: string[][] = [];
  const source: Source = {
    ...sourceOf({ found: ids.map((id) => found(id)) }),
    recheck: async (some) => {
      asked.push(some);
      return some.map(answer);
    },
  };
  const collector = createCollector(deps);
  await collector.collect(source, now());
  return { source, collector, asked };
}

const all = () => ({ ...deps, store });

it('asks about everything that is held, a hundred at a time, and each once', async () => {
  const { source, collector, asked } = await heard();
  const sweep = await recheckAll(source, all(), collector, now().signal);
  expect(sweep).toEqual({ asked: 250, gone: 0, edited: 0 });
  expect(asked.map((some) => some.length)).toEqual([100, 100, 50]);
  expect(new Set(asked.flat())).toEqual(new Set(ids));
});

it('erases what is gone, and does not ask about it again', async () => {
  const { source, collector, asked } = await heard((nativeId) => ({
    nativeId,
    now: nativeId.endsWith('7') ? 'gone' : 'same',
  }));
  expect(await recheckAll(source, all(), collector, now().signal)).toMatchObject({ gone: 25 });
  asked.length = 0;
  expect(await recheckAll(source, all(), collector, now().signal)).toEqual({ asked: 225, gone: 0, edited: 0 });
});

it('waits where the platform says so, and goes on with the same ones', async () => {
  const { source, collector, asked } = await heard();
  let refusals = 2;
  const busy: Source = {
    ...source,
    recheck: async (some, signal) => {
      if (refusals-- > 0) throw new ConnectorError('rate-limited', 'Later.', { until: deps.clock.now() + 20 });
      return (await source.recheck?.(some, signal)) ?? [];
    },
  };
  expect(await recheckAll(busy, all(), collector, now().signal)).toMatchObject({ asked: 250 });
  expect(asked).toHaveLength(3);
});

it('keeps at it, and one source that fails stops no other', async () => {
  const { source, collector, asked } = await heard();
  const broken: Source = {
    ...source,
    id: 'broken',
    recheck: async () => {
      throw new ConnectorError('unavailable', 'Not now.');
    },
  };
  const stop = new AbortController();
  const warned: string[] = [];
  const log = { info: () => {}, warn: (message: string) => void warned.push(message) };
  await store.savePage({ source: 'broken', connector: 'made', sample: false, found: [found('x')], at: 1 });
  const rounds = keepRechecking(() => [broken, source], { ...all(), log }, collector, {
    everyMs: 5,
    signal: stop.signal,
  });
  while (asked.length < 6) await new Promise((resolve) => setImmediate(resolve));
  stop.abort();
  await rounds;
  expect(warned.filter((message) => message === 'not rechecked').length).toBeGreaterThanOrEqual(2);
});
