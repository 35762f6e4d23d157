import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { mentionId } from '../../src/core/ids.ts';
import { draftText, rows, said, startJourney } from './journey.ts';

const id = (nativeId: string) => mentionId('feed', nativeId);
const api = { permission: { how: 'api' } as const, place: 'wallets.example/help' };
const ana = { id: 'ana', handle: 'invented_ana', name: 'Invented Ana' };

const journey = startJourney((earshot) =>
  earshot.hear([
    { nativeId: 'en', text: 'My top-up of 20 is not there yet.', ...api },
    { nativeId: 'zh', text: '充值三百一直没到账，银行卡已经扣了，怎么办？', ...api },
    { nativeId: 'fraud', text: 'Somebody got into my account and is sending my money away right now!', ...api },
    { nativeId: 'noted', text: 'My top-up of 30 is not there yet.', ...api },
    { nativeId: 'mine', text: 'My top-up of 40 is not there yet.', ...api },
    { nativeId: 'typed', text: 'My top-up of 50 is not there yet.', ...api },
    { nativeId: 'before', text: 'My top-up of 60 is not there yet.', author: ana, ...api },
    { nativeId: 'elsewhere', text: 'The fee is too high.', author: ana, platform: 'twitter', ...api },
    { nativeId: 'now', text: 'Still nothing of my top-up of 60.', author: ana, ...api },
  ]),
);

const at = (hash: string) => `${journey.earshot.web.url}/#/${hash}`;
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });
const shown = async (page: Page) => {
  await rows(page).first().waitFor();
  return rows(page).evaluateAll((all) => all.map((row) => row.id.replace('row-', '')));
};

describe('the list', () => {
  test('is narrowed down by lane, confidence and who has it; the address leads a colleague to the same', async () => {
    const page = await journey.open({ at: '#/waiting' });
    await page.getByRole('button', { name: 'Filters' }).click();
    const panel = page.getByRole('dialog', { name: 'Filters' });
    await panel.getByRole('combobox', { name: 'Lane' }).selectOption('Security lane');
    await panel.getByRole('combobox', { name: 'Assigned to' }).selectOption('Nobody');
    await page.locator('.filter-chip').nth(1).waitFor();
    await expect.poll(() => shown(page)).toEqual([id('fraud')]);
    await page.keyboard.press('Escape');
    const lin = await journey.open({ as: 'Lin' });
    await lin.goto(page.url());
    await expect.poll(() => shown(lin)).toEqual([id('fraud')]);
    await lin.getByRole('button', { name: 'Without the filter “Security lane”' }).click();
    await expect.poll(async () => (await shown(lin)).length).toBeGreaterThan(5);
    await page.context().close();
    await lin.context().close();
  });

  test('is saved under a name, counted, shared with the team, and may be what the inbox opens with', async () => {
    const page = await journey.open({ at: '#/waiting?lang=zh-Hans', locale: 'zh-CN' });
    await rows(page).first().waitFor();
    await page.getByRole('button', { name: '保存这个视图' }).click();
    const form = page.getByRole('dialog', { name: '保存这个视图' });
    await form.getByRole('textbox', { name: '名称' }).fill('中文');
    await form.getByRole('switch', { name: '给整个团队' }).press(' ');
    await form.getByRole('button', { name: '保存' }).click();
    await page.getByText('视图已保存：中文').waitFor();
    const side = page.getByRole('navigation', { name: /已保存的视图/ });
    await expect.poll(() => side.getByRole('link').textContent()).toMatch(/中文.*1$/s);

    await page.getByRole('button', { name: '保存这个视图' }).click();
    await form.getByRole('switch', { name: '打开收件箱时显示这个视图' }).press(' ');
    const mei = await journey.earshot.parts.store.access.personByName('Mei');
    await expect.poll(() => journey.earshot.parts.store.startView(mei?.id ?? '')).toBeDefined();
    await page.goto(journey.earshot.web.url);
    await heading(page, '中文').waitFor();
    await expect.poll(() => shown(page)).toEqual([id('zh')]);

    const lin = await journey.open({ as: 'Lin' });
    await lin.getByRole('link', { name: '中文' }).click();
    await heading(lin, '中文').waitFor();
    await page.getByRole('button', { name: '保存这个视图' }).click();
    await page.getByRole('button', { name: '移除“中文”' }).click();
    await page.getByText('视图已移除：中文').waitFor();
    await page.getByRole('button', { name: '撤销' }).click();
    await page.getByText('视图已移除：中文').waitFor({ state: 'detached' });
    await expect.poll(() => journey.earshot.parts.store.savedViews('none')).toHaveLength(1);
    await page.context().close();
    await lin.context().close();
  });
});

