import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TemplateUse } from '../../src/core/ports.ts';
import { bestFirst, rateFor, surelyAtLeast } from '../../src/core/template-rates.ts';

const at = { problemType: 'fees', lang: 'en', platform: 'reddit' };
const use = (template: string, unedited: number, approved: number, over: Partial<TemplateUse> = {}): TemplateUse => ({
  ...{ template, ...at, approved, unedited },
  ...over,
});

test('a share counts for as much as a sample of its size leaves sure: three of three are less than 40 of 44', () => {
  expect(surelyAtLeast(3, 3)).toBeCloseTo(0.438, 3);
  expect(surelyAtLeast(40, 44)).toBeCloseTo(0.788, 3);
  expect(surelyAtLeast(0, 0)).toBe(0);
  const sample = fc.tuple(fc.nat(500), fc.nat(500)).map(([hits, missed]) => [hits, hits + missed + 1] as const);
  fc.assert(
    fc.property(sample, ([hits, of]) => {
      const sure = surelyAtLeast(hits, of);
      expect(sure).toBeGreaterThanOrEqual(0);
      expect(sure).toBeLessThanOrEqual(hits / of);
      expect(surelyAtLeast(hits + 1, of + 1)).toBeGreaterThan(sure);
      expect(surelyAtLeast(hits * 10, of * 10)).toBeGreaterThanOrEqual(sure);
    }),
  );
});

test('a template is rated over replies like this one where there are enough, else over its type and language, else over all', () => {
  const uses = [
    use('fees/en', 4, 5),
    use('fees/en', 1, 5, { platform: 'twitter' }),
    use('fees/en.2', 4, 4),
    use('fees/en.2', 1, 1, { platform: 'twitter' }),
    use('fees/en.3', 1, 1, { problemType: 'other' }),
    use('fees/en.3', 2, 3, { lang: 'zh-Hans' }),
  ];
  expect(rateFor(uses, 'fees/en', at)).toMatchObject({ approved: 5, unedited: 4, over: 'here' });
  expect(rateFor(uses, 'fees/en.2', at)).toMatchObject({ approved: 5, unedited: 5, over: 'type' });
  expect(rateFor(uses, 'fees/en.3', at)).toMatchObject({ approved: 4, unedited: 3, over: 'all' });
  expect(rateFor(uses, 'fees/en')).toMatchObject({ approved: 10, unedited: 5, over: 'all' });
  expect(rateFor(uses, 'never', at)).toBeUndefined();
});

test('the best rated of a problem type comes first, the types stay in order, and what nobody approved stays behind', () => {
  const uses = [use('fees/en', 1, 9), use('fees/en.2', 3, 3), use('fees/en.4', 40, 44), use('other/en.2', 9, 9)];
  const ids = ['fees/en', 'fees/en.2', 'fees/en.3', 'fees/en.4', 'other/en', 'other/en.2'];
  expect(
    bestFirst(
      ids.map((id) => ({ id })),
      uses,
      at,
    ).map(({ id }) => id),
  ).toEqual(['fees/en.4', 'fees/en.2', 'fees/en', 'fees/en.3', 'other/en.2', 'other/en']);
  expect(bestFirst([{ id: 'fees/en.3' }, { id: 'fees/en' }], [], at).map(({ id }) => id)).toEqual([
    'fees/en.3',
    'fees/en',
  ]);
});
