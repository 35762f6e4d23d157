import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { nothingAboutAccount } from '../../src/stages/draft/guard-rails/account.ts';
import { loadTemplates, openTemplateBook } from '../../src/stages/draft/index.ts';
import { assessment, FULL, LONG, mention } from './helpers.ts';

const say = (text: string, regulated = true) =>
  nothingAboutAccount.check({ text, lang: 'en', facts: FULL, limit: LONG, recent: [], theirs: [], regulated });

it.each([
  'We have checked your account and see no transfer.',
  'Your account has been locked to protect you.',
  'Your dispute was rejected last week.',
  'I can see that your card was used twice, your transactions are flagged.',
  '我们查到您的账户有两笔异常交易。',
  '您的账户已被冻结，请放心。',
  '您的申诉正在审核。',
])('in a regulated lane, says no: %s', (text) => {
  expect(say(text)).toMatch(/everybody can read it/);
  expect(say(text, false)).toBeUndefined();
});

it.each([
  'Please freeze your card in the app, and contact support there.',
  'If your account has been locked, the app shows the next step.',
  'Nobody can say in public what happened to an account.',
  '请立即在应用内冻结账户，并联系客服。',
  '如果您的账户已被锁定，请在应用内查看。',
])('advice may be given: %s', (text) => {
  expect(say(text)).toBeUndefined();
});

it('every template for fraud and legal matters keeps to it', async () => {
  const templates = await loadTemplates(resolve(import.meta.dirname, '../../templates'));
  const types = ['security-fraud', 'dispute-legal'];
  const book = openTemplateBook({ templates, regulated: new Set(types), facts: () => FULL, limitFor: () => LONG });
  const own = templates.filter(({ problemTypes }) => problemTypes.some((type) => types.includes(type)));
  expect(own.length).toBeGreaterThan(10);
  for (const { text } of own) expect(say(text)).toBeUndefined();
  const about = assessment({ problemType: 'security-fraud' });
  const { checks } = book.check(mention(), about, 'Your account has been locked.', 'en');
  expect(checks.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual(['nothing-about-account']);
});
