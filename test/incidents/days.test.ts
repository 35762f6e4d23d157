import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Heard } from '../../src/incidents/group.ts';
import { firstSpike } from '../../src/incidents/scan.ts';
import { chanceOf, HISTORY_MS, HOUR_MS, judge, usualAt } from '../../src/incidents/spike.ts';
import { TermReader } from '../../src/incidents/terms.ts';

const WEEK_MS = 168 * HOUR_MS;
const MONDAY = Date.UTC(2026, 9, 5);
const reader = new TermReader([
  { id: 'top-up', strong: true, words: ['top up', '充值'] },
  { id: 'fail', strong: false, words: ['fail', '失败'] },
]);

describe('the chance of a count', () => {
  const levels = fc.record({
    perHour: fc.double({ min: 0.02, max: 60, noNaN: true }),
    weight: fc.double({ min: 0.5, max: 2000, noNaN: true }),
    dispersion: fc.double({ min: 1, max: 8, noNaN: true }),
  });

  it('is the tail of the negative binomial, whatever the level', () => {
    fc.assert(
      fc.property(levels, fc.integer({ min: 1, max: 60 }), fc.constantFrom(1 / 6, 0.5, 1), (level, count, hours) => {
        // The other way round: one minus all the terms below.
        const mean = level.perHour * hours;
        const shape = mean / (level.dispersion - 1 + mean / level.weight);
        let term = (1 + mean / shape) ** -shape;
        let below = 0;
        for (let k = 0; k < count; k++) {
          below += term;
          term *= ((shape + k) / (k + 1)) * (mean / (shape + mean));
        }
        expect(chanceOf(count, hours, level)).toBeCloseTo(1 - below, 7);
      }),
    );
  });

  it('falls with the count; what rings in a bursty type or with little history rings in a steady one', () => {
    fc.assert(
      fc.property(levels, fc.integer({ min: 1, max: 80 }), (level, count) => {
        const chance = chanceOf(count, 0.5, level);
        expect(chance).toBeLessThanOrEqual(1);
        expect(chanceOf(count + 1, 0.5, level)).toBeLessThanOrEqual(chance * (1 + 1e-9));
        // Far above the mean, the wider law is the likelier one.
        const far = Math.ceil(level.perHour * 3) + 12;
        const steady = chanceOf(far, 0.5, { ...level, dispersion: 1, weight: 1e6 });
        expect(chanceOf(far, 0.5, level)).toBeGreaterThanOrEqual(steady * (1 - 1e-6));
      }),
    );
  });
});

