import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CHECK_ADVICE, CHECK_NAMES } from '../../../../core/checks.ts';
import { STATES } from '../../../../core/moves.ts';
import { SENTENCES } from '../../../../core/reasons.ts';
import { ROOT } from '../../../../settings.ts';
import { GUARD_RAILS } from '../../../../stages/draft/index.ts';
import { OWN_CHECKS } from '../../../../stages/review/index.ts';
import { en } from './en.ts';
import { makeFormat } from './format.ts';
import { zhHans } from './zh-hans.ts';
import { zhHant } from './zh-hant.ts';

/** Every sentence of a set of words, by where it stands. */
function sentences(words: object, path = ''): [string, string][] {
  return Object.entries(words).flatMap(([name, value]) => {
    const at = `${path}${name}`;
    if (typeof value === 'string') return [[at, value] as [string, string]];
    // Counts differ from names only in how they are put in.
    if (typeof value === 'function') return [[at, String((value as (...all: unknown[]) => string)('3', '3'))]];
    return sentences(value as object, `${at}.`);
  });
}

/** Names, signs and examples that are the same everywhere. */
const SAME = /^(appName|languagesShort\.(en|other)|draft\.(length|in)|act\.postedUrlHint)/;

/** With those that Discord says, too. */
const hans = { ...zhHans, checks: CHECK_NAMES['zh-Hans'], checkAdvice: CHECK_ADVICE['zh-Hans'] };
const hant = { ...zhHant, checks: CHECK_NAMES['zh-Hant'], checkAdvice: CHECK_ADVICE['zh-Hant'] };

describe.each([
  ['zh-Hans', hans],
  ['zh-Hant', hant],
])('the words in %s', (_, words) => {
  test('leave nothing in English', () => {
    const left = sentences(words).filter(([at, text]) => !SAME.test(at) && !/\p{Script=Han}/u.test(text));
    expect(left).toEqual([]);
  });

  test('name each guard rail, each state and each step of a mention’s history', () => {
    expect(Object.keys(words.checks).sort()).toEqual([...GUARD_RAILS.map(({ name }) => name), ...OWN_CHECKS].sort());
    expect(Object.keys(CHECK_NAMES.en).sort()).toEqual(Object.keys(words.checks).sort());
    expect(Object.keys(words.checkAdvice).sort()).toEqual(Object.keys(words.checks).sort());
    expect(Object.keys(words.states).sort()).toEqual([...STATES].sort());
    expect(Object.keys(words.actions).sort()).toEqual(Object.keys(en.actions).sort());
  });
});

test('simplified words hold no traditional characters, and the other way round', () => {
  const text = (words: object) =>
    sentences(words)
      .map(([, sentence]) => sentence)
      .join('');
  expect(text({ ...hans, languagesShort: {}, languages: {} })).not.toMatch(
    /[這們來時間問題類發帳戶體網頁設選擇確認處]/u,
  );
  expect(text({ ...hant, languagesShort: {}, languages: {} })).not.toMatch(
    /[这们来时间问题类发帐户体网页设选择确认处]/u,
  );
});

test('every reason of the lexicon can be read in Chinese', () => {
  const folder = join(ROOT, 'data/lexicon');
  const reasons = readdirSync(folder).flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/^ +reason: (.+)$/gm)].map(([, reason]) => reason ?? ''),
  );
  expect(reasons.length).toBeGreaterThan(10);
  expect(reasons.filter((reason) => !SENTENCES[reason])).toEqual([]);
});

describe('dates and numbers', () => {
  const now = Date.UTC(2026, 10, 23, 12);
  test('are written as the language writes them', () => {
    expect(makeFormat('en').ago(now - 3 * 60_000, now)).toBe('3m ago');
    expect(makeFormat('zh-Hans').ago(now - 3 * 60_000, now)).toBe('3分钟前');
    expect(makeFormat('zh-Hant').ago(now - 2 * 3_600_000, now)).toBe('2 小時前');
    expect(makeFormat('en').list(['Mei', 'Lin'])).toBe('Mei and Lin');
  });

  test('survive clocks that are wrong', () => {
    expect(makeFormat('en').ago(now + 60_000, now)).toBe('0m ago');
    for (const at of [Number.NaN, 1e300, Number.POSITIVE_INFINITY]) {
      expect(makeFormat('en').ago(at, now)).toBe('');
      expect(makeFormat('en').dateTime(at)).toBe('');
    }
  });
});
