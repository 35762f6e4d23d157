import { expect, test } from 'vitest';
import { draftText, rows, startJourney } from './journey.ts';

const journey = startJourney((earshot) => earshot.collectSample());

const stateOf = async (handle: string) => {
  const all = await journey.earshot.parts.scams.list(['suspected', 'confirmed', 'cleared']);
  return all.find(({ suspect }) => suspect.latest.mention.author.handle?.includes(handle))?.suspect;
};

test('an impersonator is confirmed with one press, flagged in the queue, and taken back with another', async () => {
  const page = await journey.open({ at: '#/scam' });
  await page.getByRole('link', { name: 'Look at the accounts' }).click();
  await page.getByRole('heading', { name: 'Scam watch' }).waitFor();
  await page.getByRole('link', { name: /OKPay Support.*0KPay_Support/ }).click();
  await page.getByText('Look-alike 95%').waitFor();
  await page.getByText('The name is made to look like an official account').first().waitFor();
  await page.getByText('Below the post of').waitFor();
  await page.getByRole('button', { name: 'Confirm: a scammer' }).click();
  await page.getByText(/^Confirmed as a scammer/).waitFor();
  await expect.poll(() => stateOf('0KPay_Support')).toMatchObject({ state: 'confirmed', by: 'Mei' });

  await page.goto(`${journey.earshot.web.url}/#/scam`);
  await rows(page).filter({ hasText: 'OKPay Support' }).getByText('Confirmed scammer').waitFor();
  await rows(page).filter({ hasText: 'OKPay Support' }).click();
  await page.locator('.head-tags').getByText('Confirmed scammer').waitFor();
  await page.getByRole('link', { name: 'All posts of this account' }).click();
  await page.getByRole('button', { name: 'Take that back' }).click();
  await page.getByText(/^Taken back/).waitFor();
  await expect.poll(() => stateOf('0KPay_Support')).toMatchObject({ state: 'suspected' });
  await page.context().close();
});

test('the customer below whose post it stands gets a warning drafted, with its checks', async () => {
  const page = await journey.open({ at: '#/scams' });
  await page.getByRole('link', { name: /0KPay_Support/ }).click();
  await page.getByRole('button', { name: 'Draft a warning' }).click();
  await page.getByText('The warning is drafted.').waitFor();
  await expect.poll(() => draftText(page).textContent()).toMatch(/does not belong to OKPay/);
  const id = page.url().split('/').at(-1)?.split('?')[0] ?? '';
  const { drafts } = await journey.find(id);
  expect(drafts.at(-1)?.template?.id).toBe('scam-warning/en.twitter');
  expect(drafts.at(-1)?.checks.every(({ ok }) => ok)).toBe(true);
  await page.context().close();
});

test('the report for the platform is there to copy, and the page speaks Chinese', async () => {
  const page = await journey.open({ at: '#/scams', locale: 'zh-CN' });
  await page.getByRole('heading', { name: '诈骗监测' }).waitFor();
  await page.getByRole('link', { name: /0KPay_Support/ }).click();
  await page.getByRole('button', { name: '撰写举报' }).click();
  const report = page.locator('.scam-report');
  await report.waitFor();
  await expect
    .poll(() => report.textContent())
    .toMatch(/^Account impersonating OKPay \(X\)[\s\S]*@0KPay_Support[\s\S]*help\.x\.com/);
  await page.getByRole('button', { name: '复制' }).waitFor();
  await page.context().close();
});
