import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CoverageSpan, Store } from '../../../src/core/ports.ts';
import { mergeCoverage } from '../../../src/store/coverage.ts';
import { type EngineUnderTest, fresh, page } from './support.ts';

const LAST = 30;
const span: fc.Arbitrary<CoverageSpan> = fc
  .record({ kind: fc.constantFrom('seen' as const, 'hole' as const), from: fc.nat(LAST), length: fc.nat(8) })
  .map(({ kind, from, length }) => ({
    kind,
    from,
    to: from + length,
    ...(kind === 'hole' && { cause: 'feed too short' }),
  }));

/** What is known of each instant, by hand: seen once is seen for ever, else a hole, else nothing. */
function pointwise(spans: readonly CoverageSpan[]): (string | undefined)[] {
  return Array.from({ length: LAST + 10 }, (_, at) => {
    const here = spans.filter(({ from, to }) => from <= at && at < to).map(({ kind }) => kind);
    return here.includes('seen') ? 'seen' : here[0];
  });
}

export function coverage(engine: EngineUnderTest): void {
  let place: Awaited<ReturnType<typeof fresh>>;
  let store: Store;
  beforeEach(async () => {
    place = await fresh(engine);
    store = place.store;
  });
  afterEach(() => place.done());

  const pull = (spans: CoverageSpan[], source = 'forum-1') => store.savePage(page([], { coverage: spans, source }));

  it('does not grow with each pull', async () => {
    for (let at = 0; at < 50; at += 1) await pull([{ kind: 'seen', from: at * 10, to: at * 10 + 10 }]);
    expect(await store.coverage('forum-1')).toEqual([{ kind: 'seen', from: 0, to: 500 }]);
    expect(await store.coverage('forum-2')).toEqual([]);
  });

  it('shows a hole with its cause until it is seen', async () => {
    await pull([
      { kind: 'seen', from: 0, to: 10 },
      { kind: 'hole', from: 10, to: 20, cause: 'down' },
      { kind: 'seen', from: 20, to: 30 },
    ]);
    await pull([{ kind: 'seen', from: 12, to: 15 }]);
    expect(await store.coverage('forum-1')).toEqual([
      { kind: 'seen', from: 0, to: 10 },
      { kind: 'hole', from: 10, to: 12, cause: 'down' },
      { kind: 'seen', from: 12, to: 15 },
      { kind: 'hole', from: 15, to: 20, cause: 'down' },
      { kind: 'seen', from: 20, to: 30 },
    ]);
    await pull([{ kind: 'seen', from: 9, to: 25 }]);
    expect(await store.coverage('forum-1')).toEqual([{ kind: 'seen', from: 0, to: 30 }]);
  });

  it('never calls a hole what was seen before', async () => {
    await pull([{ kind: 'seen', from: 0, to: 10 }]);
    await pull([{ kind: 'hole', from: 5, to: 12, cause: 'down' }]);
    expect(await store.coverage('forum-1')).toEqual([
      { kind: 'seen', from: 0, to: 10 },
      { kind: 'hole', from: 10, to: 12, cause: 'down' },
    ]);
  });

  it('holds for every instant what the spans said of it, sorted, apart and joined', () => {
    fc.assert(
      fc.property(fc.array(fc.array(span, { maxLength: 4 }), { maxLength: 6 }), (pulls) => {
        const merged = pulls.reduce<CoverageSpan[]>((known, news) => mergeCoverage(known, news), []);
        expect(pointwise(merged)).toEqual(pointwise(pulls.flat()));
        for (const [index, { from, to, kind }] of merged.entries()) {
          const next = merged[index + 1];
          expect(from).toBeLessThan(to);
          if (next) expect(to).toBeLessThanOrEqual(next.from);
          if (next?.kind === kind) expect(to, 'neighbours of a kind are one span').toBeLessThan(next.from);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is stored as it was merged', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(span, { maxLength: 5 }), fc.uuid(), async (spans, source) => {
        await pull(spans, source);
        expect(await store.coverage(source)).toEqual(mergeCoverage([], spans));
      }),
      { numRuns: 25 },
    );
  });
}