describe('beside a mention', () => {
  test('colleagues leave notes, change and delete their own, and z brings a deleted one back', async () => {
    const page = await journey.open({ at: `#/all/${id('noted')}` });
    await draftText(page).waitFor();
    const draft = await draftText(page).textContent();
    await page.keyboard.press('n');
    await page.getByRole('textbox', { name: 'Your note' }).fill('She called: +44 7700 900123.');
    await page.getByRole('button', { name: 'Save the note' }).click();
    const note = page.locator('.note');
    await note.getByText('She called:').waitFor();
    await expect.poll(() => note.textContent()).not.toContain('7700');
    await page.getByRole('button', { name: '1 note' }).waitFor();
    await note.getByRole('button', { name: 'Edit' }).click();
    const field = page.getByRole('textbox', { name: 'Your note' });
    await expect
      .poll(() => field.inputValue(), { message: 'whoever wrote it sees it whole' })
      .toContain('+44 7700 900123');
    await field.fill('She called twice.');
    await field.press('Control+s');
    await note.getByText('She called twice.').waitFor();

    const lin = await journey.open({ as: 'Lin', at: `#/all/${id('noted')}` });
    await lin.locator('.note').getByText('She called twice.').waitFor();
    await expect.poll(() => lin.locator('.note').getByRole('button', { name: 'Edit' }).count()).toBe(0);
    await note.getByRole('button', { name: 'Delete' }).click();
    await lin.locator('.note').waitFor({ state: 'detached' });
    await page.getByText('Note deleted').waitFor();
    await page.keyboard.press('z');
    await lin.locator('.note').getByText('She called twice.').waitFor();

    await expect.poll(() => draftText(page).textContent()).toBe(draft);
    await page.keyboard.press('e');
    await page.locator('#draft-field').fill('Hello, She called twice. Bye.');
    await page.locator('.checks-why', { hasText: 'Holds no note of a colleague' }).waitFor();
    await expect.poll(() => page.locator('.approve-button').isDisabled()).toBe(true);
    await page.context().close();
    await lin.context().close();
  });

  test('stands what else the author wrote in this place, and in no other', async () => {
    const page = await journey.open({ at: `#/all/${id('now')}` });
    const author = page.getByRole('region', { name: 'This author here' });
    await author.getByText('1 other mention').waitFor();
    await author.getByRole('button', { name: 'Show them' }).click();
    await author.getByRole('link', { name: /My top-up of 60/ }).click();
    await expect.poll(() => said(page).textContent()).toBe('My top-up of 60 is not there yet.');
    await page.goto(at(`all/${id('elsewhere')}`));
    await author.getByText('First mention by this author here').waitFor();
    await page.context().close();
  });

  test('stand the other templates as they would read here; one is taken with a key and taken back with another', async () => {
    const page = await journey.open({ at: `#/all/${id('mine')}` });
    await draftText(page).waitFor();
    const first = await draftText(page).textContent();
    await page.keyboard.press('t');
    const second = page.getByRole('menuitem').nth(1);
    await second.locator('.offer-facts', { hasText: 'of 5,000' }).waitFor();
    const offered = await second.locator('.offer-text').textContent();
    await page.keyboard.press('2');
    await expect.poll(() => draftText(page).textContent()).toBe(offered);
    await expect.poll(() => page.locator('.draft-about').textContent()).toMatch(/template [\w/.-]+ \([0-9a-f]{7}\)/);
    await page.keyboard.press('z');
    await expect.poll(() => draftText(page).textContent()).toBe(first);
    const { drafts, history } = await journey.find(id('mine'));
    expect(drafts.map(({ revision }) => revision)).toEqual([1, 2, 3]);
    expect(drafts[2]?.template).toEqual(drafts[0]?.template);
    expect(history.map(({ action }) => action)).toEqual(['template-chosen', 'undone']);
    await page.context().close();
  });
});

