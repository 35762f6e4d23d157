import { describe, expect, test } from 'vitest';
import { mentionId } from '../../src/core/ids.ts';
import { draftText, startJourney } from './journey.ts';

const id = (nativeId: string) => mentionId('feed', nativeId);
const FRAUD = 'Somebody got into my account and is sending my money away right now, please freeze it!';
const api = { permission: { how: 'api' } as const, place: 'wallets.example/help' };

const journey = startJourney((earshot) =>
  earshot.hear([
    { nativeId: 'fraud', text: FRAUD, conversationId: 'thread', ...api },
    { nativeId: 'void', text: `${FRAUD} Second case.`, conversationId: 'other', ...api },
    { nativeId: 'held', text: 'Top-up of 30 not there yet.', ...api },
    { nativeId: 'left', text: 'Top-up of 35 not there yet.', ...api },
    { nativeId: 'late', text: 'Top-up of 40 not there yet.', ...api },
  ]),
);

describe('a reply about fraud', () => {
  test('is let out by two people in two browsers, and never by one', async () => {
    const mei = await journey.open({ at: `#/waiting/${id('fraud')}` });
    await draftText(mei).waitFor();
    await mei.getByText('You are alone here').waitFor();
    const lin = await journey.open({ as: 'Lin', at: `#/waiting/${id('fraud')}` });
    await draftText(lin).waitFor();
    await mei.getByRole('button', { name: 'First approval' }).click();
    await journey.eventually(async () => {
      expect((await journey.find(id('fraud'))).mention).toMatchObject({
        state: 'drafted',
        firstApproval: { by: 'Mei' },
      });
    });
    await lin.locator('.outcome').getByText('Mei gave the first of two approvals').waitFor();
    await lin.locator(`#row-${id('fraud')}`, { hasText: '1 of 2 approvals' }).waitFor();
    await mei.goto(`${journey.earshot.web.url}/#/waiting/${id('fraud')}`);
    await mei.getByRole('status').getByText('You gave the first approval').waitFor();
    await expect.poll(() => mei.getByRole('button', { name: 'Second approval' }).isDisabled()).toBe(true);
    await lin.getByRole('button', { name: 'Second approval' }).click();
    await journey.eventually(async () => {
      const { approval } = await journey.find(id('fraud'));
      expect(approval?.reply).toMatchObject({ approver: 'Lin', firstApprover: 'Mei' });
    });
    await mei.context().close();
    await lin.context().close();
  });

  test('loses its first approval by a new message in the thread, with the reason on screen', async () => {
    const mei = await journey.open({ at: `#/waiting/${id('void')}` });
    await draftText(mei).waitFor();
    await mei.getByRole('button', { name: 'First approval' }).click();
    await journey.eventually(async () => expect((await journey.find(id('void'))).mention.firstApproval).toBeDefined());
    await journey.earshot.hear([
      { nativeId: 'more', text: 'It is solved, thank you.', conversationId: 'other', ...api },
    ]);
    await mei.goto(`${journey.earshot.web.url}/#/waiting/${id('void')}`);
    await mei.locator('.outcome').getByText('A new message came into the conversation').waitFor();
    expect((await journey.find(id('void'))).mention.firstApproval).toBeUndefined();
    await mei.context().close();
  });
});

test('while one writes, the other cannot decide until they take over', async () => {
  const mei = await journey.open({ at: `#/waiting/${id('held')}` });
  await draftText(mei).waitFor();
  const lin = await journey.open({ as: 'Lin', at: `#/waiting/${id('held')}` });
  await draftText(lin).waitFor();
  await mei.keyboard.press('e');
  await lin.getByText('Mei is writing a reply here').waitFor();
  await lin.keyboard.press('a');
  await journey.eventually(async () => expect((await journey.find(id('held'))).mention.state).toBe('drafted'));
  await lin.goto(`${journey.earshot.web.url}/#/waiting/${id('held')}`);
  await lin.locator('.refusal').getByText('Mei is writing').waitFor();
  await lin.keyboard.press('e');
  await lin.getByRole('button', { name: 'Take over' }).click();
  await lin.getByRole('textbox', { name: 'Your reply' }).press('Control+Enter');
  await journey.eventually(async () => expect((await journey.find(id('held'))).approval?.reply.approver).toBe('Lin'));
  await mei.context().close();
  await lin.context().close();
});

test('an editor that is left before its hold was answered holds nobody off', async () => {
  const mei = await journey.open({ at: `#/waiting/${id('left')}` });
  await draftText(mei).waitFor();
  const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
  const hold = `**/api/v1/mentions/${id('left')}/hold`;
  await mei.context().route(hold, async (route) => {
    if (route.request().method() === 'POST') {
      ask();
      await answered;
    }
    await route.continue();
  });
  const done = (method: string) =>
    mei.waitForResponse((response) => response.url().endsWith('/hold') && response.request().method() === method);
  const both = Promise.all([done('POST'), done('DELETE')]);
  await mei.keyboard.press('e');
  await asked;
  await mei.keyboard.press('Escape');
  await draftText(mei).waitFor();
  answer();
  await both;
  expect((await journey.find(id('left'))).mention.hold).toBeUndefined();
  await mei.context().close();
});

test('in quiet hours the button says when it goes out, and it can be taken back until then', async () => {
  const { workspace } = journey.earshot.parts;
  const hour = new Date().getUTCHours();
  const at = (h: number) => `${String((h + 24) % 24).padStart(2, '0')}:00`;
  await workspace.update('Mei', 'quiet hours', (draft) => {
    draft.sending = { timeZone: 'UTC', quietHours: { from: at(hour - 2), to: at(hour + 3) }, urgentAtOnce: true };
  });
  const mei = await journey.open({ at: `#/waiting/${id('late')}` });
  await draftText(mei).waitFor();
  await mei.locator('#approve-says').getByText('It will be sent at').waitFor();
  await mei.keyboard.press('a');
  await journey.eventually(async () => {
    const { mention, approval } = await journey.find(id('late'));
    expect(mention.state).toBe('approved');
    expect((approval?.notBefore ?? 0) - Date.now()).toBeGreaterThan(3_600_000);
  });
  await mei.goto(`${journey.earshot.web.url}/#/later/${id('late')}`);
  await mei.getByText('Approved. It will be sent at').waitFor();
  await mei.keyboard.press('z');
  await journey.eventually(async () => expect((await journey.find(id('late'))).mention.state).toBe('drafted'));
  await mei.context().close();
});

test('a drafter is told who may approve, and sees no menu that is not for them', async () => {
  const dora = await journey.open({ as: 'Dora', role: 'viewer', at: `#/waiting/${id('late')}` });
  await draftText(dora).waitFor();
  await dora.getByText('As Viewer you cannot let replies out').waitFor();
  await expect.poll(() => dora.getByRole('button', { name: 'Dismiss' }).count()).toBe(0);
  await dora.context().close();
});
