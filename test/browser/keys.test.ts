import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { ACTIONS, type Action, capsOf, keysOf } from '../../src/surfaces/web/client/keys/key-table.ts';
import { draftText, rows, said, selectedId, startJourney } from './journey.ts';
import { hearForKeys, id } from './keys-scene.ts';

const journey = startJourney(hearForKeys);

const stateOf = async (nativeId: string) => (await journey.find(id(nativeId))).mention.state;
const becomes = (nativeId: string, state: string) => expect.poll(() => stateOf(nativeId)).toBe(state);

/** Opens a mention, and waits until its answer is on screen. */
async function at(page: Page, nativeId: string, view = 'all'): Promise<void> {
  await page.goto(`${journey.earshot.web.url}/#/${view}/${id(nativeId)}`);
  await page.locator(`#row-${id(nativeId)}[aria-selected=true]`).waitFor();
  await page.locator('.answer').waitFor();
  await said(page).waitFor();
}

async function press(page: Page, action: Action): Promise<void> {
  const [key = ''] = keysOf(action);
  await page.keyboard.press(key === ' ' ? 'Space' : key);
}

async function write(page: Page, nativeId: string, text: string): Promise<void> {
  await at(page, nativeId);
  await press(page, 'edit');
  await page.locator('#draft-field').fill(text);
}

/** Leaves what is open, once it has the focus. All other keys rest until it is gone. */
async function leave(page: Page, open: Locator): Promise<void> {
  await open.locator(':focus').waitFor();
  await page.keyboard.press('Escape');
  await open.waitFor({ state: 'detached' });
}

const menuOf = (page: Page) => page.getByRole('menu');
const TEXT = 'Please write to support in the app and name the day.';

