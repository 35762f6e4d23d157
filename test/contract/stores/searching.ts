import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../../src/core/ports.ts';
import { assessment, type EngineUnderTest, found, fresh, page } from './support.ts';

const TEXTS: Record<string, string> = {
  zh: '昨天充值500元一直没到账，客服也不回复',
  en: "My withdrawal is stuck. I can't reach support!",
  mixed: '我的ABC钱包 transfer failed 三天了',
  traditional: '帳戶被鎖定',
  wide: 'ＦＵＬＬ width ｶﾀｶﾅ café',
  hidden: 'pass\u200bword res\u00adet',
  signs: '*** "quoted" AND (NEAR) text:author -minus ^hat',
};

export function searching(engine: EngineUnderTest): void {
  let place: Awaited<ReturnType<typeof fresh>>;
  let store: Store;
  beforeEach(async () => {
    place = await fresh(engine);
    store = place.store;
    await store.savePage(
      page(Object.entries(TEXTS).map(([nativeId, text]) => found(nativeId, { text, author: { id: nativeId } }))),
    );
  });
  afterEach(() => place.done());

  const search = async (query: string) =>
    (await store.queue({ search: query, limit: 50 })).rows.map(({ mention }) => mention.nativeId).sort();

  it.each([
    ['充值', ['zh']],
    ['值', ['zh']],
    ['包', ['mixed']],
    ['了', ['mixed']],
    ['没到账', ['zh']],
    ['充值 客服', ['zh']],
    ['充值 transfer', []],
    ['账到', []],
    ['500', ['zh']],
    ['钱包 transfer', ['mixed']],
    ['abc钱包', ['mixed']],
    ['WITHDRAWAL', ['en']],
    ['withdr', ['en']],
    ['withdr stuck', []],
    ['stuck withdr', ['en']],
    ["can't", ['en']],
    ['failed 三天', ['mixed']],
    ['full', ['wide']],
    ['カタカナ', ['wide']],
    ['cafe\u0301', ['wide']],
    ['password reset', ['hidden']],
    ['鎖定', ['traditional']],
    ['锁定', []],
    ['near', ['signs']],
    ['  ', Object.keys(TEXTS).sort()],
    ['', Object.keys(TEXTS).sort()],
    ['?!…', []],
  ])('%j finds %j', async (query, expected) => {
    expect(await search(query)).toEqual(expected);
  });

  it('finds authors by handle and by name, and mixes no word of one with the other', async () => {
    await store.savePage(
      page([found('by', { author: { id: '9', handle: '@pay_helper', name: '王小明' }, text: '你好' })]),
    );
    expect(await search('pay_helper')).toEqual(['by']);
    expect(await search('小明')).toEqual(['by']);
    expect(await search('你好 王')).toEqual(['by']);
    expect(await search('好王')).toEqual([]);
  });

  it('obeys the other filters and both orders, page by page', async () => {
    const items = Array.from({ length: 25 }, (_, i) => found(`q${i}`, { text: `退款 refund ${i}` }));
    const { added } = await store.savePage(page(items, { source: 'forum-2' }));
    await store.saveAssessments([
      { id: added[3] as string, version: 1, assessment: assessment({ priority: 'urgent' }) },
    ]);
    for (const order of ['urgency', 'newest'] as const) {
      const met: string[] = [];
      let after: string | undefined;
      do {
        const { rows, next } = await store.queue({
          search: '退款',
          order,
          limit: 10,
          sources: ['forum-2'],
          ...(after && { after }),
        });
        met.push(...rows.map(({ mention }) => mention.nativeId));
        after = next;
      } while (after);
      expect(met).toHaveLength(25);
      expect(new Set(met).size).toBe(25);
      if (order === 'urgency') expect(met[0]).toBe('q3');
    }
    expect((await store.queue({ search: '退款', sources: ['forum-1'], limit: 5 })).rows).toEqual([]);
  });

  describe('survives every query', () => {
    it.each([
      '"',
      '""',
      '*',
      'a*',
      '^a',
      'NEAR(a b)',
      'a AND',
      'OR',
      'NOT',
      '(',
      ')',
      'text:',
      '{text author}:x',
      'a + b',
      '-a',
      "'; drop table mention",
      '\0',
      'a\0b',
      '\ud83d',
      '\u202E',
      '%',
      '_',
      '\\',
      'é'.repeat(10_000),
      'word '.repeat(2_000),
      '钱'.repeat(10_000),
      '😡',
    ])('%j', async (query) => {
      await expect(search(query)).resolves.toBeInstanceOf(Array);
    });

    it('whatever it is', async () => {
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 40 }), async (query) => {
          await search(query);
        }),
        { numRuns: 200 },
      );
    });
  });

  it('finds a text by every piece of one to six Chinese characters', async () => {
    const han = fc.integer({ min: 0x4e00, max: 0x9fff }).map((code) => String.fromCodePoint(code));
    const rare = fc.integer({ min: 0x20000, max: 0x2a6df }).map((code) => String.fromCodePoint(code));
    const text = fc
      .array(
        fc.oneof({ weight: 12, arbitrary: han }, { weight: 1, arbitrary: rare }, fc.constantFrom(' ', '，', 'ok', '5')),
        {
          minLength: 1,
          maxLength: 25,
        },
      )
      .map((parts) => parts.join(''));
    let n = 0;
    await fc.assert(
      fc.asyncProperty(text, fc.nat(), fc.integer({ min: 1, max: 6 }), async (whole, at, length) => {
        n += 1;
        await store.savePage(page([found(`p${n}`, { text: whole })]));
        const runs = whole.match(/\p{Script=Han}+/gu) ?? [];
        for (const run of runs) {
          const characters = [...run];
          const start = at % characters.length;
          const piece = characters.slice(start, start + length).join('');
          expect(await search(piece), `${piece} in ${whole}`).toContain(`p${n}`);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('finds nothing by a pair that does not occur', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('钱', '包', '到', '账'), { minLength: 1, maxLength: 6 }),
        async (characters) => {
          const query = characters.join('');
          const expected = Object.keys(TEXTS).filter((name) => TEXTS[name]?.includes(query));
          expect(await search(query)).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });
}
