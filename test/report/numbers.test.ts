import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvCell } from '../../src/report/csv.ts';
import { CSV_TABLES } from '../../src/report/index.ts';
import { qualityOf } from '../../src/report/quality.ts';
import { percentile, timesOf, withDue } from '../../src/report/times.ts';
import { CSV_TABLES as SERVED } from '../../src/surfaces/web/report-api.ts';

describe('a cell of a spreadsheet', () => {
  it.each([
    '=HYPERLINK("http://evil.example","x")',
    '+1+1',
    '-2+3',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '  =1',
    '\n=1',
    '＝1+1',
    '＠SUM',
  ])('%j is never a formula', (text) => {
    const [[cell = '']] = parse(`${csvCell(text)}\r\n`) as [[string]];
    expect(cell).toBe(`'${text}`);
  });

  it('says what it said, whatever that is', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 2, maxLength: 6 }), (texts) => {
        const line = `${texts.map(csvCell).join(',')}\r\n`;
        const [read = []] = parse(line, { relax_quotes: false }) as string[][];
        expect(read.map((cell, at) => (cell === `'${texts[at]}` ? texts[at] : cell))).toEqual(texts);
        for (const cell of read) expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠]|^[\t\r\n]/u);
      }),
    );
  });

  it('leaves numbers as they are', () => {
    expect([0, 1.5, undefined].map(csvCell)).toEqual(['0', '1.5', '']);
  });

  it('is in tables that the API knows all of', () => {
    expect(SERVED).toEqual(CSV_TABLES);
  });
});

describe('the time to a first answer', () => {
  const waits = fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 60 });

  it('is one that somebody waited, and that the share named did not exceed', () => {
    fc.assert(
      fc.property(waits, fc.constantFrom(0.5, 0.9), (all, share) => {
        const sorted = all.toSorted((a, b) => a - b);
        const found = percentile(sorted, share) ?? -1;
        expect(all).toContain(found);
        expect(sorted.filter((one) => one <= found).length).toBeGreaterThanOrEqual(share * all.length);
        expect(sorted.filter((one) => one < found).length).toBeLessThan(share * all.length);
      }),
    );
  });

  it('is held against its target, where it has one', () => {
    const answer = (problemType: string, minutes: number) => ({
      ...{ problemType, source: 's', lang: 'en', heardAt: 0 },
      answeredAt: minutes * 60_000,
    });
    const answers = [answer('fees', 10), answer('fees', 60), answer('fees', 61), answer('praise', 9_000)];
    const dueAt = (type: string, at: number) => (type === 'fees' ? at + 3_600_000 : undefined);
    expect(timesOf(withDue({ dueAt }, answers))).toEqual({
      count: 4,
      medianMs: 3_600_000,
      p90Ms: 9_000 * 60_000,
      withTarget: 3,
      within: 2,
    });
    expect(timesOf([])).toEqual({ count: 0, withTarget: 0, within: 0 });
  });
});

describe('how well it was sorted', () => {
  const row = (problemType: string, posted: number, dismissed = 0) => ({ problemType, posted, dismissed });

  it('counts what people put right, and takes the rest for right', () => {
    const { decided, corrected, byType, mixedUp } = qualityOf(
      [row('fees', 6), row('fees', 0, 2), row('app-bug', 2), row('', 0, 5)],
      [
        { from: 'app-bug', to: 'fees', count: 2 },
        { from: 'fees', to: 'fees', count: 4 },
        { from: 'fees', to: 'app-bug', count: 1 },
      ],
    );
    expect({ decided, corrected }).toEqual({ decided: 10, corrected: 3 });
    expect(byType).toEqual([
      { problemType: 'fees', decided: 8, wrong: 1, missed: 2, precision: 6 / 7, recall: 6 / 8 },
      { problemType: 'app-bug', decided: 2, wrong: 2, missed: 1, precision: 1 / 3, recall: 1 / 2 },
    ]);
    expect(mixedUp.map(({ count }) => count)).toEqual([2, 1]);
  });

  it('never leaves the range from none to all', () => {
    const type = fc.constantFrom('a', 'b', 'c');
    const rows = fc.array(fc.record({ problemType: type, posted: fc.nat(9), dismissed: fc.nat(9) }));
    const corrections = fc.array(fc.record({ from: type, to: type, count: fc.integer({ min: 1, max: 20 }) }));
    fc.assert(
      fc.property(rows, corrections, (some, others) => {
        for (const { precision = 0, recall = 0 } of qualityOf(some, others).byType) {
          for (const share of [precision, recall]) expect(share >= 0 && share <= 1).toBe(true);
        }
      }),
    );
  });
});
