import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cover, coverSeen, LOOKED_AT } from '../src/core/cover.ts';
import type { PersonalSpan } from '../src/core/nouns.ts';
import { mention } from './draft/helpers.ts';

const kind = 'phone';

it('covers each span unit for unit, and shows the last two signs of a long one', () => {
  expect(cover('call 13800138000 now', [{ kind, start: 5, end: 16 }])).toBe('call •••••••••00 now');
  expect(cover('code 123456', [{ kind, start: 5, end: 11 }])).toBe('code ••••••');
});

it('shows nothing that was not looked at', () => {
  const text = `${'x'.repeat(LOOKED_AT)}4111 1111 1111 1111`;
  const shown = coverSeen({ mention: mention({ text }) }, () => []).mention.text;
  expect(shown).toBe(`${'x'.repeat(LOOKED_AT)}…`);
});

it('keeps every offset, and everything outside the spans, whatever the spans are', () => {
  const spans = fc.array(fc.tuple(fc.nat(60), fc.nat(60)), { maxLength: 6 });
  fc.assert(
    fc.property(fc.string({ maxLength: 50, unit: 'binary' }), spans, (text, edges) => {
      const sorted: PersonalSpan[] = edges
        .map(([a, b]) => ({ kind, start: Math.min(a, b), end: Math.max(a, b) }) as const)
        .sort((a, b) => a.start - b.start);
      const covered = cover(text, sorted);
      expect(covered).toHaveLength(text.length);
      for (let at = 0; at < text.length; at += 1) {
        if (!sorted.some(({ start, end }) => start <= at && at < end)) expect(covered[at]).toBe(text[at]);
      }
    }),
  );
});

it('leaves out how to answer: that is between the connector and its platform, and may hold an address', () => {
  const shown = coverSeen({ mention: mention({ replyRef: '{"email":"mei@example.org"}' }) }, () => []);
  expect(shown.mention).not.toHaveProperty('replyRef');
});
