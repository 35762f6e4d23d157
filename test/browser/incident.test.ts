import { expect, test } from 'vitest';
import { draftText, rows, selectedId, startJourney } from './journey.ts';

let incident = '';
const journey = startJourney(async (earshot) => {
  await earshot.collectSample();
  [incident = ''] = await earshot.parts.incidents.watch.round();
});

test('the outage of the sample is an incident, said on every page, and one click away', async () => {
  const page = await journey.open();
  const line = page.getByRole('complementary', { name: 'Incidents' });
  await line.waitFor();
  await expect.poll(() => line.textContent()).toMatch(/Top-up failed · 9 mentions/);
  await line.getByRole('link', { name: 'Open the incident' }).click();
  await page.getByRole('heading', { name: 'Top-up failed' }).waitFor();
  await expect.poll(() => page.locator('.plan-row').count()).toBe(9);
  await expect.poll(() => page.locator('.incident-alarm').textContent()).toContain('little history');
  await page.context().close();
});

test('i puts a mention into the incident and takes it out again', async () => {
  const page = await journey.open({ at: '#/waiting?problemType=fees' });
  await draftText(page).waitFor();
  const id = await selectedId(page);
  const inside = async () =>
    (await journey.earshot.parts.store.incident(incident))?.members.some(({ mentionId }) => mentionId === id);
  await page.keyboard.press('i');
  await page.getByRole('menuitem', { name: 'Put into: Top-up failed' }).waitFor();
  await page.keyboard.press('1');
  await page.getByText('It is part of the incident now.').waitFor();
  await expect.poll(() => inside()).toBe(true);
  await page.locator('.head-tags').getByText('Incident: Top-up failed').waitFor();
  await page.keyboard.press('z');
  await page.getByText('It is out of the incident.').waitFor();
  await expect.poll(() => inside()).toBe(false);
  await page.keyboard.press('i');
  await page.getByRole('menuitem', { name: 'Put into: Top-up failed' }).waitFor();
  await page.keyboard.press('1');
  await expect.poll(() => inside()).toBe(true);
  await page.locator('.head-tags').getByText('Incident: Top-up failed').waitFor();
  await page.keyboard.press('i');
  await page.getByRole('menuitem', { name: 'Take out of: Top-up failed' }).click();
  await page.getByText('It is out of the incident.').waitFor();
  await expect.poll(() => inside()).toBe(false);
  await page.context().close();
});

test('a changed reply reaches the list, and one button approves exactly what is ticked', async () => {
  const page = await journey.open({ at: `#/incidents/${incident}` });
  await page.locator('.plan-row').nth(8).waitFor();
  const field = page.getByRole('textbox', { name: 'Wording 1 · English' });
  await field.fill(
    'We see that top-ups fail for several people right now, and our team looks into it. No need to try again.',
  );
  await expect.poll(() => page.getByRole('button', { name: /^Approve/ }).isDisabled()).toBe(true);
  await page.getByRole('button', { name: 'Save the reply' }).click();
  await expect
    .poll(() => page.locator('.plan-reply').allTextContents())
    .toContainEqual(expect.stringContaining('top-ups fail for several people'));
  await page.getByRole('checkbox').first().uncheck();
  await page.getByRole('button', { name: 'Approve 8 replies' }).click();
  await page.getByText('8 of 8 approved.').waitFor();
  const members = (await journey.earshot.parts.store.incident(incident))?.members ?? [];
  expect(members.map(({ row }) => row.mention.state)).toEqual(['drafted', ...Array(8).fill('by-hand')]);
  const inRooms = members.map(({ row }) => `${row.mention.platform} ${row.mention.place}: ${row.draft?.text}`);
  expect(new Set(inRooms).size).toBe(9);
  const { approval, history } = await journey.find(members[1]?.mentionId ?? '');
  expect(approval?.reply.approver).toBe('Mei');
  expect(history.at(-1)).toMatchObject({ action: 'approved', actor: 'Mei' });
  await page.context().close();
});

test('what somebody took out or closed by mistake comes back with one press', async () => {
  const page = await journey.open({ at: `#/incidents/${incident}` });
  const members = async () => (await journey.earshot.parts.store.incident(incident))?.members.length;
  await page.locator('.plan-row').first().getByRole('button', { name: 'Take out' }).click();
  await expect.poll(() => members()).toBe(8);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => members()).toBe(9);
  await page.getByRole('button', { name: 'Close the incident' }).click();
  await page.getByRole('menuitem', { name: 'It was no incident' }).click();
  await page.getByRole('button', { name: 'Open it again' }).waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Close the incident' }).waitFor();
  await expect.poll(() => page.locator('.plan-row').count()).toBe(9);
  await page.context().close();
});

test('closing it takes back what was not posted, and the page says so in Chinese', async () => {
  const page = await journey.open({ at: `#/incidents/${incident}`, locale: 'zh-CN' });
  await page.locator('.plan-row').first().getByText('这是示例，不会发布任何内容。').waitFor();
  await page.getByRole('button', { name: '关闭事件' }).click();
  await page.getByRole('menuitem', { name: '问题已解决' }).click();
  await page.getByText('已关闭，不会再为此发布回复。').waitFor();
  const members = (await journey.earshot.parts.store.incident(incident))?.members ?? [];
  expect(members.map(({ row }) => row.mention.state)).toEqual(Array(9).fill('drafted'));
  await page.getByText('没有可批准的回复。').waitFor();
  await page.goto(`${journey.earshot.web.url}/#/waiting`);
  await rows(page).first().waitFor();
  await expect.poll(() => page.locator('.line-incident').count()).toBe(0);
  await page.context().close();
});
