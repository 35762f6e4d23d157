import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, openContext, PHONE } from './browser.ts';
import { openEarshot } from './earshot.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

test('what a phone installs is named in the language of the page, with pictures of the sizes it promises', async () => {
  const earshot = await openEarshot();
  const context = await openContext(browser, { locale: 'zh-CN', device: PHONE });
  const page = await context.newPage();
  await page.goto(await earshot.linkFor());
  await page.locator('.frame').waitFor();
  const address = await page.locator('link[rel=manifest]').getAttribute('href');
  const base = `${earshot.web.url}/`;
  const answer = await fetch(new URL(address ?? '', base));
  expect(answer.headers.get('content-type')).toContain('application/manifest+json');
  const manifest = (await answer.json()) as {
    lang: string;
    start_url: string;
    icons: { src: string; sizes: string }[];
  };
  expect(manifest).toMatchObject({ lang: 'zh-Hans', start_url: './#/waiting', display: 'standalone' });
  for (const { src, sizes } of manifest.icons.filter((icon) => icon.src.endsWith('.png'))) {
    const bytes = Buffer.from(await (await fetch(new URL(src, base))).arrayBuffer());
    expect([src, `${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`]).toEqual([src, sizes]);
  }
  await context.close();
  await earshot.close();
});

test('without a connection a page says so in three scripts, and nothing old is shown', async () => {
  const earshot = await openEarshot();
  await earshot.collectSample();
  const context = await openContext(browser, { device: PHONE });
  const page = await context.newPage();
  await page.goto(await earshot.linkFor());
  await page.locator('.frame').waitFor();
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    while (!navigator.serviceWorker.controller) await new Promise((done) => setTimeout(done, 50));
  });
  const kept = await page.evaluate(async () => {
    const caches = await Promise.all((await window.caches.keys()).map((name) => window.caches.open(name)));
    const requests = await Promise.all(caches.map((cache) => cache.keys()));
    return requests.flat().map(({ url }) => new URL(url).pathname);
  });
  expect(kept.sort()).toEqual(['/icon.svg', '/offline.css', '/offline.html']);
  const { url } = earshot.web;
  await earshot.close();
  await page.goto(`${url}/#/done`);
  await page.reload();
  await page.getByRole('heading', { name: 'Earshot does not answer' }).waitFor();
  await page.getByRole('heading', { name: '无法连接 Earshot' }).waitFor();
  await page.getByRole('heading', { name: '無法連線 Earshot' }).waitFor();
  const asked = await page.evaluate(() =>
    fetch('/api/v1/queue').then(
      () => 'answered',
      () => 'no answer',
    ),
  );
  expect(asked).toBe('no answer');
  await context.close();
});

/** What the page showed. The headless Chromium refuses every notification, so that only this last step is taken over. */
function overhear() {
  const heard: unknown[] = [];
  let answer: NotificationPermission = 'default';
  Object.defineProperty(Notification, 'permission', { get: () => answer });
  Notification.requestPermission = async () => {
    answer = 'granted';
    return answer;
  };
  ServiceWorkerRegistration.prototype.showNotification = async (title, options) => {
    heard.push({ title, ...options });
  };
  Object.assign(globalThis, { heard });
}

test('urgent mentions are told of after somebody asked for it, once, without the author’s words', async () => {
  const earshot = await openEarshot();
  const context = await openContext(browser);
  const page = await context.newPage();
  await page.goto(await earshot.linkFor());
  await page.locator('.frame').waitFor();
  await page.goto(`${earshot.web.url}/#/account`);
  await page.getByText('Your browser was told not to show notifications').waitFor();

  await context.addInitScript(overhear);
  await page.reload();
  const told = () => page.evaluate(() => (globalThis as unknown as { heard: { title: string; data: object }[] }).heard);
  const words = 'My account was hacked and all my money is being stolen right now, help, urgent! Case';
  await earshot.hear([{ text: `${words} 1.` }]);
  const ask = page.getByRole('button', { name: 'Turn on notifications' });
  const first = page.waitForResponse((response) => response.url().includes('view=urgent'));
  await ask.click();
  await page.getByText('On', { exact: true }).waitFor();
  await first;
  await page.evaluate(() => Object.defineProperty(document, 'hasFocus', { value: () => false }));
  await earshot.hear([{ text: `${words} 2.` }]);
  await expect.poll(async () => (await told()).length, { timeout: 30_000 }).toBe(1);
  const [notice] = await told();
  expect(notice?.title).toMatch(/^Urgent: /);
  expect(JSON.stringify(notice)).not.toContain('hacked');
  expect(notice?.data).toEqual({ at: expect.stringMatching(/^\.\/#\/urgent\//) });
  await page.getByRole('button', { name: 'Turn off' }).click();
  await ask.waitFor();
  await context.close();
  await earshot.close();
});
