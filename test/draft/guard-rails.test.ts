import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkReply, GUARD_RAILS } from '../../src/stages/draft/index.ts';
import { cpuTime } from '../kit/cpu-time.ts';
import { BAD } from './bad-replies.ts';
import { GOOD } from './good-replies.ts';
import { anyText, BARE, FULL, failures, LONG, SHORT } from './helpers.ts';

/** Characters that only Traditional writing uses, as far as the sentences here go. */
const scriptOf = (text: string) =>
  /[請對預們錯誤題證訊應誰沒說]/u.test(text)
    ? ('zh-Hant' as const)
    : /\p{Script=Han}/u.test(text)
      ? ('zh-Hans' as const)
      : ('en' as const);

describe('guard rails let pass what a careful colleague writes', () => {
  it.each(GOOD)('%j', (text) => {
    expect(failures(text, { lang: scriptOf(text) })).toEqual([]);
  });
});

describe.each(Object.entries(BAD))('%s stops', (rail, texts) => {
  it.each(texts)('%j', (text) => {
    expect(failures(text, { lang: scriptOf(text) })).toContain(rail);
  });
});

describe('language', () => {
  const chinese = '请在应用内联系客服，说明时间和错误提示，谢谢您。';
  const traditional = '請在應用程式內聯絡客服，說明時間和錯誤提示，謝謝您。';
  const english = 'Please tell support in the app when it happened and what you saw.';

  it.each([
    [chinese, 'zh-Hans', true],
    [chinese, 'zh-Hant', false],
    [chinese, 'en', false],
    [traditional, 'zh-Hant', true],
    [traditional, 'zh-Hans', false],
    [english, 'en', true],
    [english, 'zh-Hans', false],
    [english, 'zh-Hant', false],
    ['Пожалуйста, напишите в поддержку в приложении.', 'en', false],
    ['サポートまでお問い合わせください、よろしくお願いいたします。', 'zh-Hans', false],
    ['OK', 'zh-Hans', true],
    ['请在 Lanternpay 的 App 里点 Me > Help > Feedback 反馈。', 'zh-Hans', true],
  ] as const)('%j answers somebody who writes %s: %s', (text, lang, fine) => {
    expect(failures(text, { lang }).includes('language')).toBe(!fine);
  });
});

describe('length', () => {
  it('counts as the platform counts', () => {
    expect(failures('好'.repeat(140), { limit: SHORT })).toEqual([]);
    expect(failures('好'.repeat(141), { limit: SHORT })).toEqual(['length']);
  });

  it('says by how much a text is too long', () => {
    const { checks, length } = checkReply({
      text: `${'word '.repeat(56)}!`,
      lang: 'en',
      facts: FULL,
      limit: SHORT,
      recent: [],
      theirs: [],
    });
    expect(length).toEqual({ used: 281, max: 280 });
    expect(checks.find(({ name }) => name === 'length')?.why).toContain('Shorten it by 1.');
  });

  it('refuses ten megabytes at once', async () => {
    const text = '请把验证码发给我们 '.repeat(1_000_000);
    expect(await cpuTime(() => expect(failures(text)).toContain('length'))).toBeLessThan(2000);
  });
});

describe('what was said before', () => {
  const said = 'Thank you for writing. Please tell support in the app when the top-up failed, and what you saw.';

  it.each([
    [said, true],
    [`  ${said.toUpperCase()}!!`, true],
    [said.replace('Thank you', 'Thanks'), true],
    ['Have you tried another card? Support in the app can follow the payment.', false],
    ['Thank you.', false],
  ])('%j is the same: %s', (text, same) => {
    expect(failures(text, { recent: [said] }).includes('not-repeated')).toBe(same);
  });

  it('reads Traditional and Simplified as the same words', () => {
    const recent = ['请在应用内联系客服，说明时间和错误提示，谢谢您。'];
    expect(failures('請在應用內聯繫客服，說明時間和錯誤提示，謝謝您。', { lang: 'zh-Hant', recent })).toContain(
      'not-repeated',
    );
  });
});

describe('personal data', () => {
  it('of the post is not repeated, however it was written', () => {
    expect(failures('We saw AB-1234 in your post.', { theirs: ['AB-1234'] })).toEqual(['no-personal-data']);
    expect(failures('We saw ab-1234 in your post.', { theirs: ['ＡＢ-1234'] })).toEqual(['no-personal-data']);
  });

  it('of the workspace itself may be said, but nothing that only looks like it', () => {
    expect(failures('Write to care@lanternpay.example, please.')).toEqual([]);
    expect(failures('Write to skincare@lanternpay.example, please.')).toEqual(['no-personal-data']);
    expect(failures('Write to care@lanternpay.example, please.', { facts: BARE })).toEqual(['no-personal-data']);
  });

  it('is no number that names nobody', () => {
    for (const text of [
      'It costs 1,234,567.89 at most.',
      'It was on 2026-11-23 at 14:30:05.',
      'Version 4.12.1 (build 4120).',
    ]) {
      expect(failures(text)).toEqual([]);
    }
  });
});

