import { expect, test } from 'vitest';
import type { QueueRow } from '../../src/core/ports.ts';
import { draftText, startJourney } from './journey.ts';

const FEES = 'What are the fees for a withdrawal to a bank account?';

const journey = startJourney(({ hear }) =>
  hear(Array.from({ length: 7 }, (_, n) => ({ nativeId: `fee-${n}`, text: `${FEES} Case ${n}.` }))),
);

/** Lets the reply of a template out, as it is or in other words. */
async function approveWith({ mention }: QueueRow, templateId: string, edited: boolean): Promise<void> {
  const { review } = journey.earshot.parts;
  const { useTemplate: draftFrom } = review;
  const by = 'Lin';
  const { id: mentionId } = mention;
  let found = await draftFrom({ mentionId, version: mention.version, by, templateId });
  const text = `${found.drafts.at(-1)?.text ?? ''} Thank you.`;
  if (edited) found = await review.edit({ mentionId, version: found.mention.version, by, text });
  const revision = found.drafts.at(-1)?.revision ?? 0;
  await review.approve({ mentionId, version: found.mention.version, by, revision });
}

test('the template that people change least comes first among the others, with why, and in the settings too', async () => {
  const { store, templates } = journey.earshot.parts;
  const { rows } = await store.queue({ search: 'withdrawal', limit: 7 });
  const [open, ...others] = rows;
  if (!open?.assessment) throw new Error('nothing was sorted');
  const offered = templates.choices(open.mention, open.assessment).filter(({ id }) => id.startsWith('fees/'));
  const [often, best] = [offered[0], offered.at(-1)];
  if (!often || !best || often === best) throw new Error('fees have too few templates');
  for (const [n, row] of others.entries()) await approveWith(row, n < 3 ? best.id : often.id, n >= 3);

  const page = await journey.open({ at: `#/all/${open.mention.id}` });
  await draftText(page).waitFor();
  await page.keyboard.press('t');
  const items = page.getByRole('menu').getByRole('menuitem');
  await expect.poll(() => items.first().textContent()).toContain(best.title);
  await items.first().getByText('Approved unedited 3 of 3').waitFor();
  await items.first().getByText('surely at least 44%').waitFor();
  await page.keyboard.press('Escape');

  const settings = await journey.open({ as: 'Ana', role: 'lead', at: '#/settings/templates' });
  await settings.getByRole('combobox', { name: 'Order' }).selectOption('Best rated first');
  await settings.getByText(/3 of 3 counts as 44%/).waitFor();
  const cards = settings.getByRole('region', { name: 'Fees' }).getByRole('listitem');
  await expect.poll(() => cards.first().getAttribute('id')).toBe(`template-${best.id}`);
  await settings.context().close();
  await page.context().close();
});
