import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ConnectorError, type FailureKind } from '../../core/failures.ts';
import { mayPull, restUntil, stateAfter } from './back-off.ts';
import { tidy } from './tidy.ts';

const NOW = Date.UTC(2026, 10, 23);
const anyText = fc.string({ unit: fc.oneof(fc.constantFrom('\ud83d', '\udc00', '\0', '\u202e', '<'), fc.string()) });
const anyAddress = fc.oneof(
  fc.webUrl(),
  anyText,
  anyText.map((text) => `javascript:${text}`),
  fc.constantFrom('data:text/html,x', 'HTTPS://A.example/', ' https://a.example/'),
);

it('whatever a connector finds becomes something that every database takes and no browser runs', () => {
  fc.assert(
    fc.property(anyText, anyText, anyAddress, fc.double(), (text, name, address, time) => {
      const mention = tidy(
        {
          nativeId: 'n',
          author: { id: 'a', name, url: address },
          text,
          url: address,
          saidAt: time,
          permission: { how: 'never', why: name },
        },
        NOW,
      );
      expect(mention.text).toBe(text.replaceAll('\0', '').toWellFormed());
      expect(JSON.stringify(mention)).not.toMatch(/\\u0000|\\ud[89a-f]/i);
      for (const link of [mention.url, mention.author.url]) if (link) expect(link).toMatch(/^https?:/i);
      const { saidAt } = mention;
      if (saidAt !== undefined) expect(saidAt > 0 && saidAt <= NOW && Number.isInteger(saidAt)).toBe(true);
    }),
  );
});

it('what is not even an item is refused, never a crash of another kind', () => {
  fc.assert(
    fc.property(fc.anything(), (anything) => {
      expect(() => tidy(anything as never, NOW)).toThrow(/^(not an item|has no|does not say)/);
    }),
  );
});

const KINDS: FailureKind[] = [
  'rate-limited',
  'unavailable',
  'unauthorized',
  'rejected',
  'bad-shape',
  'unknown-outcome',
];

it('a rest lies ahead, within six hours, and ends', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...KINDS),
      fc.boolean(),
      fc.nat(10_000),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (kind, blocked, inARow, random) => {
        const failure = new ConnectorError(kind, 'x', { blocked });
        const until = restUntil(failure, inARow + 1, NOW, () => random);
        const state = stateAfter(failure);
        expect(until === undefined).toBe(state === 'unauthorized');
        if (until === undefined) return;
        expect(until).toBeGreaterThan(NOW);
        expect(until).toBeLessThanOrEqual(NOW + 6 * 3_600_000);
        const status = {
          source: 's',
          state,
          message: '',
          failuresInARow: inARow + 1,
          stored: 0,
          skipped: 0,
          until,
          lastTriedAt: NOW,
        };
        expect(mayPull(status, until - 1, false)).toBe(false);
        expect(mayPull(status, until, false)).toBe(true);
      },
    ),
  );
});