describe('what is typed and not saved', () => {
  const text = 'Please write to support in the app and name the day.';

  test('is there again after the window was closed, and for nobody else on the same browser', async () => {
    const page = await journey.open({ at: `#/all/${id('typed')}` });
    await draftText(page).waitFor();
    await page.keyboard.press('e');
    await page.locator('#draft-field').fill(text);
    const context = page.context();
    await page.close();
    const again = await context.newPage();
    await again.goto(at(`all/${id('typed')}`));
    await again.getByText('Your edit is kept here').waitFor();
    await expect.poll(() => draftText(again).textContent()).toBe(text);

    await again.goto(await journey.earshot.linkFor('Ana'));
    await again.locator('input[autocomplete=new-password]').fill('four words in a row');
    await again.locator('.sign-in button[type=submit]').click();
    await again.locator('.frame').waitFor();
    await again.goto(at(`all/${id('typed')}`));
    await draftText(again).waitFor();
    await expect.poll(() => draftText(again).textContent()).not.toBe(text);
    await context.close();
  });

  test('makes way for a template, and comes back with an undo', async () => {
    const page = await journey.open({ at: `#/all/${id('en')}` });
    await draftText(page).waitFor();
    await page.keyboard.press('e');
    await page.locator('#draft-field').fill(text);
    await page.keyboard.press('Escape');
    await page.keyboard.press('t');
    await page.getByRole('menu').waitFor();
    await page.keyboard.press('2');
    await page.getByText('Your edit is kept here').waitFor({ state: 'detached' });
    await page.getByText('Template changed').waitFor();
    await page.keyboard.press('z');
    await page.getByText('Your edit is kept here').waitFor();
    await expect.poll(() => draftText(page).textContent()).toBe(text);
    await page.context().close();
  });
});

test('whoever leaves before the list is there stays where they went', async () => {
  const page = await journey.open({ at: '#/sources' });
  await page.locator('.source').first().waitFor();
  const { promise: left, resolve: leave } = Promise.withResolvers<void>();
  const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
  await page.context().route('**/api/v1/queue?view=later*', async (route) => {
    ask();
    await left;
    await route.fulfill({
      response: await route.fetch({ url: route.request().url().replace('view=later', 'view=all') }),
    });
  });
  await page.evaluate(() => {
    location.hash = '#/later';
  });
  await asked;
  // The address is another, and the page has not been told yet.
  await page.evaluate(() => history.replaceState(null, '', '#/report'));
  leave();
  await rows(page).first().waitFor();
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  expect(await page.evaluate(() => location.hash)).toBe('#/report');
  await page.context().close();
});

describe('a line that breaks', () => {
  test('costs nothing: what was said and decided meanwhile is all there once it stands again', {
    timeout: 60_000,
  }, async () => {
    const page = await journey.open({ at: '#/all' });
    await rows(page).first().waitFor();
    await page.keyboard.press('j');
    const before = await shown(page);
    const watched = id('fraud');
    await page.context().setOffline(true);
    const fresh = Array.from({ length: 30 }, (_, n) => ({
      nativeId: `meanwhile-${n}`,
      text: `Top-up ${n} is missing.`,
    }));
    await journey.earshot.hear(fresh.slice(0, 15));
    const { mention } = await journey.find(watched);
    await journey.earshot.parts.review.assign({ mentionId: watched, version: mention.version, by: 'Lin', to: 'Lin' });
    await journey.earshot.hear(fresh.slice(15));
    await expect.poll(() => shown(page), { message: 'nothing reaches it' }).toEqual(before);
    await page.context().setOffline(false);
    await page.getByRole('button', { name: '30 new' }).waitFor();
    await page.locator(`#row-${watched}`, { hasText: 'Lin' }).waitFor();
    await page.keyboard.press('u');
    const { rows: all } = await journey.earshot.parts.store.queue({ order: 'newest', limit: 200 });
    await expect
      .poll(() => page.locator('[role=option]').first().getAttribute('aria-setsize'))
      .toBe(String(all.length));
    await page.context().close();
  });
});
