import { createHash } from 'node:crypto';
import { base58, bech32, bech32m } from '@scure/base';
import { entropyToMnemonic } from '@scure/bip39';
import { wordlist as english } from '@scure/bip39/wordlists/english.js';
import { wordlist as simplified } from '@scure/bip39/wordlists/simplified-chinese.js';
import { wordlist as traditional } from '@scure/bip39/wordlists/traditional-chinese.js';
import type { PersonalKind } from '../../src/core/nouns.ts';
import { seeded } from '../../src/stages/classify/train/random.ts';

/** A sentence with one piece of personal data in it, as people write it. */
export interface Form {
  kind: PersonalKind;
  text: string;
  value: string;
}

/** Invented data in the shapes that are common, from a seed: the same seed gives the same sentences. */
export function personalForms(count: number, seed: number): Form[] {
  const make = makers(seeded(seed));
  const kinds = Object.keys(make) as PersonalKind[];
  return Array.from({ length: count }, (_, i) => {
    const kind = kinds[i % kinds.length] as PersonalKind;
    const [before, value, after] = make[kind]();
    return { kind, value, text: before + value + after };
  });
}

type Sentence = [before: string, value: string, after: string];

function makers(random: () => number): Record<PersonalKind, () => Sentence> {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const digits = (n: number) => Array.from({ length: n }, () => Math.floor(random() * 10)).join('');
  const letters = (n: number) => Array.from({ length: n }, () => pick([...'ABCDEFGHJKLMNPQRSTUVWXYZ'])).join('');
  const bytes = (n: number) => Uint8Array.from({ length: n }, () => Math.floor(random() * 256));
  const wide = (text: string) => text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
  const among = (value: string): Sentence => {
    const [before, after] = pick(AROUND);
    return [before, value, after];
  };
  const grouped = (number: string, sizes: readonly number[], gap: string) => {
    let at = 0;
    const pieces = [...sizes, 9].map((size) => {
      at += size;
      return number.slice(at - size, at);
    });
    return pieces.filter(Boolean).join(gap);
  };

  const luhn = (body: string) => body + [...'0123456789'].find((last) => passesLuhn(body + last));
  const card = () => {
    const [prefix, length] = pick(CARDS);
    const number = luhn(prefix + digits(length - prefix.length - 1));
    const gap = pick(['', '', ' ', '-', '.', '\u00a0', '\u2009', '\u200b', ' - ']);
    const written = grouped(number, length === 15 ? [4, 6, 5] : [4, 4, 4, 4, 4], gap);
    return among(random() < 0.1 ? wide(written) : written);
  };
  const day = () =>
    `${1950 + Math.floor(random() * 60)}${two(1 + Math.floor(random() * 12))}${two(1 + Math.floor(random() * 28))}`;
  const mainland = () => {
    const body = pick(['110105', '440305', '310101', '510104', '330106']) + day() + digits(3);
    const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const sum = weights.reduce((total, weight, i) => total + weight * Number(body[i]), 0);
    const number = body + '10X98765432'[sum % 11];
    const written = pick([
      number,
      number.toLowerCase(),
      grouped(number, [6, 8, 4], ' '),
      grouped(number, [6, 8, 4], '-'),
    ]);
    return among(random() < 0.1 ? wide(written) : written);
  };
  const hongkong = () => {
    const letter = pick([...'ACDGHKPRYZ']);
    const body = digits(6);
    const sum =
      36 * 9 + (letter.charCodeAt(0) - 55) * 8 + [...body].reduce((total, d, i) => total + Number(d) * (7 - i), 0);
    const check = (11 - (sum % 11)) % 11;
    return among(`${letter}${body}(${check === 10 ? 'A' : check})`);
  };
  const taiwan = () => {
    const letter = Math.floor(random() * 26);
    const value = letter + 10;
    const body = pick(['1', '2']) + digits(7);
    const sum =
      Math.floor(value / 10) + (value % 10) * 9 + [...body].reduce((total, d, i) => total + Number(d) * (8 - i), 0);
    return among(`${'ABCDEFGHJKLMNPQRSTUVXYWZIO'[letter]}${body}${(10 - (sum % 10)) % 10}`);
  };
  const mobile = () => {
    const number = pick(['13', '15', '17', '18', '19', '166', '147']).padEnd(3, digits(1)) + digits(8);
    const written = grouped(number, [3, 4, 4], pick(['', '', ' ', '-', '.']));
    return among(pick(['', '', '+86', '+86 ', '0086', '86-', '(+86)', '（+86）']) + written);
  };
  const abroad = () =>
    among(
      pick([
        `+852 ${pick(['5', '6', '9'])}${digits(3)} ${digits(4)}`,
        `+886 9${digits(2)} ${digits(3)} ${digits(3)}`,
        `09${digits(2)}-${digits(3)}-${digits(3)}`,
        `(212) 555-${digits(4)}`,
        `415.555.${digits(4)}`,
        `+1 (646) 555 ${digits(4)}`,
        `+44 7${digits(3)} ${digits(6)}`,
        `+65 9${digits(3)} ${digits(4)}`,
        `010-${pick(['6', '8'])}${digits(7)}`,
        `0755 ${pick(['2', '8'])}${digits(7)}`,
        `(021)${pick(['5', '6'])}${digits(7)}`,
      ]),
    );
  const named = (): Sentence => [
    pick(['phone: ', '电话', '我的手机号是', 'call me 2', 'whatsapp ', '手機：']).replace(/2$/, ' '),
    `${pick(['5', '6', '7'])}${digits(7)}`,
    pick([' ok', '，谢谢', '']),
  ];
  const email = () => {
    const name = pick(['jo.doe', 'wang_li88', 'a-b+shop', 'x1990', 'mei.chen']);
    const host = pick(['mail.example.com', 'example.cn', 'qq.example', 'my-shop.example.co.uk']);
    return among(
      pick([
        `${name}@${host}`,
        `${name}@${host}`,
        wide(`${name}@${host}`),
        `${name} @ ${host}`,
        `${name}(at)${host}`,
        `${name} [at] ${host.replaceAll('.', ' [dot] ')}`,
        `${name} at ${host.replaceAll('.', ' dot ')}`,
      ]),
    );
  };
  const code = (): Sentence => {
    const number = digits(pick([4, 6, 6, 8]));
    const split = number.length === 6 && random() < 0.2 ? `${number.slice(0, 3)}-${number.slice(3)}` : number;
    return pick<Sentence>([
      [
        pick(['验证码是', '验证码：', '我的短信验证码', '驗證碼為', '動態密碼：', '校验码 ']),
        split,
        pick(['，别告诉别人', '。', '']),
      ],
      [
        pick([
          'my OTP is ',
          'verification code: ',
          'the security code was ',
          'pin = ',
          'passcode is "',
          'your login code is ',
        ]),
        split,
        pick([' right', '', '"', '. why']),
      ],
      ['', split, pick([' is your OKPay verification code', ' is my otp', '是您的登录验证码', '是我的验证码'])],
      ['code ', `G-${digits(6)}`, ' just came'],
      [
        pick(['my password is ', '密码是', 'pwd: ', '密碼：']),
        pick(['Hunter', 'okpay', 'abc']) + digits(4),
        pick([' help', '，登不上', '']),
      ],
    ]);
  };
  const seed = (): Sentence => {
    const language = random();
    const list = language < 0.6 ? english : language < 0.8 ? simplified : traditional;
    const phrase = entropyToMnemonic(bytes(pick([16, 16, 16, 32])), list).split(' ');
    const written = pick([
      phrase.join(' '),
      phrase.join(', '),
      phrase.join('\n'),
      phrase.map((word, i) => (i === 0 ? word : `${i + 1}. ${word}`)).join(' '),
      phrase.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' '),
    ]);
    return [
      pick(['', 'my seed phrase: ', '助记词：', 'recovery words\n']),
      written,
      pick(['', '\nplease help', '。在吗']),
    ];
  };
  const checked = (payload: Uint8Array) => {
    const hash = (data: Uint8Array) => createHash('sha256').update(data).digest();
    return base58.encode(Uint8Array.from([...payload, ...hash(hash(payload)).subarray(0, 4)]));
  };
  const wallet = () => {
    const hex = Buffer.from(bytes(20)).toString('hex');
    const segwit = (coder: typeof bech32, version: number, length: number) =>
      coder.encode('bc', [version, ...coder.toWords(bytes(length))]);
    return among(
      pick([
        `0x${hex}`,
        `0x${hex.toUpperCase()}`,
        ...[0x00, 0x05, 0x41, 0x30, 0x1e].map((version) => checked(Uint8Array.from([version, ...bytes(20)]))),
        segwit(bech32, 0, 20),
        segwit(bech32, 0, 32).toUpperCase(),
        segwit(bech32m, 1, 32),
      ]),
    );
  };
  const order = (): Sentence => {
    const id = pick([
      digits(12),
      `${letters(2)}2024${digits(10)}`,
      `TX-${digits(5)}-${letters(2)}${digits(1)}`,
      `${letters(3)}${digits(7)}`,
      `20241122${digits(20)}`,
      `${digits(6)}${letters(2)}`,
    ]);
    return [
      pick([
        '订单号：',
        '订单号是',
        '单号 ',
        '流水号:',
        '訂單編號：',
        '交易单号',
        'order #',
        'Order ID: ',
        'transaction id ',
        'ref: ',
        'reference number is ',
        'case no. ',
        '【订单号】',
        'orderId=',
        'tx id ',
      ]),
      id,
      pick(['，没到账', ' please check', '。', '', ' 帮我查下']),
    ];
  };
  return {
    'card-number': card,
    'identity-number': () => pick([mainland, mainland, mainland, hongkong, taiwan])(),
    phone: () => pick([mobile, mobile, abroad, named])(),
    email,
    'one-time-code': code,
    'seed-phrase': seed,
    'wallet-address': wallet,
    'order-id': order,
  };
}

