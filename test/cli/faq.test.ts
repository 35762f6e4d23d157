import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KNOWLEDGE } from '../../src/parts/knowledge.ts';
import { approvedArticles, standingAnswers } from '../../src/parts/standing-answers.ts';
import { Workspace } from '../../src/workspace/schema.ts';
import { type Home, openHome } from './support.ts';

let home: Home;
beforeEach(async () => {
  home = await openHome();
});
afterEach(() => home.close());

describe('earshot faq', () => {
  it('gives members nothing in a fresh workspace, and what a named person approved after that', async () => {
    const fresh = await home.run(['faq', '--json']);
    expect(fresh.json.length).toBeGreaterThan(10);
    expect(fresh.json.every(({ state }) => state === 'waiting')).toBe(true);
    expect((await home.run(['faq'])).out).toContain('Members get no answer yet');
    expect((await home.run(['faq', 'show', 'fees'])).out).toMatch(/en .*\n[\s\S]*zh-Hans [\s\S]*zh-Hant /);

    const approved = await home.run(['faq', 'approve', 'fees', 'app-bug', '--as', 'Maya']);
    expect(approved.code).toBe(0);
    const fees = (await home.run(['faq', '--json'])).json.find(({ id }) => id === 'fees');
    expect(fees).toMatchObject({ state: 'approved', by: 'Maya' });
    const audit = await home.run(['audit', 'verify', '--json']);
    expect(audit.json[0]).toMatchObject({ events: 2 });

    await home.run(['faq', 'withdraw', 'fees']);
    const states = (await home.run(['faq', '--json'])).json.filter(({ state }) => state === 'approved');
    expect(states.map(({ id }) => id)).toEqual(['app-bug']);
  });

  it('says what there is when an answer is not known', async () => {
    const { code, err } = await home.run(['faq', 'approve', 'fee']);
    expect([code, err]).toEqual([3, expect.stringContaining('There is no answer "fee". There are: account-locked')]);
  });
});

describe('an approval', () => {
  it('is void as soon as the text changed, in whichever language', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'knowledge-'));
    await cp(KNOWLEDGE, folder, { recursive: true });
    const workspace = (standing: object[]) =>
      Workspace.parse({ version: 1, brand: { product: 'Acorn Pay' }, standingAnswers: standing });
    const version = (await standingAnswers(workspace([]), folder)).find(({ id }) => id === 'fees')?.version;
    const approved = workspace([{ id: 'fees', version, by: 'Maya', at: '2026-11-27T10:00:00.000Z' }]);
    expect(approvedArticles(await standingAnswers(approved, folder)).map(({ lang }) => lang)).toEqual([
      'en',
      'zh-Hans',
      'zh-Hant',
    ]);

    const file = join(folder, 'fees/zh-Hans.md');
    await writeFile(file, `${await readFile(file, 'utf8')}\n新的一句。\n`);
    const answers = await standingAnswers(approved, folder);
    expect(approvedArticles(answers)).toEqual([]);
    expect(answers.find(({ id }) => id === 'fees')).toMatchObject({ state: 'changed', approval: { by: 'Maya' } });
    await rm(folder, { recursive: true });
  });
});
