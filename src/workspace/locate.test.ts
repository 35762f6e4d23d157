import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { difference } from './difference.ts';
import { locate, placeOf } from './locate.ts';

const parses = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('finding places in a JSON text', () => {
  it('agrees with JSON.parse on what is JSON', () => {
    const spoilt = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom(',', '"', '}', ']', '\n', '\\', '\u0001', '0', 'e', '', '\ufeff'))
      .map(([json, at, what]) => {
        const place = at % (json.length + 1);
        return json.slice(0, place) + what + json.slice(place + 1);
      });
    fc.assert(
      fc.property(fc.oneof(fc.json(), spoilt, fc.string()), (text) => {
        expect(locate(text).brokenAt === undefined).toBe(parses(text));
      }),
      { numRuns: 2_000 },
    );
  });

  it('knows where every value begins', () => {
    const name = fc.stringMatching(/^[a-z]{1,5}$/);
    const tree = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 4 }, fc.jsonValue({ maxDepth: 0 }), tie('list'), tie('object')),
      list: fc.array(tie('value')),
      object: fc.dictionary(name, tie('value')),
    })).value;
    fc.assert(
      fc.property(tree, fc.constantFrom(0, 1, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const { offsets } = locate(text);
        for (const [path, offset] of offsets) {
          const steps = path === '' ? [] : path.split('.');
          const there = steps.reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], JSON.parse(text));
          expect(text.slice(offset)).toMatch(new RegExp(`^${escaped(JSON.stringify(there)[0] ?? '')}`));
        }
      }),
    );
  });

  it('says where brackets go too deep, instead of running out of stack', () => {
    expect(locate('['.repeat(100_000)).brokenAt).toBe(101);
  });

  it('counts lines and columns from one', () => {
    expect(placeOf('{\n  "a": 1\n}', 4)).toEqual({ line: 2, column: 3 });
    expect(placeOf('', 0)).toEqual({ line: 1, column: 1 });
  });
});

const escaped = (character: string) => character.replace(/[[\]{}()\\.+*?^$|]/, '\\$&');

describe('the difference between two states', () => {
  it('is empty between equals, and only between equals', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (before, after) => {
        const copy = JSON.parse(JSON.stringify(before));
        expect(difference(copy, JSON.parse(JSON.stringify(copy)))).toEqual([]);
        const other = JSON.parse(JSON.stringify(after));
        if (difference(copy, other).length === 0) expect(other).toEqual(copy);
      }),
    );
  });

  it('names a source by its id, wherever it stands in the list', () => {
    const forum = { id: 'forum', enabled: true };
    const feed = { id: 'feed', enabled: true };
    expect(difference([forum, feed], [feed, { ...forum, enabled: false }])).toEqual([
      { path: 'forum.enabled', before: true, after: false },
    ]);
    expect(difference([forum], [forum, feed])).toEqual([{ path: 'feed', after: feed }]);
  });
});
