import { describe, expect, test } from 'vitest';
import { mentionId } from '../../src/core/ids.ts';
import { draftText, rows, said, selectedId, startJourney } from './journey.ts';

const id = (nativeId: string) => mentionId('feed', nativeId);

const journey = startJourney((earshot) =>
  earshot.hear([
    { nativeId: 'both', text: 'Top-up of 30 not there yet.' },
    { nativeId: 'typed', text: 'Top-up of 40 not there yet.' },
    { nativeId: 'calm', text: 'Top-up of 50 not there yet.' },
  ]),
);

describe('two people in one inbox', () => {
  test('each sees who else looks at a mention', async () => {
    const mei = await journey.open({ at: `#/waiting/${id('both')}` });
    const lin = await journey.open({ as: 'Lin', at: `#/waiting/${id('both')}` });
    await draftText(lin).waitFor();
    await mei.getByText('Lin is here too').waitFor();
    await mei.context().close();
    await lin.context().close();
  });

  test('the second decision is refused with what happened since, and the typed text stays', async () => {
    const mei = await journey.open({ at: `#/waiting/${id('typed')}` });
    // Nothing live reaches her, so she does not see what Lin does.
    await mei.context().route('**/api/v1/events', (route) => route.abort());
    await mei.reload();
    await draftText(mei).waitFor();
    await mei.keyboard.press('e');
    const text = 'Please write to support in the app and name the day and the amount.';
    await mei.getByRole('textbox', { name: 'Your reply' }).fill(text);
    const lin = await journey.open({ as: 'Lin', at: `#/waiting/${id('typed')}` });
    await draftText(lin).waitFor();
    // Mei writes, so Lin takes the mention over before deciding.
    await lin.keyboard.press('e');
    await lin.getByRole('button', { name: 'Take over' }).click();
    await lin.getByRole('textbox', { name: 'Your reply' }).press('Control+Enter');
    await journey.eventually(async () => expect((await journey.find(id('typed'))).mention.state).toBe('by-hand'));
    await mei.getByRole('textbox', { name: 'Your reply' }).press('Control+Enter');
    await mei.getByRole('button', { name: 'Look at it' }).click();
    const refusal = mei.locator('.refusal');
    await refusal.getByText('Not done.').waitFor();
    await expect.poll(() => refusal.textContent()).toContain('Lin approved the draft');
    expect((await journey.find(id('typed'))).approval?.reply.approver).toBe('Lin');
    await expect.poll(() => mei.locator('.kept-text').textContent()).toContain(text);
    await mei.context().close();
    await lin.context().close();
  });

  test('new arrivals wait behind a count and move nothing until asked for', async () => {
    const page = await journey.open({ at: '#/waiting' });
    await draftText(page).waitFor();
    const before = await rows(page).evaluateAll((all) => all.map((row) => row.id));
    const open = await selectedId(page);
    await page.keyboard.press('j');
    await expect.poll(() => selectedId(page)).not.toBe(open);
    await page.keyboard.press('k');
    await expect.poll(() => selectedId(page)).toBe(open);
    await journey.earshot.hear([
      { nativeId: 'urgent', text: 'HELP somebody is stealing my money right now, freeze it' },
    ]);
    await page.getByRole('button', { name: '1 new' }).waitFor();
    await expect.poll(() => rows(page).evaluateAll((all) => all.map((row) => row.id))).toEqual(before);
    await page.keyboard.press('u');
    await page.locator(`#row-${id('urgent')}`, { hasText: 'New' }).waitFor();
    await expect.poll(() => rows(page).first().getAttribute('id')).toBe(`row-${id('urgent')}`);
    await expect.poll(() => selectedId(page)).toBe(open);
    await page.context().close();
  });

  test('what a colleague decides shows in its row, which stays where it is', async () => {
    const page = await journey.open({ at: '#/waiting' });
    await draftText(page).waitFor();
    const place = await page.locator(`#row-${id('calm')}`).getAttribute('aria-posinset');
    const { mention } = await journey.find(id('calm'));
    await journey.earshot.parts.review.dismiss({
      mentionId: id('calm'),
      version: mention.version,
      by: 'Lin',
      reason: 'duplicate',
    });
    await page.locator(`#row-${id('calm')}`, { hasText: 'Dismissed' }).waitFor();
    await expect.poll(() => page.locator(`#row-${id('calm')}`).getAttribute('aria-posinset')).toBe(place);
    await page.context().close();
  });

  test('what was deleted at its source leaves no words on the screen', async () => {
    const page = await journey.open({ at: '#/waiting' });
    await said(page).waitFor();
    const audit = { at: Date.now(), actor: 'earshot', action: 'erased', subject: 'feed', detail: {} };
    await journey.earshot.parts.store.erase('feed', ['urgent'], audit);
    await page.locator(`#row-${id('urgent')}`, { hasText: 'Erased at the source' }).waitFor();
    await expect.poll(() => page.locator('body').textContent()).not.toContain('somebody is stealing');
    await page.context().close();
  });
});
