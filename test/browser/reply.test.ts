import { describe, expect, test } from 'vitest';
import { mentionId } from '../../src/core/ids.ts';
import { draftText, startJourney } from './journey.ts';

const id = (nativeId: string) => mentionId('feed', nativeId);
const edited = id('edited');
const byHand = id('by-hand');

const journey = startJourney((earshot) =>
  earshot.hear([
    { nativeId: 'edited', text: 'My top-up is missing since Monday, what now?' },
    { nativeId: 'cited', text: 'Top-up declined by the bank twice today, why?' },
    { nativeId: 'stopped', text: 'My top-up failed three times today.' },
    { nativeId: 'by-hand', text: 'Top-up by card has not arrived.', url: 'https://forum.example/t/7' },
  ]),
);

describe('the draft', () => {
  test('names the help articles it rests on, and so does the history when it was approved', async () => {
    const page = await journey.open({ at: `#/waiting/${id('cited')}` });
    await draftText(page).waitFor();
    await expect.poll(() => page.locator('.draft-about').textContent()).toContain('rests on: top-up-failed');
    await page.locator('.approve-button:enabled').click();
    await expect.poll(async () => (await journey.find(id('cited'))).approval).toBeDefined();
    await page.goto(`${journey.earshot.web.url}/#/done/${id('cited')}`);
    await page.locator('.history summary').click();
    await page.locator('.history li', { hasText: 'rests on: top-up-failed' }).waitFor();
    await page.context().close();
  });
});

describe('the editor', () => {
  test('measures and checks while somebody types, and stops what must not be said', async () => {
    const page = await journey.open({ at: `#/waiting/${id('stopped')}` });
    await draftText(page).waitFor();
    await page.keyboard.press('e');
    const field = page.getByRole('textbox', { name: 'Your reply' });
    await field.fill('Please send us your password, then we look into it.');
    await page.locator('.checks-why', { hasText: 'Asks for no password' }).waitFor();
    await expect.poll(() => page.locator('.length').textContent()).toContain('51 of');
    await expect.poll(() => page.locator('.approve-button').isDisabled()).toBe(true);
    await field.press('Control+Enter');
    await field.fill('Please write to our support in the app, they can look into it with you.');
    await page.locator('.approve-button:enabled').waitFor();
    expect((await journey.find(id('stopped'))).approval).toBeUndefined();
    await page.context().close();
  });

  test('keeps the text when left, over a reload and under live changes, and approves exactly it', async () => {
    const page = await journey.open({ at: `#/waiting/${edited}` });
    await draftText(page).waitFor();
    await page.keyboard.press('e');
    const text = 'Sorry for the wait. Please write to support in the app and name the day and the amount.';
    await page.getByRole('textbox', { name: 'Your reply' }).fill(text);
    await page.keyboard.press('Escape');
    await expect.poll(() => draftText(page).textContent()).toBe(text);
    await page.reload();
    await page.getByText('Your edit is kept here').waitFor();
    await expect.poll(() => draftText(page).textContent()).toBe(text);

    await page.keyboard.press('e');
    const field = page.getByRole('textbox', { name: 'Your reply' });
    await journey.eventually(async () => expect((await journey.find(edited)).mention.hold?.by).toBe('Mei'));
    await journey.earshot.parts.review.hold({ mentionId: edited, by: 'Lin', takeOver: true });
    const { mention, drafts } = await journey.find(edited);
    await journey.earshot.parts.review.edit({
      mentionId: edited,
      version: mention.version,
      by: 'Lin',
      text: `${drafts.at(-1)?.text} Thank you.`,
    });
    await page.getByText('Lin changed this draft while you were writing').waitFor();
    await expect.poll(() => field.inputValue()).toBe(text);

    await field.press('Control+Enter');
    await journey.eventually(async () => expect((await journey.find(edited)).approval?.reply.text).toBe(text));
    await page.context().close();
  });
});

describe('a reply that no program may post', () => {
  test('says so before approval, then is copied, opened and confirmed with its address', async () => {
    const page = await journey.open({ at: `#/waiting/${byHand}` });
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await draftText(page).waitFor();
    const draft = await draftText(page).textContent();
    await expect.poll(() => page.locator('#approve-says').textContent()).toContain('by hand');
    await page.keyboard.press('a');
    await page.getByText('to be posted by hand').waitFor();

    await page.keyboard.press('4');
    await page.goto(`${journey.earshot.web.url}/#/by-hand/${byHand}`);
    await page.getByRole('heading', { name: 'Post it by hand' }).waitFor();
    await page.getByRole('button', { name: 'Copy the text' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(draft);
    const open = page.getByRole('link', { name: 'Open the page' });
    await expect.poll(() => open.getAttribute('href')).toBe('https://forum.example/t/7');
    await expect.poll(() => open.getAttribute('rel')).toContain('noopener');
    await page.getByRole('textbox', { name: /Address of the reply/ }).fill('https://forum.example/t/7#12');
    await page.getByRole('button', { name: 'I posted it' }).click();
    await journey.eventually(async () => expect((await journey.find(byHand)).mention.state).toBe('posted'));
    const { receipt } = await journey.find(byHand);
    expect(receipt).toMatchObject({ proof: 'person', confirmedBy: 'Mei', url: 'https://forum.example/t/7#12' });
    await page.context().close();
  });
});
