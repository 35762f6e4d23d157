import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { PHONE } from './browser.ts';
import { startJourney } from './journey.ts';

/** Many steps, with other work on the machine. */
const LONG = 90_000;

const journey = startJourney(({ hear }) =>
  hear([
    { nativeId: 'glimmer', text: 'the glimmer of my quill, as every autumn' },
    { nativeId: 'other', text: 'What are the fees for a withdrawal to a bank account?' },
  ]),
);

const own = () => journey.earshot.parts.workspace.current().lexicon;
const typeOf = async (text: string) => {
  const classifier = await journey.earshot.parts.classifier();
  return classifier.classify({ text }, 0).problemType;
};

async function add(page: Page, keywords: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Problem type' }).selectOption('fees');
  await page.getByRole('textbox', { name: 'New keywords' }).fill(keywords);
  await page.getByRole('combobox', { name: 'Strength', exact: true }).selectOption('Names the problem outright');
  await page.getByRole('button', { name: 'Add' }).click();
}

test(
  'keywords are added and switched off under the eyes of what they would change, and sort what is heard from then on',
  async () => {
    const page = await journey.open({ as: 'Ana', role: 'lead', at: '#/settings/lexicon' });
    await add(page, 'glimmer, my quill');
    const tried = page.getByRole('region', { name: 'Tried on recent mentions' });
    await tried.getByText('1 of the last 2 mentions would have another problem type').waitFor();
    await tried.locator('mark').filter({ hasText: 'glimmer' }).waitFor();
    expect(own()).toEqual([]);

    await page.getByRole('searchbox', { name: 'Search the list' }).fill('withdrawal');
    const [came = ''] = (await journey.earshot.parts.lexicon.list()).came
      .filter(({ problemType, phrase }) => problemType === 'fees' && phrase.includes('withdrawal'))
      .map(({ phrase }) => phrase);
    await page.getByRole('button', { name: came, exact: true }).click();
    await page.getByRole('button', { name: 'Do not use it' }).click();
    await page.getByRole('button', { name: `${came} not used` }).waitFor();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);

    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved. It counts for what is heard from now on.').waitFor();
    expect(own()).toMatchObject([
      { phrase: 'glimmer', problemType: 'fees', weight: 3, by: 'Ana' },
      { phrase: 'my quill', problemType: 'fees', weight: 3, by: 'Ana' },
      { phrase: came, off: true, by: 'Ana' },
    ]);
    expect(await typeOf('the glimmer of my quill, as every autumn')).toBe('fees');
    await page.context().close();
  },
  LONG,
);

test(
  'a change is tried on the last days with scores per type, and every state of the list is one click away',
  async () => {
    const page = await journey.open({ at: '#/settings/lexicon' });
    await add(page, 'quillwort');
    await page.getByRole('button', { name: /Try it on the last days/ }).click();
    await page.getByText(/Nothing would change in 2/).waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: /^quillwort/ }).waitFor();
    await journey.eventually(async () => expect(own()).toHaveLength(4));

    const history = page.getByRole('region', { name: 'History' });
    await history.getByRole('listitem').filter({ hasText: 'quillwort' }).first().waitFor();
    await history.getByRole('button', { name: /^Go back to this version/ }).click();
    await page.getByRole('button', { name: /^quillwort/ }).waitFor({ state: 'detached' });
    expect(own()).toHaveLength(3);
    await history.getByRole('button', { name: 'Go back to this as it came' }).click();
    await journey.eventually(async () => expect(own()).toEqual([]));
    await page.context().close();
  },
  LONG,
);

test('the list fits a phone, in Chinese, and finds what is written in Traditional characters', async () => {
  const page = await journey.open({ at: '#/settings/lexicon', device: PHONE, locale: 'zh-CN' });
  await page.getByRole('combobox', { name: '问题类型' }).selectOption('fees');
  await page.getByRole('button', { name: '手续费', exact: true }).waitFor();
  const [wide, room] = await page.locator('main.page').evaluate((main) => [main.scrollWidth, main.clientWidth]);
  expect(wide).toBe(room);
  await page.context().close();
});
