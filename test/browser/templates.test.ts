import { expect, test } from 'vitest';
import { faultsOf } from './browser.ts';
import { draftText, startJourney } from './journey.ts';

const WITHDRAWAL = 'What are the fees for a withdrawal to a bank account?';

const journey = startJourney(async ({ hear }) => {
  await hear(Array.from({ length: 8 }, (_, n) => ({ nativeId: `fee-${n}`, text: `${WITHDRAWAL} Case ${n}.` })));
});

const inForce = (id: string) => {
  const { templates } = journey.earshot.parts.templateControl.list('');
  return templates.find((template) => template.id === id);
};

test('a template is edited under the eyes of the guard rails, its twin is stale until both were read, and there is a way back', async () => {
  const page = await journey.open({ as: 'Ana', role: 'lead', at: '#/settings/templates' });
  const card = page.locator('[id="template-fees/en"]');
  await card.getByRole('button', { name: /^Edit/ }).click();
  const field = card.getByRole('textbox', { name: 'Text' });
  await field.fill('{{greeting}}\n\nWrite to {{nobody}}.');
  await card.getByText('{{nobody}} is no known name').waitFor();
  await field.fill('{{greeting}}\n\nWe will refund you today.');
  await card.getByText('Promises nothing').first().waitFor();
  await card.getByRole('button', { name: 'Save' }).click();
  await page.getByText('cannot').or(page.getByText('Promises nothing')).first().waitFor();

  // Left in the middle, it is there again.
  await page.getByRole('link', { name: 'Report' }).click();
  await page.getByRole('heading', { name: 'Report' }).waitFor();
  await page.getByRole('link', { name: /^Settings/ }).click();
  await page.goto(`${journey.earshot.web.url}/#/settings/templates`);
  await expect.poll(() => field.inputValue()).toContain('We will refund you today.');

  await field.fill('{{greeting}}\n\nEach fee of {{product}} stands on the last page before you confirm.');
  await card.getByRole('button', { name: 'Save' }).click();
  await card.getByText(/changed by Ana/).waitFor();
  expect(inForce('fees/en')?.text).toContain('stands on the last page');
  expect(inForce('fees/zh-Hans')?.stale).toBeDefined();

  await card.getByRole('button', { name: /^Edit/ }).click();
  await card.getByRole('checkbox', { name: /I read both/ }).check();
  await card.getByRole('button', { name: 'Save' }).click();
  await card.getByRole('button', { name: /^Edit/ }).waitFor();
  expect(inForce('fees/zh-Hans')?.stale).toBeUndefined();
  expect(await faultsOf(page)).toEqual([]);

  await card.getByRole('button', { name: /^History/ }).click();
  await card.getByRole('listitem').filter({ hasText: 'Ana' }).first().waitFor();
  await card.getByRole('button', { name: 'Close' }).click();
  await card.getByRole('button', { name: /^As it came/ }).click();
  await card.getByText('Ours').waitFor({ state: 'detached' });
  expect(inForce('fees/en')?.came).toBeUndefined();
  await page.goto(`${journey.earshot.web.url}/#/settings/history`);
  await page.getByText('Template fees/en as it came').waitFor();
  await page.context().close();
});

test('a changed template is tried on what was heard before it is saved', async () => {
  const page = await journey.open({ at: '#/settings/templates' });
  const card = page.locator('[id="template-fees/en"]');
  await card.getByRole('button', { name: /^Edit/ }).click();
  await card.getByRole('textbox', { name: 'Text' }).fill('{{greeting}}\n\nFees stand in {{product}}.');
  await card.getByRole('button', { name: /Try it on the last days/ }).click();
  await card.getByText(/of 8 mentions would change|Nothing would change in 8/).waitFor({ timeout: 60_000 });
  await card.getByRole('button', { name: 'Discard' }).click();
  await card.getByRole('button', { name: /^Edit/ }).waitFor();
  expect(inForce('fees/en')?.came).toBeUndefined();
  await page.context().close();
});

test('a template of one’s own is written in both languages, and drafts are made of it', async () => {
  const page = await journey.open({ at: '#/settings/templates' });
  await page.getByRole('button', { name: 'Write a template' }).click();
  await page.getByRole('combobox', { name: 'Problem type' }).selectOption('fees');
  const [english, chinese] = [
    page.getByRole('group', { name: 'In English' }),
    page.getByRole('group', { name: 'In Simplified Chinese' }),
  ];
  await english.getByRole('textbox', { name: 'Title' }).fill('Fees: ours');
  await english.getByRole('textbox', { name: 'Text' }).fill('{{greeting}}\n\nOur own words about fees at {{product}}.');
  await chinese.getByRole('textbox', { name: 'Title' }).fill('手续费：自有');
  await chinese
    .getByRole('textbox', { name: 'Text' })
    .fill('{{greeting}}\n\n关于{{product}}手续费，这是我们自己的话。');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Fees: ours', { exact: true }).first().waitFor();
  const { parts } = journey.earshot;
  const { rows } = await parts.store.queue({ search: 'Case 7', limit: 1 });
  const id = rows[0]?.mention.id ?? '';
  const found = await journey.find(id);
  const own = parts.templates
    .choices(found.mention, found.assessment as never)
    .find(({ title }) => title === 'Fees: ours');
  await parts.review.useTemplate({
    mentionId: id,
    version: found.mention.version,
    by: 'Mei',
    templateId: own?.id ?? '',
  });
  await page.goto(`${journey.earshot.web.url}/#/all/${id}`);
  await draftText(page).filter({ hasText: 'Our own words about fees' }).waitFor();
  await page.context().close();
});

test('an edit that people repeat is proposed for the template, with the difference, and taken over', async () => {
  const { review, store } = journey.earshot.parts;
  const { rows } = await store.queue({ search: 'withdrawal', limit: 8 });
  const groups = Map.groupBy(rows, ({ draft }) => draft?.template?.id ?? '');
  const [templateId, same = []] = [...groups].sort(([, one], [, other]) => other.length - one.length)[0] ?? ['', []];
  expect(same.length).toBeGreaterThanOrEqual(3);
  const text = inForce(templateId)?.text ?? '';
  const last =
    text
      .match(/[^.!?。！？\n]+[.!?。！？]/g)
      ?.filter((sentence) => !sentence.includes('{{'))
      .at(-1)
      ?.trim() ?? '';
  for (const { mention, draft } of same) {
    const words = (draft?.text ?? '').replace(last, 'Ask us again in the app if anything is open.');
    const edited = await review.edit({ mentionId: mention.id, version: mention.version, by: 'Lin', text: words });
    const { id, version } = edited.mention;
    const revision = edited.drafts.at(-1)?.revision ?? 0;
    await review.approve({ mentionId: id, version, by: 'Lin', revision });
  }
  const page = await journey.open({ at: '#/settings/templates' });
  const proposed = page.getByRole('region', { name: 'Proposed by edits' });
  await proposed.getByText(`in ${same.length} of ${same.length} edited replies`).waitFor();
  await expect.poll(() => proposed.locator('ins').last().textContent()).toContain('Ask us again in the app');
  await proposed.getByRole('button', { name: 'Take it over' }).click();
  await proposed.waitFor({ state: 'detached' });
  expect(inForce(templateId)?.text).toContain('Ask us again in the app if anything is open.');
  await page.context().close();
});