describe('the usual level', () => {
  const steady = (perHour: number, from: number, to: number) =>
    Array.from({ length: Math.floor((to - from) / HOUR_MS) }, (_, n) => ({ hour: from + n * HOUR_MS, count: perHour }));

  it('is that of the same hour of the week', () => {
    const at = MONDAY + 9 * WEEK_MS + 9 * HOUR_MS;
    const counts = steady(1, MONDAY, at).map((one) => {
      const hourOfWeek = ((one.hour - MONDAY) / HOUR_MS) % 168;
      return { ...one, count: hourOfWeek >= 8 && hourOfWeek <= 10 ? 12 : 1 };
    });
    const usual = usualAt(counts, MONDAY, at);
    expect(usual.perHour).toBeGreaterThan(8);
    expect(usual.hours).toBe(24);
    expect(usualAt(counts, MONDAY, at + 12 * HOUR_MS).perHour).toBeLessThan(2);
  });

  it('is not raised by an earlier outage', () => {
    const at = MONDAY + 9 * WEEK_MS;
    const counts = steady(1, MONDAY, at);
    const calm = usualAt(counts, MONDAY, at);
    for (const one of counts)
      if (one.hour === at - 2 * WEEK_MS || one.hour === at - 2 * WEEK_MS + HOUR_MS) one.count = 90;
    expect(usualAt(counts, MONDAY, at).perHour).toBeLessThan(calm.perHour + 0.7);
  });

  it('says that there is little history, does not take silence before it for zeros, and asks for more', () => {
    const at = MONDAY + 2 * 24 * HOUR_MS;
    const counts = steady(6, at - 20 * HOUR_MS, at);
    const usual = usualAt(counts, at - 20 * HOUR_MS, at);
    expect(usual).toMatchObject({ littleHistory: true, hours: 0 });
    expect(usual.perHour).toBeCloseTo(6, 0);
    const six = { count: 6, minutes: 10, platforms: ['x'], at };
    expect(judge(six, usualAt([], undefined, at))).toBeUndefined();
    expect(judge(six, { ...usualAt([], undefined, at), perHour: 0.01, littleHistory: false })).toBeDefined();
  });

  it('is a number above nothing, whatever the history', () => {
    const history = fc.array(
      fc.record({ hour: fc.integer({ min: 0, max: 1400 }), count: fc.integer({ min: 0, max: 5000 }) }),
      { maxLength: 400 },
    );
    fc.assert(
      fc.property(history, (given) => {
        const at = MONDAY + 1400 * HOUR_MS;
        const counts = [...new Map(given.map((one) => [one.hour, one])).values()].map(({ hour, count }) => ({
          hour: MONDAY + hour * HOUR_MS,
          count,
        }));
        const since = counts.length > 0 ? Math.min(...counts.map(({ hour }) => hour)) : undefined;
        const usual = usualAt(counts, since, at);
        expect(usual.perHour).toBeGreaterThan(0);
        expect(usual.dispersion).toBeGreaterThanOrEqual(1);
        expect(chanceOf(5, 0.5, usual)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

/** Days as they might be: a rate over the day and the week, as often as the Poisson or a burstier law has it. */
class Days {
  #state: number;
  constructor(seed: number) {
    this.#state = seed;
  }

  /** Mentions of one type from `from` to `to`. */
  live(from: number, to: number, perHour: (at: number) => number, burst = 0): number[] {
    const said: number[] = [];
    for (let hour = from; hour < to; hour += HOUR_MS) {
      // Gamma noise on the rate makes the counts wider than Poisson's.
      const rate =
        perHour(hour) * (burst === 0 ? 1 : Math.max(0.05, 1 + burst * (this.#random() + this.#random() - 1)));
      for (let n = this.#poisson(rate); n > 0; n--) said.push(hour + this.#random() * HOUR_MS);
    }
    return said.sort((a, b) => a - b);
  }

  #random(): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    const mixed = Math.imul(this.#state ^ (this.#state >>> 15), 2_246_822_519) >>> 0;
    return ((mixed ^ (mixed >>> 13)) >>> 0) / 4_294_967_296;
  }

  #poisson(mean: number): number {
    let count = 0;
    for (let left = mean; left > 0; left -= 30) {
      const limit = Math.exp(-Math.min(30, left));
      for (let product = this.#random(); product > limit; product *= this.#random()) count++;
    }
    return count;
  }
}

const office = (peak: number) => (at: number) => {
  const hour = new Date(at).getUTCHours();
  const weekend = [0, 6].includes(new Date(at).getUTCDay()) ? 0.4 : 1;
  return peak * weekend * (hour >= 8 && hour < 20 ? 1 : 0.15);
};

let people = 0;
function asHeard(saidAt: number, text = '充值失败 top up fail'): Heard {
  people += 1;
  return {
    id: `m${people}`,
    problemType: 'top-up-failed',
    platform: 'forum',
    connector: 'forum',
    author: `author-${people}`,
    conversation: undefined,
    saidAt,
    terms: reader.read(text),
    row: {} as Heard['row'],
  };
}

/** The first alarm in a time, looked for as the watch does it: hour by hour with what was heard until then. */
function firstAlarm(all: readonly number[], from: number, to: number) {
  const counts = new Map<number, number>();
  for (const at of all)
    counts.set(Math.floor(at / HOUR_MS) * HOUR_MS, (counts.get(Math.floor(at / HOUR_MS) * HOUR_MS) ?? 0) + 1);
  const byHour = [...counts].map(([hour, count]) => ({ hour, count }));
  const since = Math.floor((all[0] ?? from) / HOUR_MS) * HOUR_MS;
  const known = new Map<number, ReturnType<typeof usualAt>>();
  const usual = (at: number) => {
    const hour = Math.floor(at / HOUR_MS) * HOUR_MS;
    const before = byHour.filter((one) => one.hour < hour && one.hour >= hour - HISTORY_MS);
    const found = known.get(hour) ?? usualAt(before, since, hour);
    known.set(hour, found);
    return found;
  };
  const heard = all.filter((at) => at >= from && at < to).map((at) => asHeard(at));
  return firstSpike('top-up-failed', heard, usual, reader)?.alarm;
}

describe('simulated weeks', () => {
  const start = MONDAY;
  const now = MONDAY + 9 * WEEK_MS;

  it.each([
    ['a quiet type', office(0.3), 0],
    ['an ordinary type', office(4), 0],
    ['a busy type', office(40), 0],
    ['a bursty type', office(6), 0.9],
    ['a type that is louder at night', (at: number) => 6 - office(5)(at), 0],
  ] as const)('%s rings in no week of ordinary noise', (_, rate, burst) => {
    for (let seed = 1; seed <= 2; seed++) {
      const said = new Days(seed * 7919).live(start, now + WEEK_MS, rate, burst);
      expect(firstAlarm(said, now, now + WEEK_MS), `seed ${seed}`).toBeUndefined();
    }
  });

  it.each([
    ['a quiet type at night', office(0.3), 3, 40],
    ['an ordinary type at noon', office(4), 12, 90],
    ['a busy type at noon', office(40), 12, 400],
  ] as const)('an outage in %s rings within minutes', (_, rate, hour, extraPerHour) => {
    for (let seed = 1; seed <= 4; seed++) {
      const days = new Days(seed * 104_729);
      const at = now + 2 * 24 * HOUR_MS + hour * HOUR_MS;
      const usual = days.live(start, at + HOUR_MS, rate);
      const extra = days.live(at, at + HOUR_MS, () => extraPerHour);
      const alarm = firstAlarm(
        [...usual, ...extra].sort((a, b) => a - b),
        at - 24 * HOUR_MS,
        at + HOUR_MS,
      );
      expect(alarm, `seed ${seed}`).toBeDefined();
      expect((alarm?.at ?? 0) - at).toBeGreaterThan(0);
      expect((alarm?.at ?? Number.POSITIVE_INFINITY) - at).toBeLessThan(15 * 60_000);
    }
  });

  it('one person who repeats themselves is no outage', () => {
    const one = Array.from({ length: 40 }, (_, n) => ({ ...asHeard(now + n * 10_000), author: 'the same' }));
    expect(firstSpike('top-up-failed', one, (at) => usualAt([], undefined, at), reader)).toBeUndefined();
  });

  it('many problems of one type at once are no outage', () => {
    const words = ['top up', 'fail', 'nothing in common', 'weather', 'a bird'];
    const many = Array.from({ length: 10 }, (_, n) => asHeard(now + n * 30_000, words[n % words.length]));
    const usual = usualAt([], undefined, now);
    const spike = firstSpike('top-up-failed', many, () => usual, reader);
    expect(spike?.group.members.length ?? 0).toBeLessThan(7);
  });
});
