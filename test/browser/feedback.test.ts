import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { picture } from '../attachments/pictures.ts';
import { complaints, DESKTOP, openBrowser, openContext, PHONE } from './browser.ts';
import { type Earshot, openEarshot } from './earshot.ts';

let browser: Browser;
let earshot: Earshot;
const contexts: BrowserContext[] = [];
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  earshot = await openEarshot();
  await earshot.parts.workspace.update('Mei', 'test', ({ sources }) => {
    const options = { app: 'Acorn Wallet', mailHost: 'mail.acorn.example', mailFrom: 'help@acorn.example' };
    sources.push({ id: 'app', connector: 'app-feedback', options, enabled: true, sample: false, lookBackDays: 7 });
  });
});
afterEach(async () => {
  await Promise.all(contexts.splice(0).map((context) => context.close()));
  await earshot.close();
});

const form = () => `${earshot.web.url}/intake/app/form`;

describe('the feedback form', () => {
  it.each([
    ['en', DESKTOP],
    ['zh-CN', PHONE],
    ['zh-TW', PHONE],
  ])('can be used by everybody (%s)', { timeout: 60_000 }, async (locale, device) => {
    for (const scheme of ['light', 'dark'] as const) {
      const context = await openContext(browser, { locale, device, scheme });
      contexts.push(context);
      const heard = complaints(context);
      const page = await context.newPage();
      await page.goto(form());
      // Its policy lets no script in, and so none of the checker's: it looks from outside of the page.
      const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
      expect(heard).toEqual([]);
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
      );
      expect(wide).toBe(false);
      const label = page.locator('label').first();
      await expect
        .poll(() => label.evaluate((one) => getComputedStyle(one).borderTopWidth), { message: 'a label is no field' })
        .toBe('0px');
    }
  });

  it('works without scripts, and what was sent is seen in the inbox with its picture', {
    timeout: 60_000,
  }, async () => {
    const stranger = await browser.newContext({ ...PHONE, locale: 'zh-CN', javaScriptEnabled: false });
    contexts.push(stranger);
    const page = await stranger.newPage();
    await page.goto(form());
    await page.getByLabel('发生了什么？').fill('充值失败，钱扣了');
    await page
      .getByLabel('截图（可选）')
      .setInputFiles({ name: '截图.png', mimeType: 'image/png', buffer: await picture('png', 400, 300) });
    await page.getByLabel('电子邮箱（可选）').fill('mei@example.org');
    await page.waitForTimeout(2_100); // nobody writes faster than that, and the door knows
    await page.getByRole('button', { name: '发送' }).click();
    await page.getByText('已收到，谢谢您。').waitFor();
    await earshot.work();

    const context = await openContext(browser);
    contexts.push(context);
    const heard = complaints(context);
    const inbox = await context.newPage();
    await inbox.goto(await earshot.linkFor());
    await inbox.getByText('充值失败，钱扣了').first().click();
    const shot = inbox.getByRole('img', { name: '截图.png' });
    await shot.waitFor();
    // It stands there before all of it has come.
    await expect
      .poll(() => shot.evaluate((image: HTMLImageElement) => [image.complete, image.naturalWidth]))
      .toEqual([true, 400]);
    expect(heard).toEqual([]);
  });

  it("can be used inside a page of ours, and inside nobody else's", { timeout: 60_000 }, async () => {
    const frame = `<!doctype html><title>Help</title><iframe src="${form()}" title="Feedback" width="800" height="800"></iframe>`;
    const site = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(frame));
    await new Promise<void>((listening) => site.listen(0, '127.0.0.1', listening));
    // Another name is another site for a browser.
    const address = `http://localhost:${(site.address() as AddressInfo).port}`;
    const context = await openContext(browser);
    contexts.push(context);
    const shown = async () => {
      const page = await context.newPage();
      await page.goto(address);
      return page.frameLocator('iframe').getByLabel('What happened?').isVisible({ timeout: 5_000 });
    };
    try {
      await expect.poll(() => shown()).toBe(false);
      await earshot.parts.workspace.update('Mei', 'test', ({ sources }) => {
        const app = sources.find(({ id }) => id === 'app');
        if (app) app.options = { ...(app.options as object), embedOn: [address] };
      });
      await expect.poll(() => shown()).toBe(true);
    } finally {
      site.close();
      site.closeAllConnections();
    }
  });
});
