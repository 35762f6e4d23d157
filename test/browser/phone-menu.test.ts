import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { faultsOf, PHONE } from './browser.ts';
import { startJourney } from './journey.ts';

const journey = startJourney((earshot) => earshot.collectSample());

const LANGUAGES = [
  ['en-GB', 'Go to', { learning: 'Learning', settings: 'Settings', people: 'People', scams: 'Suspects' }],
  ['zh-CN', '前往', { learning: '学习', settings: '设置', people: '成员', scams: '可疑账号' }],
  ['zh-TW', '前往', { learning: '學習', settings: '設定', people: '成員', scams: '可疑帳號' }],
] as const;

const items = (page: Page) => page.getByRole('menuitem');
const isOpen = (page: Page) => page.getByRole('menu').waitFor();
const isClosed = (page: Page) => page.getByRole('menu').waitFor({ state: 'detached' });

describe.each(LANGUAGES)('on a phone in %s', (locale, menu, names) => {
  test('every page is two touches away, and the menu says where one is', async () => {
    const page = await journey.open({ device: PHONE, locale });
    const button = page.getByRole('button', { name: menu, exact: true });
    await button.waitFor();
    const box = await button.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0), 'as large as a finger').toBeGreaterThanOrEqual(44);
    for (const [id, name] of Object.entries(names)) {
      await button.tap();
      await isOpen(page);
      await items(page).filter({ hasText: name }).tap();
      await expect.poll(() => new URL(page.url()).hash).toBe(`#/${id}`);
      await isClosed(page);
      await button.tap();
      const current = page.locator('[role=menuitem][aria-current=page]');
      await expect.poll(() => current.textContent()).toContain(name);
      await button.tap();
      await isClosed(page);
    }
    await page.context().close();
  });

  test('and two keys with a keyboard, in light and dark without a fault for screen readers', async () => {
    for (const scheme of ['light', 'dark'] as const) {
      const page = await journey.open({ device: PHONE, locale, scheme, at: '#/settings/alerts' });
      const button = page.getByRole('button', { name: menu, exact: true });
      await page.locator('.settings-group').first().waitFor();
      await button.focus();
      await page.keyboard.press('Enter');
      await isOpen(page);
      const shots = process.env.EARSHOT_SHOTS;
      if (shots) await page.screenshot({ path: join(shots, `menu-${locale}-${scheme}.png`) });
      expect(await faultsOf(page)).toEqual([]);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Escape');
      await isClosed(page);
      await button.focus();
      await page.keyboard.press('Enter');
      await isOpen(page);
      await page.keyboard.press('w');
      await expect.poll(() => new URL(page.url()).hash).toBe('#/scams');
      await page.context().close();
    }
  });
});

test('whoever may not change settings is not led there', async () => {
  const page = await journey.open({ device: PHONE, as: 'Jun', role: 'viewer' });
  await page.getByRole('button', { name: 'Go to', exact: true }).tap();
  await isOpen(page);
  const shown = () => items(page).allTextContents();
  await expect.poll(async () => (await shown()).length).toBe(7);
  expect((await shown()).join(' ')).not.toMatch(/Settings|Learning|People/);
});
