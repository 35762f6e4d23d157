import { expect, test } from 'vitest';
import { loadProblemTypes, parseProblemTypes } from '../../src/stages/classify/index.ts';
import { DATA } from './shipped.ts';

test('the thirteen types are there, in order, each with its words in three languages', async () => {
  const types = await loadProblemTypes(DATA);
  expect(types.map(({ id }) => id).join(' ')).toBe(
    'account-locked password-reset top-up-failed transfer-failed fees funds-safety security-fraud dispute-legal app-bug contact-support praise scam-spam other',
  );
  expect(types.filter((type) => type.protected).map(({ id }) => id)).toEqual([
    'account-locked',
    'security-fraud',
    'dispute-legal',
  ]);
  expect(types.find(({ id }) => id === 'security-fraud')?.lane).toBe('security');
  expect(types.find(({ id }) => id === 'dispute-legal')?.lane).toBe('legal');
});

const ONE = `
types:
  - { id: lost-key, title: { en: Lost key, zh-Hans: 钥匙丢失, zh-Hant: 鑰匙遺失 }, meaning: A key is lost, examples: [my key is gone], priority: high, lane: general, protected: false }
`;

test('a workspace may bring its own', () => {
  expect(parseProblemTypes(ONE)[0]?.id).toBe('lost-key');
});

test.each([
  ['an unknown priority', ONE.replace('high', 'sometime'), /priority/],
  ['a missing title', ONE.replace('zh-Hans: 钥匙丢失, ', ''), /zh-Hans/],
  ['the same type twice', ONE + ONE.split('types:')[1], /there twice/],
  ['a misspelt field', ONE.replace('lane', 'lain'), /lain/],
])('%s is refused by name', (_, yaml, message) => {
  expect(() => parseProblemTypes(yaml, 'own.yml')).toThrow(message);
});
