import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { templatesWith } from '../../src/parts/team-templates.ts';
import { ROOT } from '../../src/settings.ts';
import { loadTemplates, type Template, withOwn } from '../../src/stages/draft/index.ts';

let shipped: Template[];
const find = (all: readonly Template[], id: string) => all.find((template) => template.id === id);
beforeAll(async () => {
  shipped = await loadTemplates(join(ROOT, 'templates'));
});

describe('what a team changes about the templates', () => {
  test('replaces the words and leaves the rest as it came; both languages must be read side by side again', () => {
    const all = withOwn(shipped, [{ id: 'fees/en', text: '{{greeting}}\n\nFees of {{product}} stand in the app.\n' }]);
    const [was, is, twin] = [find(shipped, 'fees/en'), find(all, 'fees/en'), find(all, 'fees/zh-Hans')];
    expect(is).toMatchObject({ text: '{{greeting}}\n\nFees of {{product}} stand in the app.', title: was?.title });
    expect(is?.version).not.toBe(was?.version);
    expect(is?.neverFor).toEqual(was?.neverFor);
    expect(twin?.stale).toContain(`twin: '${is?.version}'`);
    const read = withOwn(shipped, [
      { id: 'fees/en', text: '{{greeting}}\n\nFees of {{product}} stand in the app.' },
      { id: 'fees/zh-Hans', twin: is?.version ?? '' },
    ]);
    expect(find(read, 'fees/zh-Hans')?.stale).toBeUndefined();
  });

  test('may be a new pair, kept from the same mentions as its neighbours', () => {
    const all = withOwn(shipped, [
      { id: 'fees/en.7', title: 'Ours', text: '{{greeting}} See the app.' },
      { id: 'fees/zh-Hans.7', text: '{{greeting}}请看应用。' },
    ]);
    expect(find(all, 'fees/en.7')).toMatchObject({
      title: 'Ours',
      platforms: ['any'],
      languages: ['en'],
      problemTypes: ['fees'],
      neverFor: find(shipped, 'fees/en')?.neverFor,
    });
    expect(find(all, 'fees/zh-Hans.7')?.languages).toEqual(['zh-Hans', 'zh-Hant']);
  });

  test('takes a template out of use, but not the last one that a bare workspace could answer with', () => {
    expect(find(withOwn(shipped, [{ id: 'fees/en.2.twitter', off: true }]), 'fees/en.2.twitter')).toBeUndefined();
    const bare = shipped.filter(
      ({ id, needs }) => id.startsWith('fees/en') && needs.every((name) => name === 'product' || name === 'greeting'),
    );
    expect(() =>
      withOwn(
        shipped,
        bare.map(({ id }) => ({ id, off: true })),
      ),
    ).toThrow(/could not answer/);
  });

  test.each([
    [{ id: 'fees/en', text: 'Write to {{nobody}}.' }, /\{\{nobody\}\} is no known name/],
    [{ id: 'fees/en', text: 'A {brace}.' }, /Braces must be double/],
    [{ id: 'fees/en', text: '  ' }, /no text/],
    [{ id: 'fees/en.9', text: 'Alone.' }, /twin fees\/zh-Hans\.9 is missing/],
    [{ id: 'fees/en', neverFor: ['scamm'] }, /"scamm", which is neither/],
  ])('%j is refused', (own, why) => {
    expect(() => withOwn(shipped, [own])).toThrow(why);
    const stamp = { by: 'Mei', at: '2026-11-27T00:00:00Z', off: false, declined: [] };
    // Written by hand into the settings, it is told and not used; what came along still answers.
    expect(templatesWith(shipped, { templates: [{ ...own, ...stamp }] })).toEqual({
      all: shipped,
      problem: expect.stringMatching(why),
    });
  });
});