describe('links', () => {
  it('may go below an allowed path, not beside it', () => {
    expect(failures('See https://status.lanternpay.example/now/today for news.')).toEqual([]);
    expect(failures('See https://status.lanternpay.example/now?x=1 for news.')).toEqual([]);
    expect(failures('See https://status.lanternpay.example/now/../other for news.')).toEqual(['known-links']);
    expect(failures('See https://status.lanternpay.example/ for news.')).toEqual(['known-links']);
  });

  it('are none where a sentence merely has dots', () => {
    for (const text of [
      'It is v4.12.1, i.e. the newest.',
      'Wait...then try again.',
      'Tap Me...Help, e.g. on the phone.',
      '请看设置。然后重试。',
    ]) {
      expect(failures(text)).toEqual([]);
    }
  });
});

const anyReply = fc.oneof(
  anyText(400),
  fc.array(fc.constantFrom(...GOOD, ...Object.values(BAD).flat()), { maxLength: 5 }).map((parts) => parts.join(' ')),
  fc
    .array(
      fc.constantFrom(
        '密码',
        '发',
        '不要',
        '给我们',
        'send',
        'your',
        'code',
        'never',
        'https://',
        '@',
        '.',
        '{{',
        '\uD800',
        '\u202E',
        '我们会',
        '退款',
        'will',
        ' ',
        '，',
        '1',
      ),
      { maxLength: 60 },
    )
    .map((parts) => parts.join('')),
);

describe('what the team rules out', () => {
  const facts = { ...FULL, neverSay: ['sue', '系统维护', 'no worries'] };
  const stopped = (text: string) => failures(text, { lang: scriptOf(text), facts }).includes('nothing-ruled-out');

  it.each([
    'Please do not sue us.',
    'NO WORRIES, we look into it.',
    '目前系统维护，请稍后再试。',
    '目前系統維護，請稍後再試。',
    'Ｓｕｅ',
  ])('is found in %j', (text) => expect(stopped(text)).toBe(true));

  it.each(['We look into this issue.', 'Please pursue it in the app.', '请在应用内联系客服。'])(
    'is not seen in %j',
    (text) => expect(stopped(text)).toBe(false),
  );

  it('is found wherever it stands between other words', () => {
    fc.assert(
      fc.property(fc.subarray(GOOD.slice(0, 30)), fc.subarray(GOOD.slice(0, 30)), (before, after) => {
        expect(stopped([...before, 'No worries', ...after].join('\n'))).toBe(true);
      }),
    );
  });
});

describe('whatever the text', () => {
  it('every guard rail answers, says why when it fails, and answers the same again', () => {
    fc.assert(
      fc.property(anyReply, fc.constantFrom('en', 'zh-Hans', 'zh-Hant'), (text, lang) => {
        const reply = { text, lang, facts: FULL, limit: LONG, recent: [text.slice(3)], theirs: [] } as const;
        const first = checkReply(reply);
        expect(first.checks.map(({ name }) => name)).toEqual(GUARD_RAILS.map(({ name }) => name));
        for (const { ok, why } of first.checks) expect(ok).toBe(why === '');
        expect(checkReply(reply)).toEqual(first);
      }),
      { numRuns: 300 },
    );
  });

  it('a secret asked for is found anywhere between harmless sentences', () => {
    fc.assert(
      fc.property(
        fc.subarray(GOOD.slice(0, 30)),
        fc.constantFrom('Please send us your password.', 'We need your seed phrase to restore it.'),
        fc.subarray(GOOD.slice(0, 30)),
        (before, asked, after) => {
          expect(failures([...before, asked, ...after].join('\n'))).toContain('no-secret-asked');
        },
      ),
    );
  });

  it.each([
    'a',
    '1 ',
    '-',
    '.',
    'a.',
    'a@',
    '§',
    '§ ',
    'your ',
    'never send ',
    '密码',
    '发密码',
    '我们会',
    'we will ',
    '@ ',
    'https://a',
    '()',
    '\u0301',
    'code 1',
    ', ',
  ])('twenty thousand characters of %j take no time to speak of', async (piece) => {
    const text = piece.repeat(Math.floor(19_990 / piece.length));
    expect(await cpuTime(() => failures(text))).toBeLessThan(1500);
  });
});
