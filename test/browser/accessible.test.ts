import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { mentionId } from '../../src/core/ids.ts';
import { faultsOf } from './browser.ts';
import { draftText, goTo, rows, startJourney } from './journey.ts';
import { breakSource } from './scenes.ts';

const journey = startJourney(async (earshot) => {
  await earshot.collectSample();
  await earshot.hear([{ nativeId: 'long', text: `${'Top-up missing, card 4111 1111 1111 1111. '.repeat(70)}` }]);
  const author = { id: 'regular', name: 'Invented Regular' };
  const permission = { how: 'api' } as const;
  await earshot.hear([
    { nativeId: 'noted', text: 'My top-up of 60 is missing.', author, permission },
    { nativeId: 'noted-too', text: 'My top-up of 70 is missing.', author, permission },
  ]);
  await earshot.parts.review.note({ mentionId: mentionId('feed', 'noted'), by: 'Mei', text: 'Phone +44 7700 900123' });
  await breakSource(earshot);
  await earshot.parts.incidents.watch.round();
});

/** Each screen as it is when somebody works with it. */
const SCREENS: Record<string, (page: Page) => Promise<void>> = {
  '#/waiting': async (page) => draftText(page).waitFor(),
  '#/scam': async (page) => page.locator('.why-scam').waitFor(),
  [`#/waiting/${mentionId('feed', 'long')}`]: async (page) => {
    await draftText(page).waitFor();
    await page.keyboard.press('e');
    await page.locator('#draft-field').fill('We will refund you today.');
    await page.locator('.checks-why').waitFor();
  },
  '#/mine': async (page) => page.locator('.queue-empty').waitFor(),
  '#/urgent': async (page) => {
    await draftText(page).waitFor();
    await page.keyboard.press('c');
    await page.getByRole('menu').waitFor();
  },
  '#/done': async (page) => {
    await page.locator('.queue-empty').waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
  },
  '#/waiting?unsure=false': async (page) => {
    await page.locator('.filter-chip').waitFor();
    await page.keyboard.press('f');
    await page.getByRole('dialog').waitFor();
  },
  '#/waiting?unsure=false&lang=en': async (page) => {
    await page.locator('.filter-chip').first().waitFor();
    await page.keyboard.press('V');
    await page.getByRole('dialog').waitFor();
  },
  [`#/all/${mentionId('feed', 'noted')}`]: async (page) => {
    await page.locator('.author-line .link-button').waitFor();
    await page.keyboard.press('w');
    await page.locator('.author-other').waitFor();
    await page.keyboard.press('n');
    await page.locator('.note-field').fill('One more');
  },
  [`#/all/${mentionId('feed', 'noted-too')}`]: async (page) => {
    await draftText(page).waitFor();
    await page.keyboard.press('t');
    await page.locator('.offer-text').first().waitFor();
  },
  '#/sources': async (page) => page.locator('.source').first().waitFor(),
  '#/sources/add/feed': async (page) => page.locator('.source-form').waitFor(),
  '#/sources/edit/wallet-forum': async (page) => page.locator('.source-form').waitFor(),
  '#/incidents': async (page) => {
    await page.locator('.incident-card a').first().click();
    await page.locator('.plan-row').first().waitFor();
  },
  '#/people': async (page) => page.locator('.people-page .list-row').first().waitFor(),
  '#/settings/guardRails': async (page) => page.locator('.settings-content textarea').first().waitFor(),
  '#/label': async (page) => page.locator('.label-type').first().waitFor(),
  '#/settings/alerts': async (page) => page.locator('.settings-group').first().waitFor(),
  '#/settings/keywords': async (page) => page.locator('.tryout-examples').waitFor(),
  '#/settings/templates': async (page) => page.locator('.template').first().waitFor(),
  '#/settings/standingAnswers': async (page) => page.locator('.template').first().waitFor(),
  '#/settings/notice': async (page) => page.locator('.notice-none').waitFor(),
  '#/learning': async (page) => page.locator('.models').waitFor(),
  '#/account': async (page) => page.locator('#notify').waitFor(),
  '#/settings/history': async (page) => page.locator('.version').first().waitFor(),
  '#/scams': async (page) => page.locator('.scam-card').first().waitFor(),
  '#/report': async (page) => page.locator('.counts').first().waitFor(),
};

const PAGES = /^#\/(sources|incidents|people|label|settings|learning|account|scams|report)/;
const HALVES = (['the inbox', 'the other pages'] as const).map(
  (name) => [name, Object.entries(SCREENS).filter(([at]) => PAGES.test(at) === (name === 'the other pages'))] as const,
);

describe.each([
  ['en', 'light'],
  ['en', 'dark'],
  ['zh-CN', 'light'],
  ['zh-CN', 'dark'],
] as const)('axe, in %s and %s', (locale, scheme) => {
  test.each(HALVES)(
    'finds nothing on any screen of %s',
    async (_, screens) => {
      const page = await journey.open({ locale, scheme });
      for (const [at, ready] of screens) {
        await goTo(page, `${journey.earshot.web.url}/${at}`);
        await ready(page);
        expect(await faultsOf(page), at).toEqual([]);
      }
      await page.context().close();
    },
    240_000,
  );
});

test('where motion is unwanted, a change is there at once', async () => {
  const page = await journey.open();
  const button = page.locator('.approve-button');
  await button.waitFor();
  const colour = () =>
    button.evaluate((one) => {
      one.style.color = 'rgb(1, 2, 3)';
      return getComputedStyle(one).color;
    });
  expect(await colour()).toBe('rgb(1, 2, 3)');
  await page.context().close();
});

describe('without a pointer', () => {
  test('the queue is one stop for the tab key, and its arrows go through the mentions', async () => {
    const page = await journey.open();
    await draftText(page).waitFor();
    await page.locator('#queue').focus();
    const second = await rows(page).nth(1).getAttribute('id');
    await page.keyboard.press('ArrowDown');
    await page.locator(`#${second}[aria-selected=true]`).waitFor();
    await expect.poll(() => page.locator('#queue').getAttribute('aria-activedescendant')).toBe(second);
    await page.context().close();
  });

  test('evidence says its reason when it gets the focus', async () => {
    const page = await journey.open({ at: '#/urgent' });
    await page.locator('mark').first().focus();
    await expect.poll(() => page.getByRole('tooltip').textContent()).toMatch(/Speaks for/);
    await page.context().close();
  });
});