/** What each key of the table does. The compiler asks for every one of them, and each is pressed. */
const EFFECTS: Record<Action, (page: Page) => Promise<void>> = {
  async approve(page) {
    await at(page, 'approved');
    await page.locator('.approve-button:enabled').waitFor();
    await press(page, 'approve');
    await becomes('approved', 'approved');
  },
  async edit(page) {
    await at(page, 'edited');
    await press(page, 'edit');
    await page.locator('#draft-field:focus').waitFor();
  },
  async templates(page) {
    await at(page, 'templates');
    await press(page, 'templates');
    await menuOf(page).locator('.offer-text').nth(1).waitFor();
    await page.keyboard.press('2');
    await journey.eventually(async () => expect((await journey.find(id('templates'))).drafts).toHaveLength(2));
  },
  async correct(page) {
    await at(page, 'corrected');
    await press(page, 'correct');
    await menuOf(page).waitFor();
    await page.keyboard.press('f');
    await page.locator('.tag-button', { hasText: 'Fees' }).waitFor();
  },
  async dismiss(page) {
    await at(page, 'dismissed');
    await press(page, 'dismiss');
    await menuOf(page).waitFor();
    await page.keyboard.press('1');
    await becomes('dismissed', 'dismissed');
  },
  async snooze(page) {
    await at(page, 'snoozed');
    await press(page, 'snooze');
    await menuOf(page).waitFor();
    await page.keyboard.press('1');
    await becomes('snoozed', 'snoozed');
  },
  async sendLater(page) {
    await at(page, 'later');
    await press(page, 'sendLater');
    await menuOf(page).waitFor();
    await page.keyboard.press('2');
    await becomes('later', 'approved');
  },
  async assign(page) {
    await at(page, 'assigned');
    await press(page, 'assign');
    await menuOf(page).waitFor();
    await page.keyboard.press('1');
    await page.locator('.head-tags', { hasText: 'Assigned to Mei' }).waitFor();
  },
  async escalate(page) {
    await at(page, 'escalated');
    await press(page, 'escalate');
    await page.locator('textarea:focus').waitFor();
    await page.keyboard.press('Enter');
    await becomes('escalated', 'escalated');
  },
  async incident(page) {
    await at(page, 'incident');
    await press(page, 'incident');
    await leave(page, menuOf(page));
  },
  async note(page) {
    await at(page, 'noted');
    await press(page, 'note');
    await page.locator('.note-field:focus').waitFor();
    await page.keyboard.type('Ask the bank first');
    await press(page, 'save');
    await page.locator('.note-text', { hasText: 'Ask the bank first' }).waitFor();
  },
  async undo(page) {
    await at(page, 'undone');
    await press(page, 'assign');
    await menuOf(page).waitFor();
    await page.keyboard.press('1');
    const tag = page.locator('.head-tags', { hasText: 'Assigned to Mei' });
    await tag.waitFor();
    await press(page, 'undo');
    await tag.waitFor({ state: 'detached' });
  },
  async approveInEditor(page) {
    await write(page, 'written', TEXT);
    await page.locator('.approve-button:enabled').waitFor();
    await press(page, 'approveInEditor');
    await becomes('written', 'approved');
  },
  async save(page) {
    await write(page, 'saved', TEXT);
    await press(page, 'save');
    await journey.eventually(async () => expect((await journey.find(id('saved'))).drafts.at(-1)?.text).toBe(TEXT));
  },
  async leave(page) {
    await write(page, 'left', TEXT);
    await press(page, 'leave');
    await page.locator('#draft-field').waitFor({ state: 'detached' });
    await expect.poll(() => draftText(page).textContent()).toBe(TEXT);
  },
  async drop(page) {
    await write(page, 'dropped', TEXT);
    await press(page, 'leave');
    await page.getByText('Your edit is kept here').waitFor();
    await press(page, 'drop');
    await page.getByText('Your edit is kept here').waitFor({ state: 'detached' });
  },
  async takeUp(page) {
    await write(page, 'older', TEXT);
    // Her hold is there before it is let go of: one that came later would keep Lin off.
    await journey.eventually(async () => expect((await journey.find(id('older'))).mention.hold?.by).toBe('Mei'));
    await press(page, 'leave');
    await at(page, 'read');
    const { mention } = await journey.find(id('older'));
    const theirs = { mentionId: mention.id, version: mention.version, by: 'Lin', text: 'Words of Lin.' };
    await journey.earshot.parts.review.release({ mentionId: mention.id, by: 'Mei' });
    await journey.earshot.parts.review.edit(theirs);
    await at(page, 'older');
    await page.locator('.kept-text', { hasText: TEXT }).waitFor();
    await expect.poll(() => draftText(page).textContent()).toBe('Words of Lin.');
    await press(page, 'takeUp');
    await expect.poll(() => page.locator('#draft-field').inputValue()).toBe(TEXT);
  },
  async copy(page) {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await at(page, 'by-hand');
    const text = await draftText(page).textContent();
    await press(page, 'copy');
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(text);
  },
  async page(page) {
    await at(page, 'by-hand');
    const opened = page.context().waitForEvent('page');
    await press(page, 'page');
    await (await opened).close();
  },
  async isOut(page) {
    await at(page, 'unsure');
    await press(page, 'isOut');
    await becomes('unsure', 'posted');
  },
  async isNotOut(page) {
    await at(page, 'unsure-too');
    await press(page, 'isNotOut');
    await becomes('unsure-too', 'failed');
  },
  async retry(page) {
    await at(page, 'failed');
    await press(page, 'retry');
    await becomes('failed', 'approved');
  },
  async acknowledge(page) {
    await at(page, 'fraud');
    await page.getByRole('button', { name: 'I have it' }).waitFor();
    await press(page, 'acknowledge');
    await page.getByText('Mei has it').waitFor();
  },
  async evidence(page) {
    await at(page, 'fraud');
    const saved = page.waitForEvent('download');
    await press(page, 'evidence');
    await (await saved).delete();
  },
  async next(page) {
    await at(page, 'read');
    await press(page, 'next');
    await expect.poll(() => selectedId(page)).not.toBe(id('read'));
  },
  async previous(page) {
    await at(page, 'read');
    await press(page, 'previous');
    await expect.poll(() => selectedId(page)).not.toBe(id('read'));
  },
  async open(page) {
    await at(page, 'read');
    await page.locator('#queue').blur();
    await press(page, 'open');
    await page.locator('#mention:focus').waitFor();
  },
  async showNew(page) {
    await at(page, 'read');
    await journey.earshot.hear([{ nativeId: 'fresh', text: 'Top-up of 90 is not there yet.' }]);
    await page.getByRole('button', { name: '1 new' }).waitFor();
    await press(page, 'showNew');
    await page.locator(`#row-${id('fresh')}`).waitFor();
  },
  async goTo(page) {
    await at(page, 'read');
    await press(page, 'goTo');
    await menuOf(page).waitFor();
    await page.keyboard.press('r');
    await page.getByRole('heading', { name: 'Report' }).waitFor();
  },
  async views(page) {
    await at(page, 'read');
    await page.keyboard.press('7');
    await page.getByRole('heading', { name: 'Done', exact: true }).waitFor();
  },
  async saveView(page) {
    await page.goto(`${journey.earshot.web.url}/#/waiting?unsure=false`);
    await rows(page).first().waitFor();
    await press(page, 'saveView');
    await page.getByRole('dialog', { name: 'Save this view' }).getByRole('textbox').fill('Sure ones');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Sure ones' }).waitFor();
  },
  async savedViews(page) {
    await at(page, 'read');
    await press(page, 'savedViews');
    await menuOf(page).getByText('Sure ones').waitFor();
    await page.keyboard.press('1');
    await expect.poll(() => page.url()).toContain('unsure=false');
  },
  async filters(page) {
    await at(page, 'read');
    await press(page, 'filters');
    await leave(page, page.getByRole('dialog', { name: 'Filters' }));
  },
  async clearFilters(page) {
    await page.goto(`${journey.earshot.web.url}/#/all?lang=zh-Hans&search=充值`);
    await page.locator('.filter-chip').nth(1).waitFor();
    await press(page, 'clearFilters');
    await page.locator('.filter-chip').first().waitFor({ state: 'detached' });
    await expect.poll(() => page.url()).not.toContain('lang');
  },
  async search(page) {
    await at(page, 'read');
    await press(page, 'search');
    await page.locator('.top-search input:focus').waitFor();
    await page.keyboard.press('Escape');
  },
  async author(page) {
    await at(page, 'author-1');
    await page.getByText('1 other mention').waitFor();
    await press(page, 'author');
    await page.locator('.author-other', { hasText: 'Top-up of 65' }).waitFor();
  },
  async twin(page) {
    await at(page, 'zh');
    const twin = page.locator('.draft-twin');
    await twin.waitFor();
    await press(page, 'twin');
    await twin.waitFor({ state: 'detached' });
  },
  async checks(page) {
    await at(page, 'read');
    await press(page, 'checks');
    await page.getByText('Asks for no password, code or key').waitFor();
  },
  async thread(page) {
    await at(page, 'thread-4');
    await expect.poll(() => page.locator('.thread-others li').count()).toBe(2);
    await press(page, 'thread');
    await expect.poll(() => page.locator('.thread-others li').count()).toBe(4);
  },
  async history(page) {
    await at(page, 'assigned');
    await press(page, 'history');
    await page.locator('.history li', { hasText: 'assigned it' }).waitFor();
  },
  async display(page) {
    await at(page, 'read');
    await press(page, 'display');
    await menuOf(page).getByText('繁體中文').waitFor();
    await leave(page, menuOf(page));
  },
  async help(page) {
    await at(page, 'read');
    await press(page, 'help');
    const dialog = page.getByRole('dialog', { name: 'Keys' });
    for (const action of ACTIONS) {
      await expect
        .poll(() => dialog.locator(`[data-action=${action}] kbd`).allTextContents(), { message: action })
        .toEqual(capsOf(action));
      await expect
        .poll(() => dialog.locator(`[data-action=${action}] dd`).textContent(), { message: action })
        .toMatch(/\w{3}/);
    }
    await expect.poll(() => dialog.locator('[data-action]').count()).toBe(ACTIONS.length);
    await leave(page, dialog);
  },
  async labelRight(page) {
    await page.goto(`${journey.earshot.web.url}/#/label`);
    await page.getByRole('status').getByText(/^1 of/).waitFor();
    await press(page, 'labelRight');
    await page.getByRole('status').getByText(/^2 of/).waitFor();
  },
  async labelSkip(page) {
    await press(page, 'labelSkip');
    await page.getByRole('status').getByText(/^3 of/).waitFor();
  },
};

test('every key of the table does what the map says', { timeout: 240_000 }, async () => {
  const page = await journey.open({ at: '#/all' });
  for (const [action, effect] of Object.entries(EFFECTS)) {
    await effect(page).catch((error: unknown) => {
      throw new Error(`the key for "${action}": ${String(error)}`);
    });
  }
  await page.context().close();
});

test('no control says a key that is not in the table', async () => {
  const page = await journey.open({ at: `#/all/${id('fraud')}` });
  await draftText(page).waitFor();
  const said = await page
    .locator('[aria-keyshortcuts]')
    .evaluateAll((found) => found.map((one) => one.getAttribute('aria-keyshortcuts') ?? ''));
  const known = new Set(ACTIONS.flatMap((action) => keysOf(action)));
  const strange = said.flatMap((keys) => keys.split(' ')).filter((key) => !known.has(key.replace(/^Shift\+/, '')));
  expect(said.length).toBeGreaterThan(20);
  expect([...new Set(strange)]).toEqual([]);
  await page.context().close();
});
