import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Draft } from '../../src/core/nouns.ts';
import type { Facts } from '../../src/core/ports.ts';
import { loadTemplates, openTemplateBook, type Template } from '../../src/stages/draft/index.ts';
import { anyText, assessment, BARE, FULL, LONG, mention, SHORT } from './helpers.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const templates = await loadTemplates(resolve(ROOT, 'templates'));
const problemTypes: string[] = parse(readFileSync(resolve(ROOT, 'data/problem-types.yml'), 'utf8')).types.map(
  ({ id }: { id: string }) => id,
);
/** Folders that answer no problem type: replies to everybody of an incident, and warnings of somebody else in the thread. */
const BULK = ['incident', 'incident-solved', 'scam-warning'];
const LIMITS = { twitter: SHORT, forum: LONG } as const;

/** Names that want to be more than a name. */
const HOSTILE = [
  '@everyone',
  '<script>alert(1)</script>',
  '[click](https://evil.invalid)',
  '**bold** _x_ `code` ||spoiler||',
  'evil.com',
  'Kim\u202Enimda',
  '{{helpUrl}}',
  '</b><img src=x onerror=1>',
  '<@&123456789012345678>',
  'Lanternpay Support',
  '官方客服小美',
  'send me your PIN',
  '把密码给我',
  '13800138000',
  'x'.repeat(5000),
  'Z̷̡̛͓̬a̸̢̛l̵̡̛g̶̡̛ơ̷̢',
  '\uD800',
  '\n\n# Heading\n> quote',
  'We refund all',
  '我们会退款',
  '',
];

/** One template, as it would be said on a platform; or why it cannot be. */
function say(template: Template, facts: Facts, lang: Draft['lang'], platform: keyof typeof LIMITS, name?: string) {
  const book = openTemplateBook({ templates, facts: () => facts, limitFor: () => LIMITS[platform] });
  const about = assessment({ problemType: template.problemTypes[0] as string, lang });
  const author = { id: 'a1', ...(name === undefined ? {} : { name }) };
  return book.draft(mention({ platform, author }), about, 1000, { templateId: template.id });
}

function* ways(template: Template): Generator<[Draft['lang'], keyof typeof LIMITS]> {
  for (const lang of template.languages as Draft['lang'][]) {
    if (template.platforms.includes('any')) yield [lang, 'forum'];
    if (template.platforms.includes('twitter')) yield [lang, 'twitter'];
  }
}

