import { beforeAll, expect, test } from 'vitest';
import { mentionId } from '../../src/core/ids.ts';
import { PHONE } from './browser.ts';
import { goTo, startJourney } from './journey.ts';
import { settle } from './scenes.ts';

const id = (nativeId: string) => mentionId('feed', nativeId);
const api = { permission: { how: 'api' } as const, place: 'wallets.example/help' };
const LAPTOP = { viewport: { width: 1366, height: 768 } };

const journey = startJourney(async (earshot) => {
  await earshot.hear([
    { nativeId: 'failed', text: '充值三百一直没到账，银行卡已经扣了，怎么办？', ...api },
    { nativeId: 'open', text: 'The transfer to my sister failed twice, and the money is gone. '.repeat(4), ...api },
    { nativeId: 'fraud', text: 'Somebody got into my account and is sending my money away right now!', ...api },
  ]);
  const reason = 'The forum refused the reply: the topic was closed by a moderator. '.repeat(3);
  await settle(earshot, id('failed'), 'failed', reason);
});

/** How many pixels of it lie below the window. */
const below = (selector: string) => `(() => {
  const box = document.querySelector(${JSON.stringify(selector)})?.getBoundingClientRect();
  return box === undefined ? 'not there' : Math.max(0, Math.round(box.bottom - innerHeight));
})()`;

let phone: Awaited<ReturnType<typeof journey.open>>;
beforeAll(async () => {
  phone = await journey.open({ device: PHONE, at: `#/all/${id('failed')}` });
});

test('on a phone the decision is within reach, whatever stands above the draft, and the whole draft can be read', async () => {
  await phone.locator('.outcome-red').waitFor();
  await expect.poll(() => phone.evaluate(below('.approve-button'))).toBe(0);
  await phone.keyboard.press('e');
  await phone.locator('#draft-field').fill('Please send us your password and we will refund you 500 today.');
  await phone.locator('.checks-why').waitFor();
  await expect.poll(() => phone.evaluate(below('.approve-button'))).toBe(0);
  await phone.keyboard.press('Escape');
  await phone.locator('.draft-text').waitFor();
  // Its end comes in sight above the buttons, by moving what holds it.
  const endIsSeen = () =>
    phone.evaluate(() => {
      const answer = document.querySelector('.answer');
      answer?.scrollTo(0, answer.scrollHeight);
      const end = document.querySelector('.draft-text')?.getBoundingClientRect().bottom ?? Number.POSITIVE_INFINITY;
      return end <= (document.querySelector('.actions')?.getBoundingClientRect().top ?? 0);
    });
  await expect.poll(endIsSeen).toBe(true);
  await phone.context().close();
});

test('on a screen for work all decisions stand in one line', async () => {
  const page = await journey.open({ at: `#/all/${id('open')}` });
  await page.getByRole('button', { name: /^Send later/ }).waitFor();
  const lines = () =>
    page
      .locator('.actions-others .mantine-Button-root')
      .evaluateAll((all) => [all.length, new Set(all.map((one) => Math.round(one.getBoundingClientRect().top))).size]);
  await expect.poll(lines).toEqual([8, 1]);
  await page.context().close();
});

test('on a low laptop the author’s words have two fifths of the height, and a row shows them beside its clock', async () => {
  const page = await journey.open({ device: LAPTOP, at: `#/all/${id('open')}` });
  await page.locator('.draft-text').waitFor();
  const share = () =>
    page.evaluate(() => {
      const height = (selector: string) => document.querySelector(selector)?.getBoundingClientRect().height ?? 0;
      return height('.mention-read') / height('.mention');
    });
  await expect.poll(share).toBeGreaterThan(0.39);
  const row = page.locator(`#row-${id('fraud')}`);
  await row.locator('.row-clock').first().locator('.tag').waitFor();
  const words = () => row.locator('.row-text').evaluate((one) => one.getBoundingClientRect().width);
  await expect.poll(words).toBeGreaterThan(180);
  await page.context().close();
});

