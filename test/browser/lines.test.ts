import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { DESKTOP, faultsOf, PHONE } from './browser.ts';
import { goTo, rows, startJourney } from './journey.ts';
import { breakSource, spendMost } from './scenes.ts';

/** Many steps, with other work on the machine. */
const LONG = 60_000;

let x: Awaited<ReturnType<typeof spendMost>>;
/** An incident, a source in trouble, a budget that is nearly used up, and the notice of the sample. */
const journey = startJourney(async (earshot) => {
  await earshot.collectSample();
  await earshot.parts.incidents.watch.round();
  await breakSource(earshot);
  x = await spendMost(earshot);
});
afterAll(() => x?.close());

const LANGUAGES = [
  [
    'en-GB',
    '4 notices',
    'Top-up failed',
    ['Open the incident', 'Look at the sources', 'Connect a real source'],
    'needs you',
  ],
  ['zh-CN', '4 条提示', '充值失败', ['打开事件', '查看来源', '连接真实来源'], '需要您处理'],
  ['zh-TW', '4 則提示', '儲值失敗', ['開啟事件', '查看來源', '連接真實來源'], '需要您處理'],
] as const;

const fold = (page: Page) => page.getByRole('status').locator('button[aria-expanded]');
const isFocused = (page: Page) => fold(page).evaluate((button) => button === document.activeElement);

test.each(LANGUAGES)(
  'in %s a phone says the worst in words and how many there are, in one line, and opens to all of them',
  async (locale, count, worst, ways, broken) => {
    const page = await journey.open({ locale, device: PHONE, at: '#/waiting' });
    await rows(page).first().waitFor();
    await expect.poll(() => fold(page).textContent()).toContain(count);
    await expect.poll(() => fold(page).textContent()).toContain(worst);
    await expect.poll(() => fold(page).getAttribute('aria-expanded')).toBe('false');
    await expect.poll(async () => (await fold(page).boundingBox())?.height).toBeLessThan(48);
    for (const name of ways) await expect.poll(() => page.getByRole('link', { name }).count()).toBe(0);
    expect(await faultsOf(page)).toEqual([]);

    await fold(page).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => fold(page).getAttribute('aria-expanded')).toBe('true');
    for (const name of ways) await page.getByRole('link', { name }).first().waitFor();
    await page.getByText(broken).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await expect.poll(() => isFocused(page)).toBe(true);

    await page.keyboard.press('Enter');
    await expect.poll(() => fold(page).getAttribute('aria-expanded')).toBe('false');
    for (const name of ways) await expect.poll(() => page.getByRole('link', { name }).count()).toBe(0);

    // The page of the incidents says itself what is burning: the source in trouble comes next.
    await goTo(page, `${journey.earshot.web.url}/#/incidents`);
    await expect.poll(() => fold(page).textContent()).toContain(broken);
    await page.context().close();
  },
  LONG,
);

test(
  'a screen with room shows every line whole',
  async () => {
    const page = await journey.open({ device: DESKTOP, at: '#/waiting' });
    for (const name of LANGUAGES[0][3]) await page.getByRole('link', { name }).first().waitFor();
    await expect.poll(() => page.locator('.line').count()).toBe(4);
    await expect.poll(() => fold(page).count()).toBe(0);
    await page.context().close();
  },
  LONG,
);

test.each([
  ['zh-CN', '示例', '来源'],
  ['zh-TW', '範例', '來源'],
] as const)(
  'in %s the source of the sample has its name in Chinese, wherever it is named',
  async (locale, name, source) => {
    const page = await journey.open({ locale, at: '#/waiting' });
    await page.locator('.side-source').filter({ hasText: name }).waitFor();

    await goTo(page, `${journey.earshot.web.url}/#/waiting?source=sample`);
    await page.locator('.filter-chip').getByText(name, { exact: true }).waitFor();

    await goTo(page, `${journey.earshot.web.url}/#/sources`);
    await page.getByRole('heading', { name, exact: true }).waitFor();

    await goTo(page, `${journey.earshot.web.url}/#/report`);
    await page.getByRole('button', { name: source, exact: true }).click();
    await page.locator('table.counts').getByText(name, { exact: true }).waitFor();
    await expect.poll(() => page.locator('main').textContent()).not.toContain('Sample');
    await page.context().close();
  },
  LONG,
);
