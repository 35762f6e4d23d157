import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findPersonal, maskPersonal } from '../../src/stages/classify/personal.ts';
import {
  isCardNumber,
  isHongKongIdentity,
  isIban,
  isMainlandIdentity,
  isSocialSecurityNumber,
  isTaiwanIdentity,
} from '../../src/stages/classify/validators.ts';
import { harmlessForms, personalForms } from './personal-forms.ts';
import { HOSTILE } from './shipped.ts';

const digits = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length });
const spaced = (number: string, gap: string) => number.match(/.{1,4}/g)?.join(gap) ?? number;

/** A number that passes Luhn, whatever digits came before its last. */
const card = fc.tuple(fc.constantFrom('4', '5', '62'), digits(14)).map(([first, rest]) => {
  const body = (first + rest).slice(0, 15);
  const check = [...'0123456789'].find((digit) => isLuhn(body + digit)) as string;
  return body + check;
});
const isLuhn = (number: string) =>
  [...number]
    .reverse()
    .reduce((sum, digit, i) => sum + (i % 2 ? ([0, 2, 4, 6, 8, 1, 3, 5, 7, 9][+digit] ?? 0) : +digit), 0) %
    10 ===
  0;

const identity = fc
  .tuple(
    fc.constantFrom('110105', '440305', '310101'),
    fc.date({ min: new Date('1950-01-01'), max: new Date('2010-01-01'), noInvalidDate: true }),
    digits(3),
  )
  .map(([area, born, order]) => {
    const body = area + born.toISOString().slice(0, 10).replaceAll('-', '') + order;
    return [...'0123456789X'].map((check) => body + check).find(isMainlandIdentity) as string;
  });
const mobile = fc.tuple(fc.constantFrom('13', '15', '17', '18', '19'), digits(9)).map(([plan, rest]) => plan + rest);

const around = fc.constantFrom(
  ['我的号码是', '，请帮我看看'],
  ['here it is: ', ' please check'],
  ['（', '）'],
  ['“', '”。'],
  ['', ''],
);

function finds(kind: string, text: string, value: string): void {
  const found = findPersonal(text).map((span) => [span.kind, text.slice(span.start, span.end)]);
  expect(found).toContainEqual([kind, value]);
}

describe('personal data is found', () => {
  test('card numbers, however they are spaced', () => {
    fc.assert(
      fc.property(card, fc.constantFrom('', ' ', '-', '\u200b'), around, (number, gap, [before, after]) => {
        const written = spaced(number, gap);
        finds('card-number', `${before}${written}${after}`, written);
      }),
    );
  });
  test('mainland identity numbers', () => {
    fc.assert(
      fc.property(identity, around, (number, [before, after]) =>
        finds('identity-number', `${before}${number}${after}`, number),
      ),
    );
  });
  test('mainland mobile numbers, with and without the country', () => {
    fc.assert(
      fc.property(mobile, fc.constantFrom('', '+86', '+86 ', '86-'), around, (number, country, [before, after]) =>
        finds('phone', `${before}${country}${number}${after}`, country + number),
      ),
    );
  });
  test.each([
    ['phone', 'call +44 20 7946 0958 now', '+44 20 7946 0958'],
    ['phone', 'call (212) 555-0147', '(212) 555-0147'],
    ['phone', '電話 0912-345-678 謝謝', '0912-345-678'],
    ['phone', 'whatsapp: 5512345678', '5512345678'],
    ['email', '发到jo.do+x@mail.example.com吧', 'jo.do+x@mail.example.com'],
    ['one-time-code', '验证码是482913，别告诉别人', '482913'],
    ['one-time-code', 'my OTP is 4829 right', '4829'],
    ['one-time-code', '482913 is your OKPay verification code', '482913'],
    ['one-time-code', 'ＯＴＰ：１２３４５６', '１２３４５６'],
    [
      'wallet-address',
      'sent to 0x52908400098527886E0F7030069857D2E4169EE7 ok',
      '0x52908400098527886E0F7030069857D2E4169EE7',
    ],
    ['wallet-address', 'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq', 'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq'],
    ['wallet-address', 'TRC20 TQn9Y2khEsLJW1ChVWFMSMeRDow5KcbLSE', 'TQn9Y2khEsLJW1ChVWFMSMeRDow5KcbLSE'],
    ['order-id', '订单号：AB20241122998877', 'AB20241122998877'],
    ['order-id', 'transaction id TX-99120-AB1 please', 'TX-99120-AB1'],
    ['order-id', '流水2024112222001412341234567890没到账', '2024112222001412341234567890'],
    ['identity-number', '身分證A123456789', 'A123456789'],
  ])('%s in %s', (kind, text, value) => finds(kind, text, value));

  test('seed phrases near a word for them', () => {
    const words = 'abandon ability able about above absent absorb abstract absurd abuse access accident';
    finds('seed-phrase', `seed phrase: ${words}`, words);
    expect(
      findPersonal('i absolutely loved every single minute spent waiting today because nothing ever works here'),
    ).toEqual([]);
  });
});

