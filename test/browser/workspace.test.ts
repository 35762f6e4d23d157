import { expect, test } from 'vitest';
import { startJourney } from './journey.ts';

const journey = startJourney((earshot) => earshot.collectSample());
const workspace = () => journey.earshot.parts.workspace.current();

test('keywords are tried on recent mentions while they are written, and saved with an author', async () => {
  const page = await journey.open({ at: '#/settings/keywords' });
  const field = page.getByRole('textbox', { name: 'Keywords' });
  await field.fill('OKPay\nno mention says this\n');
  const tryOut = page.getByRole('region', { name: 'Tried on recent mentions' });
  await tryOut
    .getByRole('listitem')
    .filter({ hasText: 'no mention says this' })
    .getByText('0', { exact: true })
    .waitFor();
  await tryOut.locator('mark').first().waitFor();
  expect(workspace().keywords).toEqual(['OKPay', 'OK支付']);

  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.', { exact: true }).waitFor();
  expect(workspace().keywords).toEqual(['OKPay', 'no mention says this']);
  expect(workspace().changed).toMatchObject({ by: 'Mei', what: 'changed keywords' });
  await page.context().close();
});

test('a wrong setting is named at its field, and the others stay as they were written', async () => {
  const page = await journey.open({ at: '#/settings/brand', locale: 'zh-CN' });
  await page.getByRole('textbox', { name: '署名' }).fill('客服团队');
  await page.getByRole('textbox', { name: '允许的链接' }).fill('help.okpay.example');
  await page.keyboard.press('Tab');
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByText('请写完整的网址，以 https:// 开头。').waitFor();
  await page.getByRole('textbox', { name: '允许的链接' }).fill('https://help.okpay.example/');
  await page.getByRole('link', { name: '搜索关键词' }).click();
  await page.getByRole('link', { name: '品牌 未保存' }).click();
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByText('已保存。').waitFor();
  expect(workspace().brand).toMatchObject({ signature: '客服团队', allowedLinks: ['https://help.okpay.example/'] });
  await page.context().close();
});

test('a schedule is chosen in words', async () => {
  const page = await journey.open({ at: '#/settings/schedules' });
  await page.getByRole('combobox').selectOption('every 15 minutes');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.', { exact: true }).waitFor();
  expect(workspace().schedules).toEqual({ pull: '*/15 * * * *' });
  await page.context().close();
});

test('groups are added by the keyboard alone, and each kind has its own settings', async () => {
  const page = await journey.open({ at: '#/settings/alerts' });
  await page.getByRole('group', { name: 'Targets' }).getByRole('button', { name: 'Add' }).press('Enter');
  const target = page.getByRole('group', { name: 'Targets 1' });
  await target.getByRole('combobox', { name: 'How' }).selectOption('E-mail');
  await target.getByRole('textbox', { name: 'Short name' }).fill('night-shift');
  await target.getByRole('textbox', { name: 'Recipients' }).fill('night@okpay.example');
  await target.getByRole('textbox', { name: 'Short name' }).press('Enter');
  await page.getByText('Saved.', { exact: true }).waitFor();
  expect(workspace().alerts.targets).toEqual([{ id: 'night-shift', kind: 'email', to: ['night@okpay.example'] }]);
  await page.context().close();
});

test('two people do not save over each other, and the history leads back', async () => {
  const page = await journey.open({ at: '#/settings/team' });
  await page.getByRole('button', { name: 'Add' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Lin');
  await journey.earshot.parts.workspace.update('Jun', 'changed team', (draft) => draft.team.push({ name: 'Ana' }));
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Somebody changed this section meanwhile').waitFor();
  expect(workspace().team).toEqual([{ name: 'Ana' }]);
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect.poll(() => page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Ana');

  await page.getByRole('link', { name: 'History' }).click();
  const before = page.getByRole('listitem').filter({ hasText: 'Alerts and lanes changed' });
  await before.getByRole('button', { name: /^Go back to this/ }).click();
  await before.getByText('Going back would change this:').waitFor();
  await before.getByRole('button', { name: 'Go back', exact: true }).click();
  await page.getByText('The settings are as they were.').waitFor();
  expect(workspace()).toMatchObject({ team: [], changed: { by: 'Mei' } });
  await page.context().close();
});

test('templates are shown as they read on a platform, with how often they were approved unedited', async () => {
  const { parts } = journey.earshot;
  const { rows } = await parts.store.queue({ limit: 200 });
  const row = rows.find(
    ({ mention, draft }) =>
      mention.state === 'drafted' && mention.platform === 'reddit' && draft?.template && draft.lang === 'en',
  );
  if (!row?.draft?.template) throw new Error('the sample has no draft in English');
  const { mention, draft } = row;
  await parts.review.approve({ mentionId: mention.id, version: mention.version, revision: draft.revision, by: 'Mei' });
  const page = await journey.open({ as: 'Jun', role: 'approver', at: '#/settings/templates' });
  await page.getByRole('combobox', { name: 'Platform' }).selectOption('Reddit');
  const card = page.getByRole('listitem').filter({ hasText: row.draft.template.id });
  await card.filter({ hasText: 'Approved unedited 1 of 1' }).waitFor();
  const shown = (await page.locator('.templates').textContent()) ?? '';
  expect(shown).toContain(workspace().brand.supportEmail);
  expect(shown).not.toContain('{{');

  await page.getByRole('combobox', { name: 'Language' }).selectOption('Traditional Chinese');
  await page.getByText('您好，').first().waitFor();
  await page.goto(page.url().replace(/#.*/, `#/all/${mention.id}`));
  await page.locator('.draft-about').getByText('Approved unedited 1 of 1').waitFor();
  await page.context().close();
});

test('days of the week have names, one or several of them', async () => {
  const page = await journey.open({ at: '#/settings/alerts', locale: 'zh-CN' });
  const digest = page.getByRole('combobox', { name: '星期几' });
  await expect.poll(() => digest.locator('option:checked').textContent()).toBe('星期一');
  await digest.selectOption('星期五');
  await page.getByRole('switch', { name: /何时有人在/ }).press('Space');
  await page.getByRole('checkbox', { name: '星期六' }).press('Space');
  await page.getByRole('checkbox', { name: '星期一' }).press('Space');
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByText('已保存。').waitFor();
  expect(workspace().alerts).toMatchObject({ digest: { weekday: 5 }, workingHours: { days: [2, 3, 4, 5, 6] } });
  await page.context().close();
});

test('what the team rules out stops a reply while it is written, with the reason', async () => {
  const page = await journey.open({ at: '#/settings/guardRails' });
  await page.getByRole('textbox', { name: 'Never say' }).fill('no worries\n系统维护');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.', { exact: true }).waitFor();
  expect(workspace().guardRails.neverSay).toEqual(['no worries', '系统维护']);
  await page.goto(`${journey.earshot.web.url}/#/waiting?problemType=top-up-failed`);
  await page.locator('.draft-text').waitFor();
  await page.keyboard.press('e');
  await page.locator('#draft-field').fill('Hello, no worries: please contact support in the app.');
  await expect.poll(() => page.locator('.checks-why').textContent()).toContain('It says “no worries”');
  await expect.poll(() => page.locator('.approve-button').isDisabled()).toBe(true);
  await page.context().close();
});

test('whoever may not change settings is told so', async () => {
  const page = await journey.open({ as: 'Kim', role: 'approver', at: '#/settings' });
  await page.getByText('Only leads and admins may look at the settings').waitFor();
  await page.context().close();
});
