import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadTemplates, TemplateError } from '../../src/stages/draft/index.ts';
import { parseTemplate, versionOf } from '../../src/stages/draft/template.ts';

const EN = '{{greeting}}\n\nPlease ask {{product}} support.';
const ZH = '{{greeting}}\n\n请联系 {{product}} 客服。';

function file(text: string, head: Record<string, string> = {}): string {
  const entries = {
    title: 'Fees',
    'problem-types': '[fees]',
    languages: '[en]',
    platforms: '[any]',
    owner: 'support',
    'never-for': '[scam]',
    knowledge: '[fees]',
    twin: `'${versionOf(ZH)}'`,
    ...head,
  };
  const lines = Object.entries(entries).filter(([, value]) => value !== '');
  return `---\n${lines.map(([name, value]) => `${name}: ${value}`).join('\n')}\n---\n${text}\n`;
}
const chinese = (text = ZH, head = {}) =>
  file(text, { languages: '[zh-Hans, zh-Hant]', twin: `'${versionOf(EN)}'`, ...head });

describe('one template', () => {
  it('is read with its head, its names and its version', () => {
    expect(parseTemplate('fees/en.2.twitter.md', file(EN, { platforms: '[twitter]' }))).toEqual({
      id: 'fees/en.2.twitter',
      title: 'Fees',
      problemTypes: ['fees'],
      language: 'en',
      languages: ['en'],
      platforms: ['twitter'],
      owner: 'support',
      neverFor: ['scam'],
      knowledge: ['fees'],
      text: EN,
      needs: ['greeting', 'product'],
      offersArticle: false,
      version: versionOf(EN),
      twin: 'fees/zh-Hans.2.twitter',
      twinVersion: versionOf(ZH),
    });
  });

  it('is the same whatever editor saved it', () => {
    const saved = parseTemplate('fees/en.md', `\uFEFF${file(EN).replaceAll('\n', '\r\n')}`);
    expect(saved).toEqual(parseTemplate('fees/en.md', file(EN)));
  });

  it.each([
    ['fees/de.md', file(EN), 'fees/de.md:1: The name must read'],
    ['fees/en.X.md', file(EN), 'fees/en.X.md:1: The name must read'],
    ['en.md', file(EN), 'en.md:1: The name must read'],
    ['fees/en.md', EN, 'fees/en.md:1: It must start with a head'],
    ['fees/en.md', file(EN, { title: 'a: b' }), 'fees/en.md:2: The head is no YAML'],
    ['fees/en.md', '---\n- a\n---\ntext', 'fees/en.md:2: The head must be a list of "name: value" lines.'],
    ['fees/en.md', file(EN, { owner: '' }), 'fees/en.md:2: "owner" is missing'],
    [
      'fees/en.md',
      file(EN, { twin: '123456789012' }),
      'fees/en.md:9: "twin" is missing or not a text; put it in quotes',
    ],
    ['fees/en.md', file(EN, { 'never-for': 'scam' }), 'fees/en.md:7: "never-for" is missing or not a list'],
    ['fees/en.md', file(EN, { neverfor: '[]' }), 'fees/en.md:10: "neverfor" is unknown here.'],
    ['fees/en.md', file(EN, { 'problem-types': '[other]' }), 'fees/en.md:3: "problem-types" must hold "fees"'],
    ['fees/en.md', file(EN, { languages: '[zh-Hans]' }), 'fees/en.md:4: "languages" must hold "en"'],
    ['fees/en.twitter.md', file(EN), 'fees/en.twitter.md:5: "platforms" must hold "twitter"'],
    ['fees/en.md', file('  \n '), 'fees/en.md:11: There is no text'],
    ['fees/en.md', file('Hello\n\nthis is {{brand}}.'), 'fees/en.md:13: {{brand}} is no known name.'],
    ['fees/en.md', file('Hello {{ product }}.'), 'fees/en.md:11: {{ product }} is no known name.'],
    ['fees/en.md', file('{{#if product}}Hello{{/if}}'), 'fees/en.md:11: {{#if product}} is no known name.'],
    ['fees/en.md', file('Hello\n{{product}'), 'fees/en.md:12: Braces must be double and hold one name'],
    ['fees/en.md', file('Hello {{{product}}}'), 'fees/en.md:11: Braces must be double and hold one name'],
  ])('%s with a fault is refused, with the place and what to do', (name, content, message) => {
    expect(() => parseTemplate(name, content)).toThrow(TemplateError);
    expect(() => parseTemplate(name, content)).toThrow(message);
  });
});

describe('a folder of templates', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'templates-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  const put = (files: Record<string, string>) => {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(dir, name)), { recursive: true });
      writeFileSync(join(dir, name), content);
    }
    return loadTemplates(dir);
  };

  it('is read in the order of its names, without the README', async () => {
    const loaded = await put({ 'README.md': '# Templates', 'fees/zh-Hans.md': chinese(), 'fees/en.md': file(EN) });
    expect(loaded.map(({ id, stale }) => [id, stale])).toEqual([
      ['fees/en', undefined],
      ['fees/zh-Hans', undefined],
    ]);
  });

  it('marks a template stale when its twin was changed, and says how to mend it', async () => {
    const changed = `${ZH}谢谢。`;
    const loaded = await put({ 'fees/en.md': file(EN), 'fees/zh-Hans.md': chinese(changed) });
    expect(loaded.find(({ id }) => id === 'fees/en')?.stale).toContain(`write "twin: '${versionOf(changed)}'"`);
    expect(loaded.find(({ id }) => id === 'fees/zh-Hans')?.stale).toBeUndefined();
  });

  it.each([
    ['no template at all', { 'README.md': '' }, 'There are no templates in'],
    ['a missing twin', { 'fees/en.md': file(EN) }, 'fees/en.md:1: Its twin fees/zh-Hans.md is missing'],
    [
      'a misspelt never-for',
      { 'fees/en.md': file(EN, { 'never-for': '[scams]' }), 'fees/zh-Hans.md': chinese() },
      'fees/en.md:2: "never-for" holds "scams"',
    ],
    [
      'nothing for a bare workspace',
      { 'fees/en.md': file(`${EN} {{helpUrl}}`), 'fees/zh-Hans.md': chinese() },
      'fees has no en template for any platform that uses only {{product}} and {{greeting}}',
    ],
  ])('with %s is refused', async (_, files, message) => {
    await expect(put(files as Record<string, string>)).rejects.toThrow(message);
  });
});
