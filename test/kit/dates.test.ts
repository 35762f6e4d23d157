import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDate } from '#kit';
import { cpuTime } from './cpu-time.ts';

const NOON = Date.UTC(2026, 10, 3, 12, 0, 0);

describe('dates as they are found in the wild', () => {
  it.each([
    'Tue, 03 Nov 2026 12:00:00 GMT',
    'Tue, 03 Nov 2026 12:00:00 +0000',
    'Tue, 3 Nov 2026 20:00:00 +0800',
    'Tue, 3 Nov 26 12:00 UT',
    '3 Nov 2026 07:00:00 EST',
    'Tuesday, 03-Nov-26 12:00:00 GMT',
    'Tue, 03 November 2026 12:00:00 Z',
    'Sunday, 03 Nov 2026 12:00:00 GMT',
    'Tue, 03 Nov 2026 20:00:00 +0800 (CST)',
    'Tue Nov 03 12:00:00 +0000 2026',
    'Tue Nov  3 12:00:00 2026',
    '2026-11-03T12:00:00Z',
    '2026-11-03T12:00:00.000Z',
    '2026-11-03T20:00:00+08:00',
    '2026-11-03T20:00:00+0800',
    '2026-11-03T20:00:00+08',
    '2026-11-03 12:00:00',
    '2026-11-03 12:00:00 UTC',
    '2026-11-3 12:00',
    '  2026-11-03T12:00:00,000Z  ',
  ])('%s', (text) => expect(parseDate(text)).toBe(NOON));

  it('a day alone is its first moment', () => {
    expect(parseDate('2026-11-03')).toBe(Date.UTC(2026, 10, 3));
    expect(parseDate('03 Nov 2026')).toBe(Date.UTC(2026, 10, 3));
  });

  it.each([
    '',
    'yesterday',
    '2026-02-30T00:00:00Z',
    '2026-13-01',
    '31 Apr 2026',
    '2026-11-03T25:00:00Z',
    '2026-11-03T12:61:00Z',
    '3/4/2026',
    'Tue, 03 Nov 2026 12:00:00 IST',
    '2026-11-03T12:00:00+99:00',
    '1793707200',
    'Tue, 03 Foo 2026 12:00:00 GMT',
    '٢٠٢٦-١١-٠٣',
  ])('"%s" is not guessed at', (text) => expect(parseDate(text)).toBeUndefined());
});

describe('any instant', () => {
  const instants = fc
    .date({ min: new Date(Date.UTC(1950, 0, 1)), max: new Date(Date.UTC(2049, 11, 31)), noInvalidDate: true })
    .map((date) => date.getTime());
  const seconds = instants.map((at) => Math.floor(at / 1000) * 1000);

  it('survives ISO 8601 to the millisecond, in any zone', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: -14 * 60, max: 14 * 60 }), (at, offset) => {
        expect(parseDate(new Date(at).toISOString())).toBe(at);
        const there = new Date(at + offset * 60_000).toISOString().slice(0, -1);
        const zone = `${offset < 0 ? '-' : '+'}${two(Math.abs(offset) / 60)}:${two(Math.abs(offset) % 60)}`;
        expect(parseDate(there + zone)).toBe(at);
      }),
    );
  });

  it('survives RFC 822 and asctime to the second', () => {
    fc.assert(
      fc.property(seconds, (at) => {
        const date = new Date(at);
        expect(parseDate(date.toUTCString())).toBe(at);
        const [weekday, day, month, year, time] = date.toUTCString().replace(',', '').split(' ');
        expect(parseDate(`${day} ${month} ${year?.slice(2)} ${time} GMT`)).toBe(at);
        expect(parseDate(`${weekday} ${month} ${day} ${time} ${year}`)).toBe(at);
      }),
    );
  });
});

it('any text gives a whole number of milliseconds or nothing', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[\d:TZ+\- ]{0,40}$/)), (text) => {
      const at = parseDate(text);
      expect(at === undefined || Number.isSafeInteger(at)).toBe(true);
    }),
  );
});

it('a text of 10 MB is as harmless as any other', async () => {
  for (const piece of ['1', ' ', 'Mon, ', '2026-01-01T00:00:00']) {
    const text = piece.repeat(10_000_000 / piece.length);
    expect(await cpuTime(() => expect(parseDate(text)).toBeUndefined())).toBeLessThan(1000);
  }
});

function two(number: number): string {
  return String(Math.floor(number)).padStart(2, '0');
}
