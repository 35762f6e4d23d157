import { describe, expect, test } from 'vitest';
import { draftText, rows, said, startJourney } from './journey.ts';

const journey = startJourney((earshot) => earshot.collectSample());

describe('searching', () => {
  test('finds words inside Chinese sentences, while they are typed', async () => {
    const page = await journey.open({ at: '#/all' });
    await rows(page).first().waitFor();
    await page.keyboard.press('/');
    await page.keyboard.insertText('验证码');
    await page.waitForURL(/search=/);
    const found = async () => {
      const all = rows(page).locator('.row-text');
      return [await all.count(), await all.filter({ hasNotText: '验证码' }).count()];
    };
    await expect.poll(found).toEqual([expect.toSatisfy((count: number) => count > 0), 0]);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.url()).not.toContain('search=');
    await page.context().close();
  });

  test('says when nothing matches, and offers the way back', async () => {
    const page = await journey.open({ at: '#/waiting?search=nobody-says-this' });
    await page.getByRole('heading', { name: 'No mention matches' }).waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await rows(page).first().waitFor();
    await page.context().close();
  });
});

describe('three languages', () => {
  test('switch in place, are kept, and are said to the browser', async () => {
    const page = await journey.open();
    await draftText(page).waitFor();
    await page.getByRole('button', { name: 'Language, Colours' }).click();
    await page.getByRole('menuitemradio', { name: '繁體中文' }).click();
    await page.getByRole('button', { name: '核准' }).waitFor();
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('zh-Hant');
    await page.reload();
    await page.getByRole('button', { name: '核准' }).waitFor();
    await page.context().close();
  });

  test.each([
    ['zh-CN', '批准'],
    ['zh-TW', '核准'],
    ['zh-HK', '核准'],
    ['en-GB', 'Approve'],
    ['pt-BR', 'Approve'],
  ])('a browser in %s begins with "%s"', async (locale, word) => {
    const page = await journey.open({ locale });
    await page.getByRole('button', { name: word }).waitFor();
    await page.context().close();
  });

  test('the draft has its twin beside it for who does not read the author’s language', async () => {
    const page = await journey.open({ locale: 'en', at: '#/all?lang=zh-Hans' });
    await draftText(page).waitFor();
    await expect.poll(() => said(page).getAttribute('lang')).toBe('zh-Hans');
    await expect.poll(() => draftText(page).textContent()).toMatch(/\p{Script=Han}/u);
    await expect.poll(() => page.locator('.draft-twin').textContent()).toMatch(/[a-z]{4}/);
    await page.context().close();
  });
});

describe('a phone', () => {
  const device = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

  test('shows the queue, then the mention with its draft and decisions under the thumb', async () => {
    const page = await journey.open({ device });
    await rows(page).first().tap();
    await draftText(page).waitFor();
    await expect.poll(() => rows(page).count()).toBe(0);
    const approve = await page.locator('.approve-button').boundingBox();
    expect(approve?.y).toBeGreaterThan(600);
    expect((approve?.y ?? 0) + (approve?.height ?? 0)).toBeLessThanOrEqual(844);
    expect(approve?.height).toBeGreaterThanOrEqual(44);
    const words = await said(page).textContent();
    await page.locator('.approve-button').tap();
    await expect.poll(() => said(page).textContent()).not.toBe(words);
    await page.getByRole('button', { name: 'Back to the queue' }).tap();
    await rows(page).first().waitFor();
    await page.context().close();
  });

  test.each(['#/waiting', '#/sources', '#/sources/add/', '#/sources/add/feed', '#/scams', '#/report'])(
    'never scrolls sideways at %s',
    async (at) => {
      for (const locale of ['en', 'zh-CN']) {
        const page = await journey.open({ device, locale, at });
        await page.locator('.page, .queue-row').first().waitFor();
        await expect
          .poll(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth))
          .toBeLessThanOrEqual(0);
        await page.context().close();
      }
    },
  );
});
