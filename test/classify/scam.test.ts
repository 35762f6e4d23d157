import { beforeAll, describe, expect, test } from 'vitest';
import type { Classifier } from '../../src/core/ports.ts';
import { HandleGuard, skeleton } from '../../src/stages/classify/handles.ts';
import { shipped } from './shipped.ts';

const guard = new HandleGuard({ names: ['OKPay', '欧付宝'], officialHandles: ['okpay', '@OKPaySupport'] });

describe('look-alike accounts', () => {
  test.each([
    '0KPay_Support',
    'OKPay_Supp0rt',
    'okpaysupp0rt',
    'ОКРау_Support',
    'ＯＫＰａｙＳｕｐｐｏｒｔ',
    'OK\u200bPay Support',
    'OKPaySuport',
    'OKPaySupportt',
    'okpay.helpdesk',
    'OKPay客服小丽',
    '欧付宝官方客服',
    'OKPay-Refund-Team',
    'okpaay_care',
    '@okpay_',
    'OKPAY.',
    '0kpay',
  ])('%s', (handle) => {
    expect(guard.judge({ handle })?.score ?? 0).toBeGreaterThanOrEqual(0.7);
  });

  test('the display name counts as well', () => {
    expect(guard.judge({ handle: 'jess8832', name: 'OKPay Customer Support' })?.score).toBeGreaterThanOrEqual(0.9);
  });

  test.each(['okpay', 'OKPAY', '@OKPaySupport', 'okpaysupport'])('genuine staff are never flagged: %s', (handle) => {
    expect(guard.judge({ handle, name: 'OKPay Support' })).toBeUndefined();
  });

  test.each([
    'jo_writes',
    'supportive_sam',
    'payday_ok',
    '小丽',
    'i_hate_okpay',
    'helpful.hank',
    'ok',
    'okapi_fan',
    '',
  ])('people are people: %s', (handle) => {
    expect(guard.judge({ handle })).toBeUndefined();
  });

  test('bones of a name are what the eye sees', () => {
    expect(skeleton('ΟΚРаy')).toBe(skeleton('okpay'));
    expect(skeleton('0K_P a\u200dy')).toBe(skeleton('OKPay'));
  });
});

describe('look-alike links', () => {
  test.each([
    'verify here https://0kpay-login.com/now',
    '0KPAY.top gives you 50',
    'см. ОКРау.com',
    'ok-pay-support.net',
  ])('%s', (text) => {
    expect(guard.lookalikeLink(text)).toBeDefined();
  });

  test.each([
    'https://okpay.example/help',
    'status.okpay.example is green',
    'okay.com sells shoes',
    'mail me at 0kpay@post.example',
    'version 1.2.10 crashes',
    '到账了。okpay 真快',
    '',
  ])("ours, or nobody's: %s", (text) => {
    expect(guard.lookalikeLink(text)).toBeUndefined();
  });
});

describe('scams in the text', () => {
  let classifier: Classifier;
  beforeAll(async () => {
    classifier = await shipped();
  });
  const scam = (text: string, author?: { handle?: string; name?: string }) =>
    classifier.classify({ text, ...(author && { author }) }, 0);

  test.each([
    'Lost money? This recovery expert got all my coins back, message him on WhatsApp +1 555 0100 200',
    'Official support here. Send us your seed phrase to validate your wallet',
    'AIRDROP live now! first 100 people get double, claim your tokens at t.me/zapfree',
    'Guaranteed profit, earn 500 daily from home, contact me on telegram @quickrich',
    '被骗的钱可以追回，加微信 laoshi8888',
    '您好我是平台客服，请提供短信验证码协助处理',
    '空投福利，点击链接立即领取，限时领取',
    '兼职刷單，日賺五百，加我微信',
  ])('%s', (text) => {
    const { scam: score, scamReasons, evidence } = scam(text);
    expect(score).toBeGreaterThanOrEqual(0.5);
    expect(scamReasons.length).toBeGreaterThan(0);
    expect(evidence.some(({ speaksFor }) => speaksFor === 'scam')).toBe(true);
  });

  test.each([
    'I was scammed by someone on telegram who asked for my code, please help',
    'Beware: fake support accounts ask you to message them on WhatsApp',
    '提醒大家小心，有人冒充客服要验证码，让你加微信',
    'my account is locked, where do I upload my ID?',
    'Sent the money yesterday, see https://okpay.example/r/1, still nothing',
    '收不到验证码，怎么联系客服',
  ])('victims and warnings are none: %s', (text) => {
    expect(scam(text).scam).toBeLessThan(0.5);
  });

  test('author and text together', () => {
    const text = 'Hello, we can help. Kindly message us on WhatsApp';
    expect(scam(text, { handle: '0KPay_Support' }).scam).toBeGreaterThan(scam(text).scam);
    expect(scam(text, { handle: 'OKPaySupport' })).toMatchObject({ scam: 0, scamReasons: [] });
  });
});
