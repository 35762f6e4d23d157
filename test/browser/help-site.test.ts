import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { KNOWLEDGE } from '../../src/parts/knowledge.ts';
import { loadArticles, sayArticles } from '../../src/stages/draft/index.ts';
import { buildHelpSite } from '../../src/surfaces/help-site/index.ts';
import { complaints, faultsOf, type Look, openBrowser, openContext, PHONE } from './browser.ts';

const TYPES: Record<string, string> = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript' };
const BRAND = { product: 'Acorn Pay', helpUrl: 'https://help.acorn.example/start', supportEmail: 'care@acorn.example' };

let browser: Browser;
let folder: string;
let server: Server;
let origin: string;

/** As any web server would give it. */
beforeAll(async () => {
  [browser, folder] = await Promise.all([openBrowser(), mkdtemp(join(tmpdir(), 'help-site-'))]);
  const articles = sayArticles(await loadArticles(KNOWLEDGE), BRAND);
  await buildHelpSite({ product: BRAND.product, addresses: [BRAND.helpUrl, BRAND.supportEmail], articles }, folder);
  server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const type = TYPES[extname(path)];
    response.setHeader('content-type', `${type}; charset=utf-8`);
    response.end(await readFile(join(folder, path)));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}, 60_000);
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await Promise.all([browser.close(), rm(folder, { recursive: true })]);
});

/** A reader, who may neither be asked to load anything from elsewhere nor see a page that complains. */
async function asReader(look: Look & { script?: boolean }, at: string, work: (page: Page) => Promise<void>) {
  const context = await openContext(browser, look);
  const heard = complaints(context);
  const asked = new Set<string>();
  context.on('request', (request) => asked.add(new URL(request.url()).origin));
  const page = await context.newPage();
  await page.goto(at.includes(':') ? at : `${origin}/${at}`);
  await work(page);
  await context.close();
  expect(heard).toEqual([]);
  expect([...asked].filter((from) => from !== origin && from !== 'null')).toEqual([]);
}

const found = (page: Page) => page.locator('#found li strong').allTextContents();

describe('the search', () => {
  test('finds inside Chinese sentences, in words and in single signs, and says how many', async () => {
    await asReader({}, 'zh-Hans/index.html', async (page) => {
      await page.getByRole('searchbox').fill('没有收到链接');
      await expect.poll(async () => (await found(page))[0]).toBe('忘记密码');
      await page.getByRole('searchbox').fill('银行限额');
      await expect.poll(async () => (await found(page))[0]).toBe('充值失败或没有显示');
      await expect.poll(() => page.getByRole('status').textContent()).toMatch(/找到 \d+ 篇文章/);
      await page.getByRole('searchbox').fill('骗');
      await expect.poll(() => found(page)).toContain('冒充官方的诈骗');
    });
    await asReader({}, 'zh-Hant/index.html', async (page) => {
      await page.getByRole('searchbox').fill('忘記密碼');
      await expect.poll(async () => (await found(page))[0]).toBe('忘記密碼');
    });
  });

  test('finds begun words, leads to the article, and gives the list back when the field is empty', async () => {
    await asReader({}, 'en/index.html', async (page) => {
      await page.getByRole('searchbox').fill('FORGOT passw');
      await expect.poll(async () => (await found(page))[0]).toBe('Forgotten password');
      await page.getByRole('searchbox').fill('zzz');
      await expect
        .poll(() => page.getByRole('status').textContent())
        .toBe('Nothing was found. Try fewer or other words.');
      await page.getByRole('searchbox').fill('');
      await expect.poll(() => page.locator('#all li').first().isVisible()).toBe(true);
      await page.getByRole('searchbox').fill('look-alike');
      await page.locator('#found a').first().click();
      await expect.poll(() => page.getByRole('heading', { level: 1 }).textContent()).toBe('Scams in our name');
    });
  });

  test('is on every article, too', async () => {
    await asReader({}, 'en/fees.html', async (page) => {
      await page.getByRole('searchbox').fill('withdraw');
      await page.keyboard.press('Enter');
      await page.waitForURL(/index\.html\?q=withdraw$/);
      await expect.poll(async () => (await found(page))[0]).toMatch(/^Fees/);
    });
  });
});

describe('the pages', () => {
  test('work as files and without JavaScript: all articles, both ways between languages, no dead field', async () => {
    await asReader({}, pathToFileURL(join(folder, 'zh-Hans/index.html')).href, async (page) => {
      await page.getByRole('searchbox').fill('账户');
      await expect.poll(async () => (await found(page)).length).toBeGreaterThan(1);
    });
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${origin}/index.html`);
    await page.getByRole('link', { name: '简体中文' }).first().click();
    await expect.poll(() => page.getByRole('searchbox').count()).toBe(0);
    await expect.poll(() => page.locator('#all li').count()).toBeGreaterThan(10);
    await page.getByRole('link', { name: '手续费' }).click();
    await page.getByRole('link', { name: 'English' }).click();
    await expect.poll(() => page.getByRole('heading', { level: 1 }).textContent()).toMatch(/^Fees/);
    await expect.poll(() => page.getByRole('link', { name: BRAND.helpUrl }).getAttribute('href')).toBe(BRAND.helpUrl);
    await context.close();
  });

  test.each(['light', 'dark'] as const)('axe finds nothing, %s, at desktop and phone width', async (scheme) => {
    for (const at of [
      'index.html',
      'en/index.html?q=fee',
      'en/fees.html',
      'zh-Hans/index.html',
      'zh-Hant/scam-spam.html',
    ]) {
      await asReader({ scheme }, at, async (page) => {
        expect(await faultsOf(page), at).toEqual([]);
      });
      await asReader({ scheme, device: PHONE }, at, async (page) => {
        const wide = () =>
          page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        await expect.poll(wide, { message: at }).toBeLessThanOrEqual(0);
      });
    }
  });

  test('show hostile words as words', async () => {
    const out = await mkdtemp(join(tmpdir(), 'help-hostile-'));
    const hostile = `"><script>document.title='x'</script><img src=x onerror="document.title='x'">`;
    const block = { kind: 'paragraph', text: hostile } as const;
    const articles = (['en', 'zh-Hans', 'zh-Hant'] as const).map((lang) => ({
      ...{ id: 'fees', lang, title: hostile, checked: '2026-11-27' },
      blocks: [block, { kind: 'points', items: [hostile, '</script><script>document.title="x"</script>'] } as const],
    }));
    await buildHelpSite({ product: hostile, addresses: ['javascript:alert(1)', hostile], articles }, out);
    for (const path of ['index.html', 'en/index.html', 'en/fees.html']) {
      await asReader({}, pathToFileURL(join(out, path)).href, async (page) => {
        await expect.poll(() => page.title()).toContain(hostile);
        await expect.poll(() => page.locator('img').count()).toBe(0);
        if (path !== 'en/index.html') return;
        await page.getByRole('searchbox').fill('onerror');
        await expect.poll(() => found(page)).toEqual([hostile]);
      });
    }
    await rm(out, { recursive: true });
  });
});
