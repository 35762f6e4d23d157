import { afterAll, expect, test } from 'vitest';
import { startJourney } from './journey.ts';
import { spendMost } from './scenes.ts';

let x: Awaited<ReturnType<typeof spendMost>>;
const journey = startJourney(async (earshot) => {
  x = await spendMost(earshot);
});
afterAll(() => x?.close());
const entry = () => {
  const found = journey.earshot.parts.workspace.current().sources.find(({ id }) => id === 'x-mentions');
  if (!found) throw new Error('the source is not in the settings');
  return found;
};

test('a used-up budget is raised on screen, tried before it is saved, and reading goes on where it stood', async () => {
  const { sources, store } = journey.earshot.parts;
  await expect(sources.pull('x-mentions')).rejects.toThrow('is used up');
  const before = await store.queue({ limit: 200 });
  const page = await journey.open({ at: '#/sources' });
  const card = page.getByRole('listitem').filter({ hasText: 'X mentions' });
  await card.getByText('neither read nor answered until').waitFor();
  await card.getByRole('link', { name: 'Edit' }).click();

  const budget = page.getByLabel('Monthly budget usd');
  await expect.poll(() => budget.inputValue()).toBe('10');
  await budget.fill('0');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('alert').waitFor();
  await budget.fill('40');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('X 提及');
  await page.getByRole('button', { name: 'Test' }).click();
  await page.getByText('It works, as OKPayHelp.').waitFor();
  expect(entry().options.monthlyBudgetUsd).toBe(10);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'X 提及' }).waitFor();
  expect(entry()).toMatchObject({ name: 'X 提及', options: { monthlyBudgetUsd: 40, address: x.url } });

  await sources.pull('x-mentions');
  const after = await store.queue({ limit: 200 });
  expect(after.rows.length).toBeGreaterThan(before.rows.length);
  expect(new Set(after.rows.map(({ mention }) => mention.nativeId)).size).toBe(after.rows.length);
  await page.context().close();
});

test('it is paused and goes on with one press each, and the history says who did it, in Chinese', async () => {
  const page = await journey.open({ at: '#/sources' });
  const card = page.getByRole('listitem').filter({ hasText: 'x-mentions' });
  await card.getByRole('button', { name: 'Pause' }).click();
  await card.getByRole('button', { name: 'Go on' }).waitFor();
  await card.getByText('Paused', { exact: true }).waitFor();
  expect(entry().enabled).toBe(false);
  await expect.poll(() => card.getByRole('button', { name: 'Read now' }).count()).toBe(0);
  await card.getByRole('button', { name: 'Go on' }).click();
  await card.getByRole('button', { name: 'Pause' }).waitFor();
  expect(entry().enabled).toBe(true);
  await page.context().close();

  const chinese = await journey.open({ locale: 'zh-CN', at: '#/settings/history' });
  await chinese.getByText('来源 x-mentions 已暂停').waitFor();
  await chinese.getByText('来源 x-mentions 已恢复').waitFor();
  await chinese.context().close();
});

test('two people do not change it over each other', async () => {
  const page = await journey.open({ at: '#/sources/edit/x-mentions' });
  const name = page.getByRole('textbox', { name: 'Name', exact: true });
  await name.fill('Mine');
  const { sources } = journey.earshot.parts;
  const { connector: _same, ...settings } = sources.settings('x-mentions');
  const theirs = { before: sources.settings('x-mentions'), after: { ...settings, name: 'Theirs' } };
  await sources.change('x-mentions', theirs, 'Lin');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect.poll(() => page.getByRole('alert').textContent()).toContain('Somebody changed this source');
  await expect.poll(() => name.inputValue()).toBe('Mine');
  expect(entry().name).toBe('Theirs');
  await page.context().close();
});

test('whoever may not change settings sees how it is doing, and no button', async () => {
  const page = await journey.open({ as: 'Wen', role: 'approver', at: '#/sources' });
  await page.getByRole('heading', { name: 'Theirs' }).waitFor();
  await expect.poll(() => page.locator('.source-actions').count()).toBe(0);
  await expect.poll(() => page.getByRole('link', { name: 'Add a source' }).count()).toBe(0);
  await page.context().close();
});
