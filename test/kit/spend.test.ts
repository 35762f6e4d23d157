import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forecast } from '#kit';

const MINUTE = 60_000;
const DAY = 86_400_000;

describe('the forecast', () => {
  const month = '2026-11';
  const begin = Date.UTC(2026, 10, 1);

  it('goes on as the month went so far', () => {
    const now = begin + 15 * DAY;
    expect(forecast({ month, since: begin, micros: 10e6 }, { usd: 100, leastUsd: 0.1 }, now)).toEqual({
      month,
      spentUsd: 10,
      expectedUsd: 20,
      budgetUsd: 100,
      state: 'fine',
      renewsAt: Date.UTC(2026, 11, 1),
    });
  });

  it('does not take the first catching up for a habit', () => {
    const { expectedUsd } = forecast({ month, since: begin, micros: 5e6 }, { usd: 100, leastUsd: 0 }, begin + MINUTE);
    expect(expectedUsd).toBeLessThanOrEqual(5 * 31);
  });

  it('never falls below what is spent, and names a day only when the budget ends first', () => {
    const cases = fc.tuple(fc.nat(1e9), fc.double({ min: 0.01, max: 1e6, noNaN: true }), fc.nat(30 * DAY - 1));
    fc.assert(
      fc.property(cases, ([micros, budget, passed]) => {
        const now = begin + passed;
        const { spentUsd, expectedUsd, usedUpAt } = forecast(
          { month, since: begin, micros },
          { usd: budget, leastUsd: 0 },
          now,
        );
        expect(expectedUsd).toBeGreaterThanOrEqual(spentUsd);
        if (usedUpAt !== undefined) expect(usedUpAt).toBeGreaterThanOrEqual(now);
        if (usedUpAt === undefined) expect(expectedUsd).toBeLessThanOrEqual(budget * 1.001 + 0.01);
      }),
    );
  });

  it('says from four fifths on that it is near its end, and that it is over once nothing can be read for the rest', () => {
    const stateAt = (spentUsd: number) =>
      forecast({ month, since: begin, micros: spentUsd * 1e6 }, { usd: 10, leastUsd: 0.15 }, begin + DAY).state;
    expect([0, 7.99, 8, 9.85, 9.86, 10].map(stateAt)).toEqual(['fine', 'fine', 'near', 'near', 'used-up', 'used-up']);
  });
});
