import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClockWatch } from '../../src/observe/clock-watch.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Time that passes, and a clock on the wall that somebody sets. */
function house() {
  let elapsed = 5_000;
  let wall = Date.UTC(2026, 10, 27, 12);
  return {
    watch: new ClockWatch(
      () => wall,
      () => elapsed,
    ),
    pass(ms: number) {
      elapsed += ms;
      wall += ms;
    },
    set(ms: number) {
      wall += ms;
    },
  };
}

describe('a clock that is watched', () => {
  it('is right as long as it goes with the time', () => {
    const { watch, pass } = house();
    for (let n = 0; n < 10; n += 1) {
      pass(HOUR);
      expect(watch.look()).toBeUndefined();
    }
  });

  it.each([HOUR, -HOUR])('is told of when it jumps by %d ms, for a quarter of an hour', (by) => {
    const { watch, pass, set } = house();
    pass(MINUTE);
    set(by);
    expect(watch.look()).toEqual({ ms: by });
    pass(14 * MINUTE);
    expect(watch.look()).toEqual({ ms: by });
    pass(2 * MINUTE);
    expect(watch.look()).toBeUndefined();
  });

  it('is right again when it is set back to where it was', () => {
    const { watch, pass, set } = house();
    set(HOUR);
    expect(watch.look()).toEqual({ ms: HOUR });
    pass(MINUTE);
    set(-HOUR);
    expect(watch.look()).toBeUndefined();
  });

  it('may be set little by little, as a time server does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -20_000, max: 20_000 }), { maxLength: 50 }), (steps) => {
        const { watch, pass, set } = house();
        for (const step of steps) {
          pass(MINUTE);
          set(step);
          if (watch.look()) return false;
        }
        return true;
      }),
    );
  });
});
