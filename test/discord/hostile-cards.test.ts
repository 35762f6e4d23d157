import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderCard } from '../../src/surfaces/discord/card.ts';
import { customIdOf, readCustomId } from '../../src/surfaces/discord/custom-id.ts';
import { fits, literally } from '../../src/surfaces/discord/escape.ts';
import { wrongInMessage } from '../platforms/discord-forms.ts';
import { bench, cardOf, setUpServer, startCards } from './support.ts';

setUpServer();

describe('text from the internet', () => {
  const hostile =
    '@everyone <@123> [free money](https://evil.example) **bold** ||spoiler|| `code` <t:0:R> \u202egnp.exe https://evil.example # big\n> quote';

  it('is shown literally on a card: nothing to click, nobody pinged, nothing turned around', async () => {
    const { mention } = await bench.drafted({ text: hostile, author: { id: 'x', name: '**@everyone**\u202e' } });
    await (await startCards()).round();
    const { description } = cardOf(mention.id).embeds[0];
    expect(description).not.toMatch(/https?:/);
    expect(description).not.toContain('\u202e');
    expect(description).not.toMatch(/(?<!\\)[<@[*|`#]/);
    expect(description.replaceAll('\\', '')).toContain('@everyone <@123> [free money](https://evil.example) **bold**');
  });

  it('is escaped whole or not at all, and never longer than allowed', () => {
    const backwards = (shown: string) => shown.replace(/\\([^\p{L}\p{N}\s])/gu, '$1');
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.integer({ min: 10, max: 120 }), (text, max) => {
        const shown = literally(text, max);
        expect(shown.length).toBeLessThanOrEqual(max);
        expect(shown.isWellFormed()).toBe(true);
        expect(shown.match(/(?:^|[^\\])(?:\\\\)*\\$/)).toBeNull();
        if (fits(text, max) && !/[\p{Cc}\p{Cf}\p{Cs}\\]/u.test(text)) expect(backwards(shown)).toBe(text);
      }),
    );
  });

  it('of any length and kind makes a card that Discord takes, which cannot be signed unless it is shown whole', async () => {
    const { mention } = await bench.drafted();
    const seen = await bench.caseOf(mention.id);
    const view = {
      lang: 'en' as const,
      problemTypes: [],
      findPersonal: () => [],
      otherWords: () => ({}),
      accountOf: () => '@brand'.repeat(200),
    };
    const long = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 50 }),
      fc.constantFrom(hostile.repeat(200), '长'.repeat(9_000), '\ud800'),
    );
    fc.assert(
      fc.property(long, long, long, (text, draft, twin) => {
        const one = {
          ...seen.drafts[0],
          text: draft,
          twin,
          checks: [{ name: 'x', ok: true, why: '' }],
        } as (typeof seen.drafts)[0];
        const made = renderCard(
          { ...seen, mention: { ...seen.mention, text, place: text, author: { id: 'x', name: text } }, drafts: [one] },
          view,
        );
        expect(wrongInMessage(made)).toBeUndefined();
        const says = JSON.stringify(made.components);
        if (draft.length > 2_000) expect(says).not.toContain('approve');
      }),
      { numRuns: 50 },
    );
  });

  it('of 10 MB is cut like any other', () => {
    expect(literally('*'.repeat(10_000_000), 1_200)).toMatch(/^(?:\\\*){599}…$/);
  });

  it('is no button: what is not ours is not read', () => {
    fc.assert(fc.property(fc.string(), (text) => readCustomId(text) === undefined));
    const press = {
      action: 'approve' as const,
      mention: '0123456789abcdef',
      version: 3,
      revision: 2,
      seal: '0123456789ab',
    };
    expect(readCustomId(customIdOf(press))).toEqual(press);
    expect(readCustomId(customIdOf(press).replace('approve', 'toString'))).toBeUndefined();
    expect(customIdOf({ ...press, version: 999_999_999, revision: 999_999 }).length).toBeLessThanOrEqual(100);
  });
});
