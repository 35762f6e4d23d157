import { describe, expect, test } from 'vitest';
import { draftText, rows, said, selectedId, startJourney } from './journey.ts';

const journey = startJourney((earshot) => earshot.collectSample());

describe('the first look, by keyboard', () => {
  test('the most urgent mention is open, its draft ready, and everything says that it is a sample', async () => {
    const page = await journey.open();
    await rows(page).first().waitFor();
    expect(await rows(page).first().getAttribute('aria-selected')).toBe('true');
    expect(await rows(page).first().textContent()).toContain('Urgent');
    expect(await said(page).textContent()).toMatch(/.{10}/s);
    expect(await draftText(page).textContent()).toMatch(/.{10}/s);
    for (const row of await rows(page).all()) expect(await row.textContent()).toContain('Sample');
    expect(await page.getByRole('complementary', { name: 'Sample' }).textContent()).toContain('Connect a real source');
    await page.context().close();
  });

  test('one key approves, and the next mention is there', async () => {
    const page = await journey.open();
    await draftText(page).waitFor();
    const first = await selectedId(page);
    expect(await page.locator('#approve-says').textContent()).toMatch(/by hand/);
    const next = (await rows(page).nth(1).getAttribute('id'))?.replace('row-', '');
    await page.keyboard.press('a');
    await page.locator(`#row-${next}[aria-selected=true]`).waitFor();
    await expect.poll(() => page.locator(`#row-${first}`).count()).toBe(0);
    await page.getByText('Approved, to be posted by hand').waitFor();
    const { mention, approval } = await journey.find(first);
    expect(mention.state).toBe('by-hand');
    expect(approval?.reply.approver).toBe('Mei');
    await page.context().close();
  });

  test('a dismissal takes a key and a number, and z takes it back to where it was', async () => {
    const page = await journey.open();
    await draftText(page).waitFor();
    await page.keyboard.press('j');
    const id = await selectedId(page);
    const place = await page.locator(`#row-${id}`).getAttribute('aria-posinset');
    await page.keyboard.press('x');
    await page.getByRole('menu').waitFor();
    await page.keyboard.press('1');
    await journey.eventually(async () => expect((await journey.find(id)).mention.state).toBe('dismissed'));
    await page.keyboard.press('z');
    await journey.eventually(async () => expect((await journey.find(id)).mention.state).toBe('drafted'));
    await page.locator(`#row-${id}[aria-selected=true]`).waitFor();
    expect(await page.locator(`#row-${id}`).getAttribute('aria-posinset')).toBe(place);
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
    expect((await journey.find(id)).assessment?.problemType).toBe('fees');
    expect(await journey.earshot.parts.store.corrections()).toHaveLength(1);
    await page.context().close();
  });

  test('twenty decisions take twenty keys, and the next mention is there in under 100 ms at the median', async () => {
    const page = await journey.open();
    await draftText(page).waitFor();
    const times: number[] = [];
    for (let decision = 0; decision < 20; decision++) {
      await page.locator('.approve-button:enabled').waitFor();
      times.push(
        await page.evaluate(async () => {
          const before = document.querySelector('.said')?.textContent;
          const since = performance.now();
          window.dispatchEvent(new KeyboardEvent('keydown', { key: 'a' }));
          const other = () => {
            const now = document.querySelector('.said')?.textContent;
            return now !== undefined && now !== before && document.querySelector('.draft-text, .draft-none') !== null;
          };
          while (!other() && performance.now() - since < 3000) await new Promise(requestAnimationFrame);
          return performance.now() - since;
        }),
      );
    }
    const median = times.sort((a, b) => a - b)[10] ?? Number.POSITIVE_INFINITY;
    await journey.eventually(async () => {
      const { byState } = await journey.earshot.parts.store.counts(Date.now());
      expect(byState['by-hand']).toBeGreaterThanOrEqual(21);
    });
    expect(median).toBeLessThan(100);
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
    expect(await selectedId(page)).toBe(id);
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
