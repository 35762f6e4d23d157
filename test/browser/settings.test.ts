import { describe, expect, test } from 'vitest';
import { mentionId } from '../../src/core/ids.ts';
import { PHONE } from './browser.ts';
import { PASSWORD, startJourney } from './journey.ts';
import { breakSource, spendMost } from './scenes.ts';

const journey = startJourney((earshot) => earshot.collectSample());

describe('sources', () => {
  test('are chosen, filled in from their own description, connected, and removed in two steps', async () => {
    const page = await journey.open();
    await page.getByRole('link', { name: 'Connect a real source' }).click();
    await page.getByRole('link', { name: /Feeds/ }).click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Wallet Forum 钱包论坛');
    await expect.poll(() => page.getByRole('textbox', { name: 'Short id' }).inputValue()).toBe('wallet-forum');
    await page.getByRole('textbox', { name: 'Urls' }).fill('not an address');
    await page.getByRole('button', { name: 'Connect' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByRole('textbox', { name: 'Urls' }).fill('https://forum.example/latest.rss');
    await page.getByRole('button', { name: 'Connect' }).click();
    await page.getByRole('heading', { name: 'Wallet Forum 钱包论坛' }).waitFor();
    const sources = await journey.earshot.parts.sources.list();
    expect(sources.find(({ id }) => id === 'wallet-forum')?.enabled).toBe(true);

    const card = page.getByRole('listitem').filter({ hasText: 'Wallet Forum' });
    await card.getByRole('button', { name: 'Remove' }).click();
    await card.getByRole('button', { name: 'Stop listening' }).click();
    await page.getByRole('heading', { name: 'Wallet Forum 钱包论坛' }).waitFor({ state: 'detached' });
    expect((await journey.earshot.parts.sources.list()).map(({ id }) => id)).toEqual(['sample']);
    await page.context().close();
  });

  test('that need somebody are named at the top of every page, with what to do', async () => {
    const page = await journey.open();
    // It breaks when the page has asked already, and is not told of changes yet.
    const broken = Promise.withResolvers<void>();
    await page.route('**/api/v1/events', async (route) => {
      await broken.promise;
      await route.continue();
    });
    const asked = page.waitForResponse('**/api/v1/sources');
    await page.reload();
    await asked;
    await breakSource(journey.earshot);
    broken.resolve();
    const line = page.getByRole('status').filter({ hasText: 'Wallet forum' });
    await line.waitFor();
    await expect.poll(() => line.textContent()).toContain('the address of a site instead of its feed');
    await line.getByRole('link', { name: 'Look at the sources' }).click();
    await page.getByText('Blocked by the platform').waitFor();
    await page.context().close();
  });
});

describe('a source that costs money', () => {
  test('shows what it cost, where that leads, and at the top that its budget is nearly or quite used up', async () => {
    const page = await journey.open({ at: '#/sources' });
    const x = await spendMost(journey.earshot);
    try {
      x.access = 'read';
      const tested = await journey.earshot.parts.sources.test('x-mentions');
      expect(tested).toEqual({
        ok: false,
        message: expect.stringMatching(/^It works, as OKPayHelp\. .* may only read/),
        messageIn: {
          'zh-Hans': expect.stringMatching(/^可以使用，账号为 OKPayHelp/),
          'zh-Hant': expect.stringMatching(/^可以使用，帳號為 OKPayHelp/),
        },
      });

      const card = page.getByRole('listitem').filter({ hasText: 'X mentions' });
      await card.getByText(/^\$9\.00 of \$10\.00 spent in \w+ \d{4}/).waitFor();
      const line = page.getByRole('status').filter({ hasText: 'X mentions' });
      await expect.poll(() => line.textContent()).toContain('$9.00 of the budget of $10.00 are spent.');

      // As much as the rest allows, then the stop.
      await expect(journey.earshot.parts.sources.pull('x-mentions')).rejects.toThrow(/budget of \$10 .* is used up/);
      await line.getByText('neither read nor answered until').waitFor();
      await card.getByText('neither read nor answered until').waitFor();
      await expect.poll(() => page.getByText('X mentions” needs you').count()).toBe(0);

      await page.goto(page.url().replace('#/sources', '#/report'));
      const row = page.getByRole('table', { name: 'What the sources cost' }).getByRole('row', { name: /X mentions/ });
      await expect.poll(() => row.textContent()).toMatch(/\$10\.00\$10\.00.*used up/);
    } finally {
      await x.close();
      await page.context().close();
    }
  });
});

describe('the report', () => {
  test('counts in tables that a screen reader can read', async () => {
    const page = await journey.open({ at: '#/report' });
    const table = page.locator('table.counts');
    await table.waitFor();
    const heard = await table.locator('tbody td:nth-of-type(2)').allTextContents();
    const { byState } = await journey.earshot.parts.store.counts(Date.now());
    const all = Object.values(byState).reduce((sum, n) => sum + n, 0);
    expect(heard.reduce((sum, n) => sum + Number(n), 0)).toBe(all);
    await page.context().close();
  });

  test('shows each picture with its numbers, told apart by what is chosen, and gives them away as a file', async () => {
    const page = await journey.open({ at: '#/report' });
    await page.getByRole('img', { name: /^\d+ mentions in 30 days/ }).waitFor();
    await page.getByRole('button', { name: 'Source', exact: true }).press('Enter');
    await page.locator('.legend').first().getByText('Sample', { exact: true }).waitFor();
    await page.locator('summary').first().press('Enter');
    const numbers = page.getByRole('region', { name: 'Volume' }).getByRole('table', { name: 'Volume' });
    await expect.poll(() => numbers.locator('tbody tr').count()).toBe(30);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'CSV: Volume' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('earshot-volume-30-days.csv');
    await page.context().close();
  });

  test('has no more on a phone than fits, in Chinese', async () => {
    const page = await journey.open({ at: '#/report', device: PHONE, locale: 'zh-CN' });
    await page.getByRole('heading', { name: '首次回复用时' }).waitFor();
    const [wide, room] = await page.locator('#mention').evaluate((main) => [main.scrollWidth, main.clientWidth]);
    expect(wide).toBe(room);
    await page.context().close();
  });
});

describe('colleagues', () => {
  test('come in by an invitation with a role, a name and a password, and again by these', async () => {
    const page = await journey.open({ at: '#/people' });
    await page.getByRole('textbox', { name: 'Invite a colleague' }).fill('Lin');
    await page.getByRole('combobox', { name: 'Role', exact: true }).selectOption('drafter');
    await page.getByRole('button', { name: 'Make a link' }).click();
    const link = (await page.locator('.made code').textContent()) ?? '';
    const lin = await page.context().browser()?.newContext({ locale: 'en' });
    const hers = await lin?.newPage();
    if (!lin || !hers) throw new Error('no second browser');
    await hers.goto(link);
    await hers.getByText('Mei invited you as Drafter').waitFor();
    await hers.locator('input[autocomplete=new-password]').fill('short');
    await hers.getByRole('button', { name: 'Open the inbox' }).click();
    await hers.getByText('A password has at least 10 characters').waitFor();
    await hers.locator('input[autocomplete=new-password]').fill(PASSWORD);
    await hers.getByRole('button', { name: 'Open the inbox' }).click();
    await hers.locator('.frame').waitFor();
    expect(new URL(hers.url()).search).toBe('');

    await page.reload();
    await page.getByRole('listitem').filter({ hasText: 'Lin' }).getByRole('combobox').selectOption('approver');
    await expect.poll(() => journey.earshot.parts.store.access.personByName('Lin')).toMatchObject({ role: 'approver' });
    await lin.clearCookies();
    await hers.reload();
    await hers.getByRole('textbox', { name: 'Name' }).fill('lin');
    await hers.locator('input[autocomplete=current-password]').fill('not this one');
    await hers.getByRole('button', { name: 'Sign in', exact: true }).click();
    await hers.getByText('do not fit together').waitFor();
    await hers.locator('input[autocomplete=current-password]').fill(PASSWORD);
    await hers.getByRole('button', { name: 'Sign in', exact: true }).click();
    await hers.locator('.frame').waitFor();

    await page.reload();
    const row = page.getByRole('listitem').filter({ hasText: 'Lin' });
    await row.getByRole('button', { name: 'Let go' }).click();
    await row.getByRole('alert').getByRole('button', { name: 'Let go' }).click();
    await row.getByText('Let go', { exact: true }).waitFor();
    await hers.reload();
    await hers.locator('.sign-in').waitFor();
    await lin.close();
    await page.context().close();
  });

  test('come back through a sign-in page when their session has ended', async () => {
    const page = await journey.open();
    await page.context().clearCookies();
    await page.reload();
    await page.getByRole('button', { name: 'I have a key' }).click();
    await page.getByRole('textbox', { name: 'Key' }).fill('wrong');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText('This key is not valid').waitFor();
    await page.getByRole('textbox', { name: 'Key' }).fill(journey.earshot.web.signInUrl());
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.locator('.frame').waitFor();
    await page.context().close();
  });

  test('sign in again on the spot when a session ends in the middle of work, and find what they wrote', async () => {
    await journey.earshot.hear([{ nativeId: 'ended', text: 'My top-up of 90 is not there yet.' }]);
    const page = await journey.open({ as: 'Noor', locale: 'zh-CN', at: `#/all/${mentionId('feed', 'ended')}` });
    await page.locator('.draft-text').waitFor();
    await page.keyboard.press('e');
    await page.locator('#draft-field').fill('Half a sentence that nobody has sa');
    await page.context().clearCookies();
    await page.keyboard.press('Control+s');
    await page.locator('.sign-in').waitFor();
    await page.locator('input[autocomplete=username]').fill('Noor');
    await page.locator('input[autocomplete=current-password]').fill(PASSWORD);
    await page.locator('.sign-in button[type=submit]').first().click();
    await page.locator('.frame').waitFor();
    await expect.poll(() => page.url()).toContain(mentionId('feed', 'ended'));
    await expect.poll(() => page.locator('.draft-text').textContent()).toContain('Half a sentence that nobody has sa');
    await page.context().close();
  });

  test('see where they are signed in, and make a key for a program that is shown once', async () => {
    const page = await journey.open({ at: '#/account' });
    await page.getByText('this browser').waitFor();
    await page.getByRole('textbox', { name: 'What is it for?' }).fill('Weekly numbers');
    await page.getByRole('button', { name: 'Make a token' }).click();
    const key = (await page.locator('.made code').textContent()) ?? '';
    const asked = await fetch(`${journey.earshot.web.url}/api/v1/queue`, {
      headers: { authorization: `Bearer ${key}` },
    });
    expect(asked.status).toBe(200);
    await page.reload();
    await page.getByText('Weekly numbers', { exact: true }).waitFor();
    await expect.poll(() => page.locator('.made').count()).toBe(0);
    await page.getByRole('button', { name: 'End it' }).click();
    await page.getByText('No tokens').waitFor();
    await page.context().close();
  });
});
