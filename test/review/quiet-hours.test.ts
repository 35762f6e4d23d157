import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isQuiet, nextSending, type SendingRules } from '../../src/core/quiet-hours.ts';

const rules = (from: string, to: string, timeZone: string): SendingRules => ({
  timeZone,
  quietHours: { from, to },
  urgentAtOnce: false,
});
const at = (iso: string) => Date.parse(iso);

describe('quiet hours', () => {
  it('reach over midnight, in the time of the place', () => {
    const night = rules('22:00', '08:00', 'Asia/Shanghai');
    expect(isQuiet(at('2026-03-01T13:59:00Z'), night)).toBe(false); // 21:59 there
    expect(isQuiet(at('2026-03-01T14:00:00Z'), night)).toBe(true);
    expect(isQuiet(at('2026-03-01T23:59:59Z'), night)).toBe(true);
    expect(isQuiet(at('2026-03-02T00:00:00Z'), night)).toBe(false); // 08:00 there
  });

  it('end where the clocks there say so, on the nights when they are changed too', () => {
    const berlin = rules('22:00', '08:00', 'Europe/Berlin');
    expect(nextSending(at('2026-03-28T22:30:00Z'), berlin)).toBe(at('2026-03-29T06:00:00Z')); // put forward
    expect(nextSending(at('2026-10-24T21:30:00Z'), berlin)).toBe(at('2026-10-25T07:00:00Z')); // put back
  });

  it('move nothing outside of them, and everything inside to their very end', () => {
    const time = fc
      .tuple(fc.nat(23), fc.nat(59))
      .map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`);
    const zone = fc.constantFrom('UTC', 'Asia/Shanghai', 'Asia/Kolkata', 'America/New_York', 'Australia/Lord_Howe');
    const moment = fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2027-12-31T00:00:00Z') });
    fc.assert(
      fc.property(time, time, zone, moment, (from, to, timeZone, now) => {
        const some = rules(from, to, timeZone);
        const then = nextSending(now, some);
        expect(then).toBeGreaterThanOrEqual(now);
        expect(then - now).toBeLessThanOrEqual(26 * 3_600_000);
        if (!isQuiet(now, some)) expect(then).toBe(now);
        else expect(isQuiet(then, some) && from !== to).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});
