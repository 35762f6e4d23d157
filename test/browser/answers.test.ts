import { expect, test } from 'vitest';
import { approvedArticles, standingAnswers } from '../../src/parts/standing-answers.ts';
import { faultsOf } from './browser.ts';
import { startJourney } from './journey.ts';

const journey = startJourney(async () => {});

const given = async () => approvedArticles(await standingAnswers(journey.earshot.parts.workspace.current()));
const textOf = async (id: string) => (await given()).find((one) => one.id === id && one.lang === 'en')?.text;

test('a drafter proposes, an approver lets members read it; until then they read the old text', async () => {
  const approver = await journey.open({ as: 'Ben', role: 'approver', at: '#/settings/standingAnswers' });
  await approver.getByRole('button', { name: 'Approve fees', exact: true }).click();
  await approver.getByText('Approved. Members may read it.').waitFor();
  const before = await textOf('fees');
  expect(before).toBeDefined();

  const drafter = await journey.open({ as: 'Dan', role: 'drafter', at: '#/settings/standingAnswers' });
  const card = drafter.getByRole('listitem').filter({ has: drafter.getByText('fees', { exact: true }) });
  await expect.poll(() => card.getByRole('button', { name: /Approve|Withdraw/ }).count()).toBe(0);
  await card.getByRole('button', { name: /^Edit/ }).click();
  const english = card.getByRole('group', { name: 'In English' }).getByRole('textbox', { name: 'Text' });
  await english.fill('We refund every fee within a day.');
  await card.getByText('Promises nothing').waitFor();
  await english.fill('Fees of {{product}} stand on the last page. See **there**.');
  await card.getByText('no other markup').waitFor();
  await english.fill('Fees of {{product}} stand on the last page before you confirm.');
  await card.getByText('no other markup').waitFor({ state: 'detached' });
  await card.getByRole('button', { name: 'Propose' }).click();
  await card.getByText(/^Proposed by Dan/).waitFor();
  await expect.poll(() => textOf('fees')).toBe(before);
  await drafter.context().close();

  await approver.reload();
  const his = approver.getByRole('region', { name: 'Proposed' });
  await his.waitFor();
  await expect.poll(() => his.locator('ins').allTextContents()).toContainEqual(expect.stringContaining('{{product}}'));
  expect(await faultsOf(approver)).toEqual([]);
  await his.getByRole('button', { name: 'Approve this text fees' }).click();
  await his.waitFor({ state: 'detached' });
  await expect.poll(() => textOf('fees')).toContain('stand on the last page before you confirm.');

  await approver.getByRole('button', { name: 'History fees' }).click();
  await approver.getByText('Standing answer fees proposed').waitFor();
  await approver.getByRole('region', { name: 'History' }).getByRole('button', { name: 'Close' }).click();
  await approver.getByRole('button', { name: 'Withdraw fees' }).click();
  await approver.getByText('Withdrawn.').waitFor();
  await expect.poll(() => textOf('fees')).toBeUndefined();
  const events = await journey.earshot.parts.store.audit(0, 500);
  expect(
    events.filter(({ subject }) => subject === 'faq/fees').map(({ actor, action }) => `${actor} ${action}`),
  ).toEqual([
    'Ben standing-answer-approved',
    'Dan standing-answer-proposed',
    'Ben standing-answer-approved',
    'Ben standing-answer-withdrawn',
  ]);
  await approver.context().close();
});

test('what came along passes the checks that every draft must pass; a stale approval is refused', async () => {
  const { answers } = journey.earshot.parts;
  const all = await answers.list();
  expect(all.length).toBeGreaterThan(10);
  expect(all.flatMap(({ id, failed }) => failed.map(({ name, lang, why }) => `${id} ${lang} ${name} ${why}`))).toEqual(
    [],
  );
  const lin = { name: 'Lin', role: 'approver' } as const;
  await expect(answers.approve({ id: 'app-bug', version: 'another' }, lin)).rejects.toThrow(/changed this answer/);
  const words = { title: 'Limits for a card', text: 'The limits of {{product}} stand in the app.' };
  const made = await answers.propose(
    { en: words, 'zh-Hans': { title: '银行卡限额', text: '{{product}}的限额在应用内。' } },
    lin,
  );
  const proposed = made.find(({ id }) => id === 'limits-for-a-card');
  expect(proposed).toMatchObject({ state: 'waiting', said: [], proposal: { by: 'Lin' } });
  await answers.approve({ id: 'limits-for-a-card', version: proposed?.proposal?.version ?? '' }, lin);
  await expect.poll(() => textOf('limits-for-a-card')).toContain('The limits of OKPay stand in the app.');
});
