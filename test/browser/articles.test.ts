import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from 'vitest';
import { startJourney } from './journey.ts';

const written = {
  en: { title: 'Transfer limits', text: 'There are limits.' },
  'zh-Hans': { title: '转账限额', text: '有限额。' },
};

const journey = startJourney(({ parts }) =>
  parts.workspace.update('Mei', 'an article of long ago', (draft) => {
    // The articles that come with Earshot were checked when it was made: they grow due as well.
    const at = new Date().toISOString();
    draft.articleChecks = parts.knowledgeRows().map(({ id }) => ({ id, by: 'Mei', at }));
    draft.articles = [{ id: 'limits', ...written, by: 'Mei', at: '2000-01-01T00:00:00Z' }];
  }),
);

test('an article past the day of its check is shown to its owner first, who says that it was checked today', async () => {
  const page = await journey.open({ as: 'Dan', role: 'drafter', at: '#/settings/standingAnswers' });
  await page.getByText('1 article is past the day of its check').waitFor();
  await page.getByRole('link', { name: 'Standing answers 1 due' }).waitFor();
  await page.getByRole('combobox', { name: 'Who answers for it' }).selectOption('team');
  const cards = page.locator('.templates-list > li');
  await expect.poll(() => cards.count()).toBe(1);
  await cards.getByText('was due on').waitFor();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);

  await cards.getByRole('button', { name: 'Checked today limits' }).click();
  await cards.getByText('compared with the product by Dan').waitFor();
  await page.getByText('past the day of its check').waitFor({ state: 'detached' });
  const { articleChecks } = journey.earshot.parts.workspace.current();
  expect(articleChecks.filter(({ by }) => by !== 'Mei')).toMatchObject([{ id: 'limits', by: 'Dan' }]);
  await page.context().close();
});
