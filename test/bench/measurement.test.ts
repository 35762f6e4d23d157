import { expect, it } from 'vitest';
import { jsonOf, type Measurement, tableOf } from './measurement.ts';
import { measured } from './times.ts';

const one = (name: string, engine: string, n: number, p50: number, p99 = p50, unit = 'ms'): Measurement => ({
  ...{ name, engine, n, p50, p99, unit },
});
const words = (line: string | undefined) => line?.trim().split(/\s{2,}/);

it('all figures stand in one table: by unit, both engines below each other, a column for each size', () => {
  const lines = tableOf([
    one('approve', 'SQLite', 1_000, 3.987, 12.44),
    one('memory', 'SQLite', 1_000, 181.4, 181.4, 'MB RSS'),
    one('approve', 'PostgreSQL', 1_000, 14.53, 74.3),
    one('approve', 'SQLite', 1_000_000, 0.0467, 1_560),
    one('memory', 'SQLite', 1_000_000, 182, 182, 'MB RSS'),
    one('pipeline', 'SQLite', 1_000, 6_517, 6_517, 'mentions/s'),
  ]).split('\n');
  expect(lines.map(words)).toEqual([
    ['1,000', '1,000,000'],
    [''],
    ['Mentions a second: more is better'],
    ['pipeline', 'SQLite', '6,517'],
    [''],
    ['Milliseconds: less is better'],
    ['approve', 'SQLite', '4 / 12.4', '0.047 / 1,560'],
    ['PostgreSQL', '14.5 / 74.3'],
    [''],
    ['Memory in MB: less is better'],
    ['memory', 'SQLite', '181', '182'],
  ]);
});

it('of many times it says what one in twenty exceeds, to people and not to programs, whose fields are fixed', () => {
  const hundred = measured(
    'approve',
    'SQLite',
    1_000,
    Array.from({ length: 100 }, (_, at) => 100 - at),
  );
  expect(tableOf([hundred]).split('\n').map(words).at(-1)).toEqual([
    'approve',
    'SQLite',
    '51 / 96 / 100',
    'with 1,000',
  ]);
  expect(jsonOf(hundred)).toBe('{"name":"approve","engine":"SQLite","n":1000,"p50":51,"p99":100,"unit":"ms"}');
});

it('a space stands between two columns, however long a name or a figure is', () => {
  const name = 'search newest, the same word among what was closed a year ago';
  const long = { ...one(name, 'PostgreSQL', 1_000, 123_456, 1_234_567), p95: 234_567 };
  const lines = tableOf([long, { ...long, n: 1_000_000 }]).split('\n');
  const figures = '123,456 / 234,567 / 1,234,567';
  expect(lines.map(words).at(-1)).toEqual([name, 'PostgreSQL', figures, figures]);
});

it('what was measured at one size alone says at which', () => {
  expect(
    tableOf([one('until the page is there', 'none', 100_000, 250, 300)])
      .split('\n')
      .map(words)
      .at(-1),
  ).toEqual(['until the page is there', '250 / 300', 'with 100,000']);
});
