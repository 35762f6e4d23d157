import { expect, test } from 'vitest';
import { faultsOf } from './browser.ts';
import { startJourney } from './journey.ts';

const journey = startJourney(async () => {});

const current = () => journey.earshot.parts.workspace.current().notice;

test('a status notice is written as it will read in three scripts, announced and ended, by name', async () => {
  const page = await journey.open({ as: 'Ana', role: 'lead', at: '#/settings/notice' });
  await page.getByText('Nothing is announced.').waitFor();
  await page.getByRole('textbox', { name: 'In English' }).fill('Top-ups are under maintenance since 14:00.');
  await page.getByRole('textbox', { name: 'In Simplified Chinese' }).fill('充值维护中，我们会退款给您。');
  const reads = page.getByRole('region', { name: 'How it reads' });
  await reads.getByText('Promises nothing').first().waitFor();
  await page.getByRole('textbox', { name: 'In Simplified Chinese' }).fill('充值自 14:00 起维护中。');
  await reads.getByText(/起維護中。$/).waitFor();
  await page.getByRole('checkbox', { name: /Everything that is neither/ }).uncheck();
  await page.getByRole('checkbox', { name: 'Fees' }).uncheck();
  expect(await faultsOf(page)).toEqual([]);

  await page.getByRole('button', { name: 'Announce it' }).click();
  await page.getByText(/^since .*, by Ana$/).waitFor();
  expect(current()).toMatchObject({
    en: 'Top-ups are under maintenance since 14:00.',
    zh: '充值自 14:00 起维护中。',
  });
  expect(current()?.problemTypes).toContain('top-up-failed');
  expect(current()?.problemTypes).not.toContain('fees');
  await page.getByRole('button', { name: 'End it now' }).click();
  await page.getByText('Nothing is announced.').waitFor();
  expect(current()).toBeUndefined();
  await page.context().close();
});

test('what somebody wrote and did not save is there when they come back, and closing the tab asks first', async () => {
  const page = await journey.open({ at: '#/settings/brand' });
  const field = page.getByRole('textbox', { name: 'Product' });
  await field.fill('Acorn Pay');
  await page.getByRole('link', { name: 'Report' }).click();
  await page.getByRole('heading', { name: 'Report', exact: true }).waitFor();
  await page.getByRole('link', { name: /^Settings/ }).click();
  await expect.poll(() => field.inputValue()).toBe('Acorn Pay');
  const asked = page.waitForEvent('dialog');
  void page.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect.poll(() => field.inputValue()).toBe('OKPay');
  await page.context().close();
});
