import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { letterKeys } from '../../../stages/review/letter-keys.ts';
import { snoozeTimes } from './draft/menus/snooze-times.ts';
import { safeHref } from './mention/author.ts';
import { snippet } from './queue/snippet.ts';
import { pathOf } from './report/chart/lines.tsx';
import { axisEnd, labelled } from './report/chart/scale.ts';
import { seriesOf } from './report/series.ts';
import { sumBy } from './report/sums.ts';
import { hrefOf, parseRoute } from './router.ts';
import { fieldsOf, optionsOf, textsOf } from './sources/fields.ts';

describe('addresses', () => {
  test('say where one is, and are read back the same', () => {
    const id = fc.stringMatching(/^[0-9a-z]{16}$/);
    fc.assert(
      fc.property(id, fc.string({ minLength: 1, maxLength: 60 }), (mention, search) => {
        const route = {
          page: 'inbox' as const,
          view: 'urgent' as const,
          id: mention,
          filters: { search: search.toWellFormed() },
        };
        expect(parseRoute(hrefOf(route))).toEqual(route);
      }),
    );
    for (const href of ['#/sources', '#/sources/add/', '#/sources/add/feed', '#/sources/edit/my-forum', '#/report'])
      expect(hrefOf(parseRoute(href))).toBe(href);
  });

  test('that make no sense lead to the waiting queue', () => {
    fc.assert(fc.property(fc.string(), (hash) => void parseRoute(hash)));
    expect(parseRoute('#/nowhere/%E0%A4%A')).toMatchObject({ page: 'inbox', view: 'waiting' });
  });
});

test('only addresses of the web are links', () => {
  expect(safeHref('https://forum.example/1')).toBe('https://forum.example/1');
  for (const bad of [
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    'data:text/html,x',
    '//x',
    'file:///etc/passwd',
    '',
    undefined,
  ])
    expect(safeHref(bad)).toBeUndefined();
});

describe('letters for problem types', () => {
  test('are each used once, and are the first letter where that is free', () => {
    const keys = letterKeys(['account-locked', 'app-bug', 'fees', 'funds-safety', 'top-up-failed', 'transfer-failed']);
    expect(Object.fromEntries(keys)).toMatchObject({
      'account-locked': 'a',
      fees: 'f',
      'top-up-failed': 't',
      'app-bug': 'b',
    });
    expect(new Set(keys.values()).size).toBe(keys.size);
  });

  test('are there for any 34 types', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9-]{0,12}$/), { maxLength: 34 }), (ids) => {
        const keys = letterKeys(ids);
        expect(new Set(keys.values()).size).toBe(ids.length);
      }),
    );
  });
});

test('snooze times lie in the future, in order, and begin days at nine', () => {
  for (let day = 1; day <= 7; day++) {
    const now = new Date(2026, 10, day, 22, 15);
    const times = snoozeTimes(now);
    const untils = times.map(({ until }) => until);
    expect(Math.min(...untils)).toBeGreaterThan(now.getTime());
    expect(new Set(untils).size).toBe(untils.length);
    for (const { id, until } of times.slice(2)) expect([id, new Date(until).getHours()]).toEqual([id, 9]);
    const monday = times.find(({ id }) => id === 'monday');
    if (monday) expect(new Date(monday.until).getDay()).toBe(1);
  }
});

test('a snippet is one line, shows the word that was searched, and never half a character', () => {
  expect(snippet('one\n two\t three')).toBe('one two three');
  expect(snippet(`${'很'.repeat(100)}验证码没收到`, '验证码')).toContain('验证码');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (text, word) => {
      expect(snippet(text.repeat(9), word)).not.toMatch(/^…?[\udc00-\udfff]/);
    }),
  );
});