test('only the page moves, never the frame around it: the way to the other pages stays in sight', async () => {
  const page = await journey.open({ device: { viewport: { width: 1366, height: 480 } }, at: '#/report' });
  // The lowest of its tables has a name that only screen readers meet; it lies far below the window.
  await page.locator('.card .figures').last().waitFor();
  const beyond = () =>
    page.evaluate(() =>
      [document.documentElement, document.body, document.querySelector('.frame')].map(
        (one) => (one?.scrollHeight ?? 0) - (one?.clientHeight ?? 0),
      ),
    );
  expect(await beyond()).toEqual([0, 0, 0]);
  await page.context().close();
});

/** A large screen and a laptop at 200 %, and the smallest phone there is. */
const LOW = [
  [960, 540],
  [720, 450],
  [320, 640],
] as const;

test.each(LOW)(
  'at %i by %i pixels every word of a draft can be read, and nothing is cut off',
  async (width, height) => {
    const page = await journey.open({ device: { viewport: { width, height } }, at: `#/all/${id('open')}` });
    await page.locator('.draft-text').waitFor();
    const read = () =>
      page.evaluate(() => {
        const main = document.querySelector('.mention');
        main?.scrollTo(0, main.scrollHeight);
        const box = (selector: string) => document.querySelector(selector)?.getBoundingClientRect();
        const [draft, actions, approve] = [box('.draft-text'), box('.actions'), box('.approve-button')];
        return draft && actions && approve
          ? { covered: draft.bottom > actions.top, below: approve.bottom > innerHeight }
          : 'not there';
      });
    await expect.poll(read).toEqual({ covered: false, below: false });
    // From the first line on: the draft is not cut by a box that is lower than itself.
    const hidden = () =>
      page.locator('.draft-text').evaluate((draft) => {
        const box = draft.closest('.draft-scroll');
        return box ? box.scrollHeight - box.clientHeight : 'not there';
      });
    await expect.poll(hidden).toBeLessThanOrEqual(1);
    const cut = () =>
      page.evaluate(
        () =>
          [...document.querySelectorAll('.top a, .top button, .line a, .line button')]
            .map((one) => one.getBoundingClientRect())
            .filter(({ right, width }) => width > 1 && right > innerWidth).length,
      );
    await expect.poll(cut).toBe(0);
    await page.context().close();
  },
);

test('where the system sets the colours, one sees which mention is chosen', async () => {
  const page = await journey.open({ device: { ...LAPTOP, forcedColors: 'active' }, at: `#/all/${id('open')}` });
  const outline = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((row) => getComputedStyle(row).outlineStyle);
  await expect.poll(() => outline('[role=option][aria-selected=true]')).toBe('solid');
  await expect.poll(() => outline('[role=option][aria-selected=false]')).toBe('none');
  await goTo(page, `${journey.earshot.web.url}/#/report`);
  await expect.poll(() => outline('button[aria-pressed=true]')).toBe('solid');
  await expect.poll(() => outline('button[aria-pressed=false]')).toBe('none');
  await page.context().close();
});

test('what can be done about a refusal is not cut short', async () => {
  const page = await journey.open({ at: `#/all/${id('open')}` });
  await page.locator('.draft-text').waitFor();
  await page.route('**/api/v1/mentions/**', (route) =>
    route.request().method() === 'POST' ? route.abort() : route.continue(),
  );
  await page.locator('.approve-button').click();
  const button = page.locator('.notice-refused').getByRole('button', { name: 'Look at it' });
  await button.waitFor();
  const cut = () =>
    button.evaluate((one) =>
      Math.max(...[one, ...one.querySelectorAll('*')].map((part) => part.scrollWidth - part.clientWidth)),
    );
  await expect.poll(cut).toBeLessThanOrEqual(0);
  await page.context().close();
});

test('on a slow line the page says what is coming, and then is there', async () => {
  const page = await journey.open();
  const held: (() => void)[] = [];
  let slow = true;
  await page.route('**/assets/*.js', async (route) => {
    if (slow) await new Promise<void>((resolve) => held.push(resolve));
    await route.continue();
  });
  await page.goto(`${journey.earshot.web.url}/?again`, { waitUntil: 'commit' });
  await page.locator('.boot').getByText('Earshot').waitFor();
  slow = false;
  for (const go of held) go();
  await page.locator('.frame').waitFor();
  await expect.poll(() => page.locator('.boot').count()).toBe(0);
  await page.context().close();
});
