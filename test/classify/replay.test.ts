import { expect, test } from 'vitest';
import type { Assessment } from '../../src/core/nouns.ts';
import { differenceOf, type Outcome } from '../../src/parts/replay-difference.ts';

const outcome = (over: Partial<Assessment>, template?: string, text = template): Outcome => ({
  assessment: { problemType: 'fees', priority: 'normal', unsure: false, scam: 0, ...over } as Assessment,
  draft: template === undefined ? undefined : { text: text as string, template: { id: template, version: '1' } },
});

test('a replay counts what each problem type would gain and lose, and names the most serious changes first', () => {
  const same = outcome({}, 'fees/en');
  const difference = differenceOf([
    { id: 'same', before: same, after: same },
    { id: 'words', before: same, after: outcome({}, 'fees/en', 'other words') },
    { id: 'type', before: same, after: outcome({ problemType: 'praise' }, 'praise/en') },
    { id: 'back', before: outcome({ problemType: 'praise' }), after: outcome({ unsure: true, scam: 0.7 }, 'fees/en') },
    { id: 'calm', before: outcome({ priority: 'urgent' }, 'fees/en'), after: outcome({ priority: 'high' }) },
    { id: 'alarm', before: same, after: outcome({ priority: 'urgent' }, 'fees/en') },
  ]);
  expect(difference).toMatchObject({
    mentions: 6,
    types: [
      { type: 'fees', gained: 1, lost: 1 },
      { type: 'praise', gained: 1, lost: 1 },
    ],
    retagged: { n: 2 },
    priority: { n: 2, newlyUrgent: 1, noLongerUrgent: 1 },
    unsure: { gained: 1, lost: 0 },
    scam: { gained: 1, lost: 0 },
    drafts: { changed: 4, otherTemplate: 1, gained: 1, lost: 1 },
  });
  expect(difference.changed.map(({ id }) => id)).toEqual(['calm', 'alarm', 'type', 'back', 'words']);
  expect(difference.changed[2]).toEqual({
    id: 'type',
    problemType: ['fees', 'praise'],
    template: ['fees/en', 'praise/en'],
    draft: true,
    words: ['fees/en', 'praise/en'],
  });
});