describe('a settings form', () => {
  const fields = fieldsOf({
    type: 'object',
    required: ['urls', 'size'],
    properties: {
      urls: { type: 'array', items: { type: 'string' }, description: 'Addresses.' },
      size: { type: 'integer', default: 10, minimum: 1, maximum: 50 },
      kind: { enum: ['rss', 'atom'] },
      columns: { type: 'object', additionalProperties: { type: 'string' } },
      strict: { type: 'boolean', default: false },
      odd: { anyOf: [{ type: 'string' }, { type: 'number' }] },
    },
  });

  test('has the right control for each option, and asks only for what has no default', () => {
    expect(fields.map(({ name, kind, required }) => [name, kind, required])).toEqual([
      ['urls', 'lines', true],
      ['size', 'number', false],
      ['kind', 'choice', false],
      ['columns', 'pairs', false],
      ['strict', 'switch', false],
      ['odd', 'json', false],
    ]);
  });

  test('sends what was filled in, as the type it has, and leaves defaults to the server', () => {
    const texts = {
      urls: 'https://a.example\n\n https://b.example ',
      columns: 'text = body\nauthor=user',
      strict: 'true',
      odd: '[1]',
    };
    expect(optionsOf(fields, texts)).toEqual({
      urls: ['https://a.example', 'https://b.example'],
      columns: { text: 'body', author: 'user' },
      strict: true,
      odd: [1],
    });
    expect(() => optionsOf(fields, { odd: '{' })).toThrow(/^odd: /);
  });

  test('sends what was offered and left as it was, and not what the connector takes anyway', () => {
    const searches = { type: 'array', items: { type: 'string' }, default: [] };
    const form = fieldsOf({
      type: 'object',
      properties: { searches: { ...searches, examples: [['OKPay', 'OK支付']] } },
    });
    expect(form[0]?.start).toBe('OKPay\nOK支付');
    expect(optionsOf(form, {})).toEqual({ searches: ['OKPay', 'OK支付'] });
    expect(optionsOf(form, { searches: '' })).toEqual({});
  });

  test('shows what was set, and sends the same again', () => {
    const options = { urls: ['https://a.example'], size: 20, columns: { text: 'body' }, odd: [1] };
    expect(optionsOf(fields, textsOf(fields, options))).toEqual(options);
    expect(textsOf(fields, {})).toMatchObject({ size: '10', strict: 'false', urls: '' });
  });
});

describe('the report', () => {
  const row = (day: number, problemType: string, heard: number) => ({
    day: day * 86_400_000,
    problemType,
    source: 's',
    lang: 'en',
    heard,
    posted: 0,
    dismissed: 1,
    solved: heard,
    unsolved: 0,
    cameBack: 0,
  });

  test('adds up, the most first', () => {
    const rows = [row(1, 'fees', 2), row(4, 'fees', 3), row(4, 'praise', 9)];
    expect(sumBy(rows, ({ problemType }) => problemType)).toEqual([
      { key: 'praise', heard: 9, posted: 0, dismissed: 1, solved: 9, unsolved: 0, cameBack: 0 },
      { key: 'fees', heard: 5, posted: 0, dismissed: 2, solved: 5, unsolved: 0, cameBack: 0 },
    ]);
  });

  test('shows days on which nothing happened, and the rest as one', () => {
    const many = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((type, n) => row(1, type, 9 - n));
    const { keys, steps } = seriesOf(
      { rows: [...many, row(4, 'a', 3)], from: 86_400_000, to: 4.5 * 86_400_000, days: 1 },
      'problemType',
    );
    expect(keys).toEqual(['a', 'b', 'c', 'd', 'e', undefined]);
    expect(steps.map(({ parts }) => parts)).toEqual([
      [9, 8, 7, 6, 5, 9],
      [0, 0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0, 0],
      [3, 0, 0, 0, 0, 0],
    ]);
  });

  test('loses no mention, in days or in weeks', () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: 1, max: 120 }), fc.constantFrom(...'abcdefghij'), fc.nat(9)));
    fc.assert(
      fc.property(rows, fc.integer({ min: 120, max: 200 }), fc.constantFrom(1, 7), (all, last, days) => {
        const { steps } = seriesOf(
          {
            rows: all.map(([day, type, heard]) => row(day, type, heard)),
            ...{ from: 86_400_000, to: (last + 1) * 86_400_000, days },
          },
          'problemType',
        );
        const shown = steps.flatMap(({ parts }) => parts).reduce((sum, part) => sum + part, 0);
        expect(shown).toBe(all.reduce((sum, [, , heard]) => sum + heard, 0));
      }),
    );
  });

  test('draws on round axes, with gaps where there is nothing', () => {
    expect([0, 1, 3, 11, 20, 99, 501].map(axisEnd)).toEqual([1, 1, 5, 20, 20, 100, 1000]);
    expect(labelled(90, 4)).toEqual([0, 30, 59, 89]);
    expect(pathOf([5, 10, undefined, 0, undefined], 10)).toBe('M0.5 50L1.5 0M3.5 100h0');
  });
});
