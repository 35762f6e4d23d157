import { describe, expect, test } from 'vitest';
import { PHONE } from './browser.ts';
import { said, startJourney } from './journey.ts';

const journey = startJourney((earshot) => earshot.collectSample());

describe('labelling what the classifier is least certain of', () => {
  test('takes one key a mention, takes one back, skips, and teaches', async () => {
    const page = await journey.open();
    await page.getByRole('link', { name: 'Label' }).click();
    await page.getByText('1 of 20', { exact: true }).waitFor();
    const first = await said(page).textContent();

    await page.keyboard.press('s'); // stolen account, fraud
    await page.getByText('2 of 20', { exact: true }).waitFor();
    await page.keyboard.press('z');
    await page.getByText('1 of 20', { exact: true }).waitFor();
    await expect.poll(() => said(page).textContent()).toBe(first);
    await expect.poll(() => journey.earshot.parts.store.corrections()).toEqual([]);

    await page.keyboard.press('f');
    await page.keyboard.press(' ');
    await page.keyboard.press('Enter');
    await page.getByText('4 of 20', { exact: true }).waitFor();
    await journey.eventually(async () => {
      const corrections = await journey.earshot.parts.store.corrections();
      expect(corrections.map(({ to, by }) => [to, by])).toEqual([
        ['fees', 'Mei'],
        [corrections[1]?.from, 'Mei'],
      ]);
    });
    await page.context().close();
  });

  test('works with a thumb, in Chinese, down to the last one', async () => {
    const page = await journey.open({ at: '#/label', device: PHONE, locale: 'zh-CN' });
    await page.getByRole('heading', { name: '标注' }).waitFor();
    for (let left = 20; left > 0; left--) await page.getByRole('button', { name: '跳过' }).click();
    await page.getByText('目前就这些').waitFor();
    await page.getByRole('button', { name: '再找一些' }).click();
    await page.getByRole('button', { name: '手续费' }).waitFor();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(wide).toBe(false);
    await page.context().close();
  });
});