describe.each(templates)('template $id', (template) => {
  it.each([
    ['a full workspace', FULL],
    ['a bare workspace', BARE],
  ])('passes every guard rail on every platform, filled by %s', (_, facts) => {
    const optional = template.needs.filter((name) => name !== 'greeting' && !facts[name as keyof Facts]);
    for (const [lang, platform] of ways(template)) {
      for (const name of [undefined, '雨辰', 'Wolfgang Amadeus']) {
        const draft = say(template, facts, lang, platform, name);
        if ('none' in draft) {
          expect(optional, draft.none).not.toEqual([]);
          continue;
        }
        expect(draft.checks.filter(({ ok }) => !ok)).toEqual([]);
        expect(draft.length.used).toBeLessThanOrEqual(LIMITS[platform].max);
        expect(draft.text).not.toMatch(/\{\{|undefined|null/);
        expect(draft.lang).toBe(lang);
      }
    }
  });

  it('stays harmless whatever the author calls themselves', () => {
    for (const [lang, platform] of ways(template)) {
      const plain = say(template, FULL, lang, platform) as Draft;
      for (const name of HOSTILE) {
        const draft = say(template, FULL, lang, platform, name) as Draft;
        expect(draft.checks.filter(({ ok }) => !ok)).toEqual([]);
        expect(draft.text.length - plain.text.length).toBeLessThanOrEqual(22);
        expect(draft.text.replace(FULL.appFeedbackPath ?? '', '')).not.toMatch(/[<>`*|\u202E]|evil|everyone/);
      }
    }
  });

  it('is compared with its twin as it is now', () => {
    expect(template.stale).toBeUndefined();
    const draft = say(template, FULL, template.language, template.platforms.includes('any') ? 'forum' : 'twitter');
    const twin = (draft as Draft).twin as string;
    expect(/\p{Script=Han}/u.test(twin)).toBe(template.language === 'en');
    expect(twin).not.toMatch(/\{\{/);
  });

  it('names no brand, addresses Chinese readers politely, and sets an address apart from Chinese signs', () => {
    expect(template.text).not.toMatch(/okpay/i);
    if (template.language === 'en') return;
    expect(template.text).not.toMatch(/你/);
    expect(template.text).not.toMatch(/\{\{helpUrl\}\}[\p{P}\p{Script=Han}]/u);
  });
});

describe('the set of templates', () => {
  it('covers every problem type in both languages, for any platform and for X, in two wordings', () => {
    for (const type of problemTypes) {
      for (const language of ['en', 'zh-Hans'] as const) {
        for (const platform of ['any', 'twitter']) {
          const found = templates.filter(
            (one) => one.problemTypes.includes(type) && one.language === language && one.platforms.includes(platform),
          );
          expect(found.length, `${type} ${language} ${platform}`).toBeGreaterThanOrEqual(2);
        }
      }
    }
  });

  it('has no folder for a problem type that does not exist', () => {
    expect([...new Set(templates.flatMap((one) => one.problemTypes))].sort()).toEqual(
      [...problemTypes, ...BULK].sort(),
    );
  });

  it('keeps links away from X, where each one costs', () => {
    for (const one of templates.filter(({ platforms }) => platforms.includes('twitter'))) {
      expect(one.needs).not.toContain('helpUrl');
    }
  });

  it('never answers a likely scam with anything but a warning', () => {
    for (const one of templates) expect(one.neverFor.includes('scam')).toBe(!one.problemTypes.includes('scam-spam'));
  });

  it('speaks of another brand as readily: nothing of the sample is in it', () => {
    for (const template of templates) {
      for (const [lang, platform] of ways(template)) {
        const draft = say(template, { ...FULL, product: 'Blue Heron' }, lang, platform);
        if (!('none' in draft)) expect(`${draft.text}${draft.twin}`).not.toMatch(/okpay/i);
      }
    }
  });

  it('fills any name an author may have', () => {
    fc.assert(
      fc.property(fc.constantFrom(...templates), anyText(24), (template, name) => {
        for (const [lang, platform] of ways(template)) {
          const draft = say(template, FULL, lang, platform, name) as Draft;
          expect(draft.checks.filter(({ ok }) => !ok)).toEqual([]);
          expect(draft.text).not.toContain('{{');
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('Traditional Chinese', () => {
  const said = (id: string) => {
    const template = templates.find((one) => one.id === id) as Template;
    return (say(template, FULL, 'zh-Hant', 'forum') as Draft).text;
  };

  it('uses the words that its writers use', () => {
    expect(said('top-up-failed/zh-Hans')).toContain('儲值沒有成功');
    expect(said('account-locked/zh-Hans.2')).toMatch(/帳戶被鎖定.*應用程式內/s);
    expect(said('security-fraud/zh-Hans')).toContain('透過');
    expect(said('password-reset/zh-Hans')).toContain('「忘記密碼」');
  });

  it('leaves the workspace’s own words as they are', () => {
    const template = templates.find((one) => one.id === 'fees/zh-Hans') as Template;
    const facts = { ...FULL, product: '灯笼支付', signature: '灯笼支付团队' };
    const draft = say(template, facts, 'zh-Hant', 'forum') as Draft;
    expect(draft.text).toContain('灯笼支付团队');
    expect(draft.checks.filter(({ ok }) => !ok)).toEqual([]);
  });
});
