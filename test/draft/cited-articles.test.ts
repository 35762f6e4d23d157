import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Draft } from '../../src/core/nouns.ts';
import type { Facts, ReplyLimit } from '../../src/core/ports.ts';
import { loadTemplates, openTemplateBook } from '../../src/stages/draft/index.ts';
import { fill, parseTemplate } from '../../src/stages/draft/template.ts';
import { Workspace } from '../../src/workspace/schema.ts';
import { assessment, FULL, LONG, mention } from './helpers.ts';

const templates = await loadTemplates(resolve(import.meta.dirname, '../../templates'));

function draftOf(facts: Facts, limit: ReplyLimit = LONG, lang: 'en' | 'zh-Hant' = 'en'): Draft {
  const book = openTemplateBook({ templates, facts: () => facts, limitFor: () => limit });
  const text = lang === 'en' ? 'My top-up failed.' : '儲值失敗，錢沒有到帳。';
  const draft = book.draft(mention({ text }), assessment({ lang }), 0);
  if ('none' in draft) throw new Error(draft.none);
  return draft;
}
const { faqUrl: _, ...WITHOUT } = FULL;

describe('a draft', () => {
  it('names the articles that it rests on', () => {
    expect(draftOf(FULL).template?.articles).toEqual(['top-up-failed']);
    expect(draftOf(WITHOUT).template?.articles).toEqual(['top-up-failed']);
  });

  it('offers the article in the author’s script, and its twin in the reviewer’s', () => {
    const english = draftOf(FULL);
    expect(english.text).toContain('https://lanternpay.example/faq/en/top-up-failed.html');
    expect(english.twin).toContain('https://lanternpay.example/faq/zh-Hans/top-up-failed.html');
    expect(english.checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(draftOf(FULL, LONG, 'zh-Hant').text).toContain('https://lanternpay.example/faq/zh-Hant/top-up-failed.html');
  });

  it('says the rest without a gap where no site is set, a link costs extra, or it would not fit', () => {
    const free = draftOf(WITHOUT).text;
    expect(free).not.toMatch(/lanternpay\.example\/faq|More about|Step by step|\n\n\n|\n$/);
    const dear: ReplyLimit = { ...LONG, priceOf: (text) => (text.includes('/faq') ? 0.2 : 0.01) };
    expect(draftOf(FULL, dear).text).not.toContain('/faq');
    const signed = draftOf(FULL).text;
    const tight = draftOf(FULL, { ...LONG, max: signed.length - 60 });
    expect(tight.text).not.toContain('/faq');
    expect(tight.checks.filter(({ ok }) => !ok)).toEqual([]);
  });
});

describe('{{articleUrl}}', () => {
  it('takes its whole line with it, and the empty ones above', () => {
    expect(fill('One.\n\nMore: {{articleUrl}}\n\nTwo.', {})).toBe('One.\n\nTwo.');
    expect(fill('More: {{articleUrl}}\n\nTwo.', {})).toBe('Two.');
    expect(fill('One.\nMore: {{articleUrl}}', { articleUrl: 'https://a.example' })).toBe(
      'One.\nMore: https://a.example',
    );
  });

  it('needs an article to lead to', () => {
    const head = (knowledge: string) =>
      `---\ntitle: A\nproblem-types: [fees]\nlanguages: [en]\nplatforms: [any]\nowner: support\nnever-for: []\nknowledge: ${knowledge}\ntwin: 'x'\n---\nMore: {{articleUrl}}\n`;
    expect(() => parseTemplate('fees/en.md', head('[]'))).toThrow(/fees\/en\.md:8: "knowledge" must name the article/);
    expect(parseTemplate('fees/en.md', head('[fees]'))).toMatchObject({ needs: [], offersArticle: true });
  });
});

describe('the address of the help site', () => {
  const brand = (faqUrl: string, allowedLinks: string[]) =>
    Workspace.safeParse({ version: 1, brand: { product: 'Acorn Pay', faqUrl, allowedLinks } });

  it('must be covered by the links that a reply may hold', () => {
    expect(brand('https://acorn.example/help', ['https://acorn.example']).success).toBe(true);
    expect(brand('https://acorn.example/help/', ['https://acorn.example/help']).success).toBe(true);
    for (const allowed of [[], ['https://acorn.example.evil.example'], ['https://acorn.example/helping']]) {
      const { error } = brand('https://acorn.example/help', allowed);
      expect(error?.issues).toMatchObject([
        { path: ['brand', 'faqUrl'], message: expect.stringContaining('allowedLinks') },
      ]);
    }
  });
});
