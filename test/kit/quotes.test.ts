import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isForward, ownWords } from '#kit';

const OWN = 'My top-up did not arrive.\nOrder 7.';
const QUOTE = '> Hello,\n> which order is it?\n>\n> Help';

const HEADS: [who: string, head: string][] = [
  ['Gmail', 'On Fri, Nov 20, 2026 at 9:12 AM Help <help@acorn.example> wrote:'],
  [
    'Gmail, broken over two lines',
    'On Fri, Nov 20, 2026 at 9:12 AM Acorn Wallet Help Desk\n<help@acorn.example> wrote:',
  ],
  ['Apple Mail', 'On 20 Nov 2026, at 09:12, Help <help@acorn.example> wrote:'],
  ['Thunderbird', 'On 20/11/2026 09:12, Help wrote:'],
  ['NetEase in English', 'At 2026-11-20 09:12:00, "Help" <help@acorn.example> wrote:'],
  ['Gmail in Chinese', 'Help <help@acorn.example> 于2026年11月20日周五 09:12写道：'],
  ['Gmail in traditional Chinese', 'Help <help@acorn.example> 於 2026年11月20日 週五 上午9:12寫道：'],
  ['Apple Mail in Chinese', '在 2026年11月20日，09:12，Help <help@acorn.example> 写道：'],
  ['Apple Mail, newer', '2026年11月20日 09:12，Help <help@acorn.example> 写道：'],
  ['NetEase', '在 2026-11-20 09:12:00，"Help" <help@acorn.example> 写道：'],
];

const BARS: [who: string, bar: string][] = [
  ['Outlook, old', '-----Original Message-----'],
  ['QQ', '------------------ 原始邮件 ------------------'],
  ['QQ in English', '------------------ Original ------------------'],
  ['NetEase, newer', '---- 回复的原邮件 ----'],
  ['traditional Chinese', '-----原始郵件-----'],
  ['Foxmail', '-----邮件原件-----'],
];

const BLOCKS: [who: string, block: string][] = [
  ['Outlook', 'From: Help <help@acorn.example>\nSent: Friday, November 20, 2026 9:12 AM\nTo: Mei\nSubject: RE: Top-up'],
  ['Outlook, bold', '*From:* Help <help@acorn.example>\n*Sent:* Friday\n*To:* Mei\n*Subject:* RE: Top-up'],
  [
    'Outlook in Chinese',
    '发件人: Help <help@acorn.example>\n发送时间: 2026年11月20日 9:12\n收件人: Mei\n主题: 回复: 充值',
  ],
  ['Outlook in traditional Chinese', '寄件者: Help\n寄件日期: 2026年11月20日\n收件者: Mei\n主旨: 回覆: 儲值'],
  ['Foxmail', '发件人： Help\n发送时间： 2026-11-20 09:12\n收件人： Mei\n主题： Re: 充值'],
];

describe('what somebody wrote themselves', () => {
  it.each(HEADS)('ends where %s says who is quoted', (_, head) => {
    expect(ownWords(`${OWN}\n\n${head}\n\n${QUOTE}`)).toBe(OWN);
    expect(ownWords(`${OWN}\n\n${head}\nHello,\nwhich order is it?`)).toBe(OWN);
  });

  it.each(BARS)('ends at the bar of %s', (_, bar) => {
    expect(ownWords(`${OWN}\n\n${bar}\nHello,\nwhich order is it?`)).toBe(OWN);
  });

  it.each(BLOCKS)('ends at the head of the quoted mail in %s', (_, block) => {
    expect(ownWords(`${OWN}\n\n${block}\n\nHello,\nwhich order is it?`)).toBe(OWN);
  });

  it('stands also below a quote, and between its lines', () => {
    const head = HEADS[0]?.[1];
    expect(ownWords(`${head}\n> Which order?\n\nOrder 7.\n\n> And when?\n\nYesterday.`)).toBe('Order 7.\n\nYesterday.');
  });

  it.each([
    'Sent from my iPhone',
    'Sent from Mail for Windows',
    'Get Outlook for Android<https://aka.example/a>',
    '发自我的 iPhone',
    '发自我的iPad',
    '從我的 iPhone 傳送',
    '来自我的华为手机',
    '获取 Outlook for iOS',
  ])('ends before "%s"', (line) => {
    expect(ownWords(`${OWN}\n\n${line}\n`)).toBe(OWN);
    expect(ownWords(`${OWN}\n\n${line}\n\n${HEADS[0]?.[1]}\n${QUOTE}`)).toBe(OWN);
  });

  it('ends at the mark of a signature, if a few lines follow and not a letter', () => {
    expect(ownWords(`${OWN}\n-- \nMei Lin\n+44 7700 900123`)).toBe(OWN);
    const letter = Array.from({ length: 40 }, (_, n) => `Line ${n}`).join('\n');
    expect(ownWords(`${OWN}\n--\n${letter}`)).toContain('Line 39');
  });

  it.each([
    'I wrote on 20 November that my money is gone.',
    '我在 11 月 20 日写道歉信，没人理我。',
    'From: where did this fee come?\nTo me it looks wrong.',
    'He said:\nyour money is safe > not true',
    'Sent from my bank to OKPay: 500. It never arrived.\nWhere is it?',
    '5 > 3 and I paid 5',
  ])('is whole in "%s"', (text) => {
    expect(ownWords(text)).toBe(text);
  });

  it('is whole where nothing would be left, and where something was passed on to be looked at', () => {
    expect(ownWords(QUOTE)).toBe(QUOTE);
    const passedOn = `Is this yours?\n\n-----Original Message-----\nFrom: OKPay Support\nSend us your code.`;
    expect(ownWords(passedOn, { forwarded: true })).toBe(passedOn);
    expect(['Fwd: x', 'FW: x', '转发：x', '轉寄: x'].map(isForward)).toEqual([true, true, true, true]);
    expect(['Re: x', '回复: x', 'forward'].map(isForward)).toEqual([false, false, false]);
  });

  it('never grows, and never ends up empty', () => {
    const piece = fc.constantFrom(
      ...HEADS.map(([, head]) => head),
      ...BARS.map(([, bar]) => bar),
      '-- ',
      '> q',
      OWN,
      '',
      '发自我的 iPhone',
    );
    const text = fc
      .array(fc.oneof(piece, fc.string({ unit: 'binary' })), { maxLength: 12 })
      .map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, (whole) => {
        const own = ownWords(whole);
        expect(own.length).toBeLessThanOrEqual(whole.length);
        expect(own === '').toBe(whole.trim() === '');
        expect(ownWords(own).length).toBeLessThanOrEqual(own.length);
      }),
    );
  });
});

it.each([
  ['heads that never end', 'On 1 '.repeat(40_000)],
  ['many beginnings', '在 1\n'.repeat(50_000)],
  ['many blocks', 'From: a\n'.repeat(50_000)],
  ['long bars', `${'-'.repeat(100_000)}Original`],
  ['many quotes', `${'>'.repeat(1_000)}\n`.repeat(200)],
])('reads %s once, so that it cannot be made slow', (_, text) => {
  expect(ownWords(text).length).toBeGreaterThan(0);
});