describe('generated sentences', () => {
  const forms = personalForms(4000, 20_26);
  const kinds = [...new Set(forms.map(({ kind }) => kind))];

  test.each(kinds)('%s: over 98 of 100 are covered, over 97 with exactly their own span', (kind) => {
    const own = forms.filter((form) => form.kind === kind);
    const missed = own.filter(({ text, value }) => {
      const at = text.indexOf(value);
      const inside = findPersonal(text).filter(({ start, end }) => start < at + value.length && at < end);
      return !inside.some(({ start, end }) => start <= at && at + value.length <= end);
    });
    const exact = own.filter(({ text, value }) =>
      findPersonal(text).some((span) => span.kind === kind && text.slice(span.start, span.end) === value),
    );
    expect(
      missed.length / own.length,
      missed
        .slice(0, 5)
        .map(({ text }) => text)
        .join('\n'),
    ).toBeLessThan(0.02);
    expect(exact.length / own.length).toBeGreaterThan(0.97);
  });

  test('masking leaves nothing of them, and is the same a second time', () => {
    for (const { text } of forms.slice(0, 1000)) {
      const masked = maskPersonal(text);
      expect(maskPersonal(masked), text).toBe(masked);
    }
  });

  test('no alarm at prices, dates, times, versions, round numbers, hotlines', () => {
    const alarms = harmlessForms(4000, 20_26).filter((text) => findPersonal(text).length > 0);
    expect(alarms).toEqual([]);
  });
});

describe('a seed phrase', () => {
  const phrase = 'legal winner thank year wave sausage worth useful legal winner thank yellow';
  const found = (text: string) => findPersonal(text).map(({ start, end }) => text.slice(start, end));
  test('is found without a word for it when its checksum is right, inside other words', () => {
    expect(found(`please help, ${phrase} thank you`)).toEqual([phrase]);
    expect(found(phrase.replace('yellow', 'zebra'))).toEqual([]);
  });
  test('is found with one word wrong where something names it', () => {
    const wrong = phrase.replace('yellow', 'zebra');
    expect(found(`my recovery phrase: ${wrong}`)).toEqual([wrong]);
  });
  test('of Chinese signs needs something between them', () => {
    const signs = [...'在一于的有不和人这中大是'];
    expect(found(`助记词 ${signs.join(' ')}`)).toHaveLength(1);
    expect(found(`助记词 ${signs.join('')}`)).toEqual([]);
  });
});

test('check digits decide where there are some', () => {
  expect(isHongKongIdentity('A123456(3)')).toBe(true);
  expect(isHongKongIdentity('A123456(4)')).toBe(false);
  expect(isIban('GB82 WEST 1234 5698 7654 32')).toBe(true);
  expect(isIban('GB82 WEST 1234 5698 7654 33')).toBe(false);
  expect(isSocialSecurityNumber('123-45-6789')).toBe(true);
  expect(isSocialSecurityNumber('000-45-6789')).toBe(false);
  // One sign changed: base58check and bech32 notice.
  expect(findPersonal('to 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa')).toMatchObject([{ kind: 'wallet-address' }]);
  expect(findPersonal('to 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb')).toEqual([]);
  expect(findPersonal('bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdp')).toEqual([]);
});

describe('no false alarm', () => {
  test.each([
    'price 1,299.00 on 2024-01-15',
    'version 15.4.1 build 20240115',
    'lost 12345678 points, error code 50012',
    'since 2019 i paid $4500.00, 3.5% fee',
    '2024年11月22日14点30分，转了5000元',
    'card ending 4242',
    '1234 5678 9012 3456',
    'see https://example.com/item/4111111',
    'promo code 12345, zip code 90210',
    '4111 1111 1111 1112',
    '我等了100000年',
  ])('%s', (text) => expect(findPersonal(text)).toEqual([]));

  test('numbers that fail their check are no identity or card numbers', () => {
    expect(isMainlandIdentity('110105194912310021')).toBe(false);
    expect(isTaiwanIdentity('A123456788')).toBe(false);
    expect(isCardNumber('4111111111111112')).toBe(false);
    expect(isCardNumber('4444444444444444')).toBe(false);
  });
});

test('spans are in order, apart, and inside any text', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(...Object.values(HOSTILE)),
    card.map((n) => `${n}@${n}.com +${n}`),
  );
  fc.assert(
    fc.property(text, text, (a, b) => {
      let end = 0;
      for (const span of findPersonal(a + b)) {
        expect(span.start).toBeGreaterThanOrEqual(end);
        expect(span.end).toBeGreaterThan(span.start);
        end = span.end;
      }
      expect(end).toBeLessThanOrEqual((a + b).length);
    }),
  );
});

test('a masked text keeps nothing of it, and masking again changes nothing', () => {
  const text = '卡号4111 1111 1111 1111，手机13812345678，mail jo@example.org';
  const masked = maskPersonal(text);
  expect(masked).toBe('卡号[card-number]，手机[phone]，mail [email]');
  expect(maskPersonal(masked)).toBe(masked);
});

test.each(['1', 'a1 ', '我a@', '1 ', 'order ', 'word ', '0x', 'a.', '验证码'])(
  'takes time in proportion to its length, for %j',
  (unit) => {
    const text = unit.repeat(Math.ceil(300_000 / unit.length));
    // Time of the processor: other work on a test machine must not count.
    const started = process.cpuUsage();
    findPersonal(text);
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(1000);
  },
);
