import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KNOWLEDGE, knowledgeRows, overdueSentence } from '../../src/parts/knowledge.ts';
import { answerOf } from '../../src/parts/standing-answers.ts';
import {
  checkCitations,
  loadArticles,
  loadTemplates,
  parseArticle,
  type SaidArticle,
  sayArticles,
  TemplateError,
  textOf,
} from '../../src/stages/draft/index.ts';
import type { Workspace } from '../../src/workspace/index.ts';
import { anyText, BARE, FULL, failures } from './helpers.ts';

const articles = await loadArticles(KNOWLEDGE);
const templates = await loadTemplates(resolve(import.meta.dirname, '../../templates'));

const PARTS = {
  en: ['What happened', 'What to do now', 'What we never ask for', 'When to contact whom'],
  'zh-Hans': ['发生了什么', '现在怎么做', '我们从不索要', '什么时候联系谁'],
  'zh-Hant': ['發生了什麼', '現在怎麼做', '我們從不索要', '什麼時候聯絡誰'],
};
const wordsOf = ({ title, blocks }: SaidArticle) => [title, ...blocks.map(textOf)].join('\n');

describe.each([
  ['a workspace that has set everything', FULL],
  ['one that has set nothing but its name', BARE],
])('the articles, said for %s', (_, facts) => {
  const said = sayArticles(articles, facts);

  it.each(said.map((article) => [`${article.id} ${article.lang}`, article] as const))('%s', (_name, article) => {
    const headings = article.blocks.flatMap((block) => (block.kind === 'heading' ? [block.text] : []));
    expect(headings).toEqual(PARTS[article.lang]);
    // A page is longer than a reply, and a standing page is the same words for everybody. All else holds here too.
    const regulated = ['security', 'legal'].includes(articles.find(({ id }) => id === article.id)?.owner ?? '');
    for (const piece of [article.title, ...article.blocks.map(textOf)]) {
      const found = failures(piece, { lang: article.lang, facts, regulated });
      expect(
        found.filter((name) => name !== 'language'),
        piece,
      ).toEqual([]);
    }
    // A line may be too short to tell its language by.
    expect(failures(wordsOf(article), { lang: article.lang, facts })).not.toContain('language');
    expect(wordsOf(article)).not.toMatch(/okpay|\{\{|undefined/i);
    expect(wordsOf(article)).not.toMatch(/你/);
  });

  it('fit into an answer on Discord with what happened and all that is to be done', () => {
    for (const article of said) {
      const { text } = answerOf(article, facts.faqUrl);
      expect(text.length, article.id).toBeLessThanOrEqual(1_000);
      if (facts.faqUrl) expect(text).toMatch(new RegExp(`/faq/${article.lang}/${article.id}\\.html$`));
      const [first, second, third] = PARTS[article.lang];
      expect(text).toContain(`**${first}**`);
      expect(text).toContain(`**${second}**`);
      expect(text).not.toMatch(new RegExp(`\\*\\*${third}\\*\\*\\s*$`));
    }
  });
});

describe('the knowledge base', () => {
  it('holds what each template rests on, and no article that none does', () => {
    expect(() => checkCitations(templates, articles)).not.toThrow();
    const cited = new Set(templates.flatMap(({ knowledge }) => knowledge));
    expect([...new Set(articles.map(({ id }) => id))]).toEqual([...cited].sort());
    expect(() => checkCitations(templates, articles.slice(4))).toThrow(/templates?|account-locked.*knowledge/);
  });

  it('leaves out the lines that name what a workspace has not set', () => {
    const mailed = (facts: typeof FULL) => sayArticles(articles, facts).filter((one) => /mail/.test(wordsOf(one)));
    const lines = (facts: typeof FULL) => sayArticles(articles, facts).map((one) => wordsOf(one).split('\n').length);
    expect(mailed(FULL).length).toBeGreaterThan(0);
    expect(lines(BARE).reduce((sum, count) => sum + count)).toBeLessThan(
      lines(FULL).reduce((sum, count) => sum + count),
    );
    expect(sayArticles(articles, FULL).map(wordsOf).join()).toContain('https://help.lanternpay.example/start');
  });
});

const HEAD = '---\nid: fees\ntitle: Fees\nowner: support\nchecked: 2026-11-23\n---\n';

describe('an article that cannot be used', () => {
  it.each([
    ['no head', 'Fees.', /fees\/en\.md:1: .*between two lines/],
    ['another id', HEAD.replace('id: fees', 'id: fee'), /fees\/en\.md:2: "id" must be "fees"/],
    ['no owner', `${HEAD.replace('owner: support\n', '')}Fees.`, /fees\/en\.md:2: "owner" is missing/],
    ['a day that is none', HEAD.replace('11-23', '02-30'), /fees\/en\.md:5: "checked" must be the day/],
    ['an unknown entry', HEAD.replace('title', 'titel'), /fees\/en\.md:3: "titel" is unknown here/],
    ['no text', HEAD, /fees\/en\.md:7: There is no text/],
    ['an unknown name', `${HEAD}\nSee {{faqUrl}}.`, /fees\/en\.md:8: \{\{faqUrl\}\} is no known name/],
    ['half a name', `${HEAD}See {product}.`, /fees\/en\.md:7: Braces must be double/],
    ['a link', `${HEAD}One.\n\nSee [here](https://a.example).`, /fees\/en\.md:9: .*no other markup/],
    ['a tag', `${HEAD}<script>alert(1)</script>`, /fees\/en\.md:7: .*no other markup/],
    ['a small heading', `${HEAD}### Three`, /fees\/en\.md:7: .*no other markup/],
  ])('%s is named with file and line', (_, content, message) => {
    expect(() => parseArticle('fees/en.md', content)).toThrow(TemplateError);
    expect(() => parseArticle('fees/en.md', content)).toThrow(message);
  });

  it('is one without a twin, or one that two teams answer for', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'knowledge-'));
    await cp(KNOWLEDGE, folder, { recursive: true });
    await writeFile(join(folder, 'fees/zh-Hans.md'), HEAD.replace('support', 'legal').concat('费用。'));
    await expect(loadArticles(folder)).rejects.toThrow(/fees\/en\.md:2: "owner" is "support" here and "legal"/);
    await rm(join(folder, 'fees/zh-Hans.md'));
    await expect(loadArticles(folder)).rejects.toThrow('fees/en.md:1: Its twin fees/zh-Hans.md is missing');
    await rm(folder, { recursive: true });
  });

  it('breaks nothing else, whatever it holds', () => {
    fc.assert(
      fc.property(anyText(200), (text) => {
        try {
          const { blocks } = parseArticle('fees/en.md', `${HEAD}${text}`);
          expect(blocks.map(textOf).join('\n')).not.toMatch(/[<>`]/);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(TemplateError);
        }
      }),
    );
  });
});

describe('the day of the next check', () => {
  const rowsAt = (now: string, checkEveryDays = 180, articleChecks: Workspace['articleChecks'] = []) =>
    knowledgeRows(
      [
        parseArticle('fees/en.md', `${HEAD}Fees.`),
        parseArticle('fees/zh-Hans.md', `${HEAD.replace('23', '20')}费用。`),
      ],
      templates,
      { knowledge: { checkEveryDays }, articleChecks },
      Date.parse(now),
    );

  it('counts from the earlier check of the two languages, and its last day is still in time', () => {
    expect(rowsAt('2027-05-19T23:59:59Z')).toMatchObject([
      { id: 'fees', owner: 'support', checked: '2026-11-20', due: '2027-05-19', overdue: false },
    ]);
    expect(rowsAt('2027-05-20T00:00:00Z')).toMatchObject([{ overdue: true }]);
    expect(overdueSentence(rowsAt('2027-05-19T00:00:00Z'))).toBeUndefined();
    expect(overdueSentence(rowsAt('2027-05-20T00:00:00Z'))).toContain('fees (support, since 2027-05-19)');
    expect(rowsAt('2026-11-27T00:00:00Z', 1)).toMatchObject([{ due: '2026-11-21', overdue: true }]);
  });

  it('counts from what somebody said here where that is newer than the file', () => {
    const said = (at: string) => [{ id: 'fees', by: 'Ana', at }];
    expect(rowsAt('2027-05-20T00:00:00Z', 180, said('2027-05-20T09:00:00Z'))).toMatchObject([
      { checked: '2027-05-20', checkedBy: 'Ana', due: '2027-11-16', overdue: false, titleZh: expect.any(String) },
    ]);
    const [older] = rowsAt('2027-05-20T00:00:00Z', 180, said('2026-11-19T09:00:00Z'));
    expect(older).toMatchObject({ checked: '2026-11-20', overdue: true });
    expect(older).not.toHaveProperty('checkedBy');
  });

  it('names the templates that would say what is out of date', () => {
    expect(rowsAt('2026-11-27T00:00:00Z')[0]?.templates).toContain('fees/en.2.twitter');
  });
});