const two = (number: number) => String(number).padStart(2, '0');

const passesLuhn = (number: string) =>
  [...number]
    .reverse()
    .reduce((sum, d, i) => sum + (i % 2 ? ([0, 2, 4, 6, 8, 1, 3, 5, 7, 9][Number(d)] ?? 0) : Number(d)), 0) %
    10 ===
  0;

const CARDS = [
  ['4', 16],
  ['51', 16],
  ['2221', 16],
  ['37', 15],
  ['62', 16],
  ['62', 19],
  ['6011', 16],
  ['35', 16],
] as const;

const AROUND = [
  ['我的号码是', '，请帮我看看'],
  ['here it is: ', ' please check'],
  ['（', '）'],
  ['“', '”。'],
  ['', ''],
  ['资料:', '\n谢谢'],
  ['it says ', ', why?'],
] as const;

/** Sentences with numbers that are nobody's: prices, dates, times, versions, sizes, hotlines. */
export function harmlessForms(count: number, seed: number): string[] {
  const random = seeded(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const number = (from: number, to: number) => from + Math.floor(random() * (to - from));
  const year = () => number(2015, 2031);
  const date = () => `${year()}-${two(number(1, 13))}-${two(number(1, 29))}`;
  const time = () => `${two(number(0, 24))}:${two(number(0, 60))}`;
  const round = () => String(number(1, 99) * 10 ** number(3, 9));
  const grouped = (value: number) => value.toLocaleString('en-US');
  const makers: (() => string)[] = [
    () => pick(['$', '¥', '€', 'HK$', 'US$']) + grouped(number(1, 99_999_999)) + pick(['', '.00', '.50']),
    () => `${number(1, 9_999_999)}${pick(['元', '块钱', ' yuan', ' USD', '円', ' rmb'])}`,
    () =>
      `${pick(['payment', 'transfer', 'order', '转账', '充值', '订单'])}${pick([' ', ' of ', ''])}${number(10, 999) * 1000}${pick([' failed', '元', ''])}`,
    () => `${number(1, 99)}.${number(0, 9)}${pick(['万', '亿', 'k', 'M', '%', ' million'])}`,
    () => pick([date(), date().replaceAll('-', '/'), date().replaceAll('-', '.'), date().replaceAll('-', '')]),
    () => `${year()}年${number(1, 13)}月${number(1, 29)}日${number(0, 24)}点${number(0, 60)}分`,
    () => `${date()}T${time()}:${two(number(0, 60))}${pick(['Z', '.123Z', '+08:00'])}`,
    () => `${date()} ${time()}:${two(number(0, 60))}`,
    () => `v${number(1, 20)}.${number(0, 99)}.${number(0, 9999)}${pick(['', '-beta.2', ' build 20240115', '.19045'])}`,
    () => `${pick(['iOS', 'Android', 'app', '版本'])} ${number(1, 20)}.${number(0, 20)}.${number(0, 20)}`,
    () => `error ${pick(['', 'code '])}${number(10_000, 99_999)}`,
    () => `${pick(['lost', '我等了', 'over', '有'])} ${round()} ${pick(['points', '年', 'users', '次', 'coins'])}`,
    () => `192.168.${number(0, 255)}.${number(0, 255)}`,
    () => pick(['95588', '10086', '400-820-8820', '400 123 4567', '12315', '1-800-555-0199', '(800) 555-0100']),
    () => `${number(640, 4000)}x${number(480, 3000)}`,
    () => `card ending ${number(1000, 9999)}，尾号${number(1000, 9999)}`,
    () => `${pick(['promo', 'zip', 'area', 'invite'])} code ${number(10_000, 99_999)}`,
    () => `验证码${year()}年就收不到了，等了${number(1000, 9999)}秒`,
    () =>
      `since ${year()} i paid ${number(1000, 9999)}.${two(number(0, 99))} in fees, ${number(1, 9)}.${number(0, 9)}%`,
    () => `https://example.com/item/${number(1_000_000, 99_999_999)}`,
    () => `order ${date()} at ${time()}, case closed`,
    () => `${round()}`,
  ];
  return Array.from({ length: count }, (_, i) => {
    const [before, after] = pick(AROUND);
    return before + (makers[i % makers.length] as () => string)() + after;
  });
}
