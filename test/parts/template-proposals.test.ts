import { describe, expect, test } from 'vitest';
import type { EditedReply, Facts } from '../../src/core/ports.ts';
import { proposeChanges } from '../../src/parts/template-proposals.ts';
import type { Template } from '../../src/stages/draft/index.ts';

const facts: Facts = { product: 'Wallet', helpUrl: 'https://help.example', allowedLinks: [] };
const template = (text: string, language: Template['language'] = 'en') =>
  ({ id: `fees/${language}`, version: 'v1', language, text }) as Template;
const ENGLISH = template(
  '{{greeting}}\n\nFees stand in the app. Please send a letter to the bank. See {{helpUrl}} for more.',
);
const drafted = (name: string) =>
  `Hi ${name},\n\nFees stand in the app. Please send a letter to the bank. See https://help.example for more.`;
const reply = (n: number, before: string, after: string, over: Partial<EditedReply> = {}): EditedReply => ({
  ...{ mentionId: `m${n}`, template: { id: 'fees/en', version: 'v1' }, lang: 'en', by: 'mia', at: n },
  ...{ before, after },
  ...over,
});
const NAMES = ['Ann', 'Ben', 'Chen', 'Dora'];
const editedBy = (edit: (text: string, name: string) => string, over: Partial<EditedReply> = {}) =>
  NAMES.map((name, n) => reply(n, drafted(name), edit(drafted(name), name), over));

describe('edits that people repeat', () => {
  test('become a change of the template, with the mentions they were made for', () => {
    const replies = editedBy((text) =>
      text.replace('Please send a letter to the bank.', 'Please write to us in Wallet.'),
    );
    const [proposal, ...others] = proposeChanges([ENGLISH], replies, facts);
    expect(others).toEqual([]);
    expect(proposal).toMatchObject({
      id: 'fees/en',
      edited: 4,
      proposed: '{{greeting}}\n\nFees stand in the app. Please write to us in {{product}}. See {{helpUrl}} for more.',
      changes: [{ n: 4, mentions: ['m0', 'm1', 'm2'] }],
    });
  });

  test('may take a sentence away, or add one behind another', () => {
    const away = editedBy((text) => text.replace(' Please send a letter to the bank.', ''));
    expect(proposeChanges([ENGLISH], away, facts)[0]?.proposed).toBe(
      '{{greeting}}\n\nFees stand in the app. See {{helpUrl}} for more.',
    );
    const more = editedBy((text) => text.replace('in the app.', 'in the app. They never change.'));
    expect(proposeChanges([ENGLISH], more, facts)[0]?.proposed).toContain(
      'Fees stand in the app. They never change. Please send',
    );
  });

  test('are read in Chinese too', () => {
    const chinese = template('{{greeting}}手续费在应用内可见。请写信给银行。', 'zh-Hans');
    const said = (name: string) => `${name}您好，手续费在应用内可见。请写信给银行。`;
    const replies = ['金', '李', '王'].map((name, n) =>
      reply(n, said(name), said(name).replace('请写信给银行。', '请在应用内联系我们。'), {
        lang: 'zh-Hans',
        template: { id: 'fees/zh-Hans', version: 'v1' },
      }),
    );
    expect(proposeChanges([chinese], replies, facts)[0]?.proposed).toBe(
      '{{greeting}}手续费在应用内可见。请在应用内联系我们。',
    );
  });

  test('propose nothing while they are few, made to another version, or about one author', () => {
    const twice = editedBy((text) => text.replace('letter', 'note')).slice(0, 2);
    expect(proposeChanges([ENGLISH], twice, facts)).toEqual([]);
    const old = editedBy((text) => text.replace('letter', 'note'), { template: { id: 'fees/en', version: 'v0' } });
    expect(proposeChanges([ENGLISH], old, facts)).toEqual([]);
    const personal = editedBy((text, name) => text.replace('Fees stand in the app.', `${name}, look at your fees.`));
    expect(proposeChanges([ENGLISH], personal, facts)).toEqual([]);
  });

  test('keep the same key, so that what was turned down stays away', () => {
    const replies = editedBy((text) => text.replace('letter', 'note'));
    const key = () => proposeChanges([ENGLISH], replies, facts)[0]?.key;
    expect(key()).toBe(key());
    expect(key()).toMatch(/^[0-9a-f]{12}$/);
  });
});
