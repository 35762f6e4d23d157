import { describe, expect, test } from 'vitest';
import { draftText, rows, said, selectedId, startJourney } from './journey.ts';

const journey = startJourney((earshot) => earshot.collectSample());

describe('the first look, by keyboard', () => {
  test('the most urgent mention is open, its draft ready, and everything says that it is a sample', async () => {
    const page = await journey.open();
    await rows(page).first().waitFor();
    await expect.poll(() => rows(page).first().getAttribute('aria-selected')).toBe('true');
    await expect.poll(() => rows(page).first().textContent()).toContain('Urgent');
    await expect.poll(() => said(page).textContent()).toMatch(/.{10}/s);
    await expect.poll(() => draftText(page).textContent()).toMatch(/.{10}/s);
    for (const row of await rows(page).all()) await expect.poll(() => row.textContent()).toContain('Sample');
    await expect
      .poll(() => page.getByRole('complementary', { name: 'Sample' }).textContent())
      .toContain('Connect a real source');
    await page.context().close();
  });

  test('one key approves, and the next mention is there', async () => {
    const page = await journey.open();
    await draftText(page).waitFor();
    const first = await selectedId(page);
    await expect.poll(() => page.locator('#approve-says').textContent()).toMatch(/by hand/);
    const next = (await rows(page).nth(1).getAttribute('id'))?.replace('row-', '');
    await page.keyboard.press('a');
    await page.locator(`#row-${next}[aria-selected=true]`).waitFor();
    await expect.poll(() => page.locator(`#row-${first}`).count()).toBe(0);
    await page.getByText('Approved, to be posted by hand').waitFor();
    await expect
      .poll(() => journey.find(first))
      .toMatchObject({
        mention: { state: 'by-hand' },
        approval: { reply: { approver: 'Mei' } },
      });
    await page.context().close();
  });

  test('a dismissal takes a key and a number, and z takes it back to where it was', async () => {
    const page = await journey.open();
    await draftText(page).waitFor();
    const first = await selectedId(page);
    await page.keyboard.press('j');
    await expect.poll(() => selectedId(page)).not.toBe(first);
    const id = await selectedId(page);
    const place = await page.locator(`#row-${id}`).getAttribute('aria-posinset');
    await page.keyboard.press('x');
    await page.getByRole('menu').waitFor();
    await page.keyboard.press('1');
    await journey.eventually(async () => expect((await journey.find(id)).mention.state).toBe('dismissed'));
    await page.keyboard.press('z');
    await journey.eventually(async () => expect((await journey.find(id)).mention.state).toBe('drafted'));
    await page.locator(`#row-${id}[aria-selected=true]`).waitFor();
    await expect.poll(() => page.locator(`#row-${id}`).getAttribute('aria-posinset')).toBe(place);
    await page.context().close();
  });

  test('a wrong problem type is corrected with a key and a letter', async () => {
    const page = await journey.open({ at: '#/waiting' });
    await draftText(page).waitFor();
    const id = await selectedId(page);
    await page.keyboard.press('c');
    await page.getByRole('menu').waitFor();
    await page.keyboard.press('f');
    await page.locator('.tag-button', { hasText: 'Fees' }).waitFor();
    await expect.poll(() => journey.find(id)).toMatchObject({ assessment: { problemType: 'fees' } });
    await expect.poll(() => journey.earshot.parts.store.corrections()).toHaveLength(1);
    await page.context().close();
  });

  test('twenty decisions take twenty keys', async () => {
    const page = await journey.open();
    await draftText(page).waitFor();
    for (let decision = 0; decision < 20; decision++) {
      const decided = await selectedId(page);
      await page.locator('.approve-button:enabled').waitFor();
      await page.keyboard.press('a');
      await expect.poll(() => selectedId(page)).not.toBe(decided);
    }
    await expect
      .poll(async () => (await journey.earshot.parts.store.counts(Date.now())).byState['by-hand'])
      .toBeGreaterThanOrEqual(21);
    await page.context().close();
  });

  test('? shows every key, and no key does anything while it is open', async () => {
    const page = await journey.open();
    await draftText(page).waitFor();
    const id = await selectedId(page);
    await page.keyboard.press('?');
    const dialog = page.getByRole('dialog', { name: 'Keys' });
    await dialog.waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Escape');
    await expect.poll(() => dialog.count()).toBe(0);
    await expect.poll(() => selectedId(page)).toBe(id);
    await page.context().close();
  });

  test('one click removes the sample, and the way to a real source stays', async () => {
    const page = await journey.open();
    await page.getByRole('button', { name: 'Remove the sample' }).click();
    await page.getByText('Nothing can be heard yet').waitFor();
    await page.getByRole('link', { name: 'Connect a source' }).click();
    await page.getByRole('heading', { name: 'What should Earshot listen to?' }).waitFor();
    await page.context().close();
  });
});
