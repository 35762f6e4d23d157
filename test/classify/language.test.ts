import { describe, expect, test } from 'vitest';
import type { Language } from '../../src/core/nouns.ts';
import { detectLanguage } from '../../src/stages/classify/language.ts';
import { cpuTime } from '../kit/cpu-time.ts';

const CASES: Record<Language, string[]> = {
  'zh-Hans': [
    '退款',
    '钱呢',
    '被盗了',
    '锁住了',
    '牛逼👍',
    'app闪退',
    '充值 failed',
    '客服在吗 hello',
    'iPhone 15 Pro Max 更新后闪退',
    '部署失败 ECONNREFUSED',
    '「好の」退款',
  ],
  'zh-Hant': ['錢呢', '被盜了', '鎖住了', '登入不了，收不到驗證碼', '客服態度好差', 'app閃退'],
  en: [
    'lol',
    'wtf',
    'ded',
    'omg',
    'scam',
    'ok!',
    'refund pls',
    'Login keeps spinning...',
    'ngl kinda mid',
    'THIS IS A JOKE',
    'cant log in smh',
    'why is this app asking me for a selfie at 2am',
    'App keeps crashing on start up.',
    'no money no honey',
  ],
  mixed: [
    'my account 被锁了 please help',
    '我在用这个 app 但是 it keeps crashing every time',
    '退款 where is my money 已经三天了',
  ],
  other: [
    'hola',
    'アカウントがロックされました',
    '계정이 잠겼어요',
    'Помогите мне',
    'mein konto wurde gesperrt',
    'ang tagal naman pumasok, bakit ganun',
    'no puedo entrar en mi cuenta desde ayer',
    'je n’arrive pas à me connecter',
    'não consigo acessar minha conta',
    'uang saya belum masuk',
    'mijn geld is weg en niemand helpt',
    'non riesco ad accedere',
    'hesabım kilitlendi neden',
    'nie mogę się zalogować',
    'hindi pumasok ang pera ko',
    'tài khoản của tôi bị khóa',
    'حسابي مغلق',
    '😀😀',
    '12345',
    '',
  ],
};

describe('language', () => {
  for (const [language, texts] of Object.entries(CASES)) {
    test.each(texts)(`${language}: %s`, (text) => {
      expect(detectLanguage(text)).toBe(language);
    });
  }

  test('links, handles and the brand do not count', () => {
    expect(detectLanguage('@OKPaySupport https://okpay.example/help/en 账户打不开')).toBe('zh-Hans');
    expect(detectLanguage('OKPay 退款', { ignore: /okpay/gi })).toBe('zh-Hans');
  });

  test('the hint of a platform decides only where the text cannot', () => {
    expect(detectLanguage('退款', { hint: 'zh-TW' })).toBe('zh-Hant');
    expect(detectLanguage('钱呢', { hint: 'zh-TW' })).toBe('zh-Hans');
    expect(detectLanguage('my account is locked', { hint: 'es' })).toBe('en');
    expect(detectLanguage('👍', { hint: 'zh' })).toBe('zh-Hans');
  });

  test('does not read ten million signs', async () => {
    const text = 'a@'.repeat(5_000_000);
    expect(await cpuTime(() => detectLanguage(text))).toBeLessThan(500);
  });
});
