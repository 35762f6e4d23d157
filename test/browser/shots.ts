import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { BrowserContext, Page } from 'playwright-core';
import { DESKTOP, openBrowser, openContext, PHONE } from './browser.ts';
import { openEarshot } from './earshot.ts';
import { breakSource, openScene, type Scene, spendMost, teach } from './scenes.ts';

/**
 * Pictures of every screen: `npm run -s shots -- --out DIR [--only WORD,WORD] [--lang en] [--scheme light] [--device desktop]`.
 * Look at each for ten seconds: what does the eye meet first?
 */
const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'test-output/shots' },
    only: { type: 'string' },
    lang: { type: 'string' },
    scheme: { type: 'string' },
    device: { type: 'string' },
  },
});

const LANGUAGES = { en: 'en-GB', 'zh-Hans': 'zh-CN', 'zh-Hant': 'zh-TW' };
const DEVICES = { desktop: DESKTOP, phone: PHONE };
const SCHEMES = ['light', 'dark'] as const;

/** A screen is an address, and what is done there before the picture is taken. */
type Screen = { at: string | ((scene: Scene) => string); act?(page: Page): Promise<void> };
type Screens = Record<string, Screen>;

/** Writes the report of a suspect. */
async function report(page: Page): Promise<void> {
  await page.locator('section[aria-labelledby=scam-takedown] button').click();
  await page.locator('.scam-report').waitFor();
}

/** Adds a keyword that nobody saves, and waits for what it would change. */
async function addKeyword(page: Page): Promise<void> {
  await page.locator('.keyword-add input').fill('waiting, 一直');
  await page.locator('.keyword-add button').click();
  await page.locator('.tryout-words').waitFor();
}

/** What lies below the first look. */
const below = (selector: string) => async (page: Page) => {
  await page.locator(selector).first().waitFor();
  await page
    .locator(selector)
    .first()
    .evaluate((one) => one.scrollIntoView({ block: 'start' }));
};

const key =
  (...keys: string[]) =>
  async (page: Page) => {
    await page.locator('.answer, .queue-list').first().waitFor();
    for (const one of keys) await page.keyboard.press(one);
  };

const SCREENS: Screens = {
  queue: { at: '#/waiting' },
  urgent: { at: '#/urgent' },
  search: { at: '#/all?search=充值' },
  'nothing-found': { at: '#/waiting?search=nobody-says-this' },
  thread: { at: ({ ids }) => `#/all/${ids.thread}` },
  scam: { at: ({ ids }) => `#/scam/${ids.scam}` },
  long: { at: ({ ids }) => `#/waiting/${ids.long}` },
  several: { at: ({ ids }) => `#/waiting/${ids.several}` },
  unsorted: { at: ({ ids }) => `#/waiting/${ids.unsorted}` },
  'by-hand': { at: ({ ids }) => `#/by-hand/${ids.byHand}` },
  failed: { at: ({ ids }) => `#/waiting/${ids.failed}` },
  unsure: { at: ({ ids }) => `#/waiting/${ids.unsure}` },
  posted: { at: ({ ids }) => `#/done/${ids.posted}` },
  empty: { at: '#/mine' },
  editor: {
    at: ({ ids }) => `#/waiting/${ids.long}`,
    async act(page) {
      await key('e')(page);
      await page.locator('#draft-field').fill('Please send us your password and we will refund you 500 today.');
      await page.locator('.checks-why').waitFor();
    },
  },
  correct: { at: ({ ids }) => `#/waiting/${ids.long}`, act: key('c') },
  dismiss: { at: ({ ids }) => `#/waiting/${ids.long}`, act: key('x') },
  keys: { at: '#/waiting', act: key('?') },
  noted: { at: ({ ids }) => `#/all/${ids.noted}` },
  'note-writing': { at: ({ ids }) => `#/all/${ids.noted}`, act: key('n') },
  author: { at: ({ ids }) => `#/all/${ids.noted}`, act: key('w') },
  templates: { at: ({ ids }) => `#/all/${ids.noted}`, act: key('t') },
  filtered: { at: '#/waiting?unsure=true&assignee=nobody&lane=general' },
  filters: { at: '#/waiting?lang=zh-Hans', act: key('f') },
  'saved-views': { at: '#/waiting', act: key('v') },
  'save-view': { at: '#/waiting?problemType=top-up-failed&assignee=nobody', act: key('V') },
  'go-to': { at: '#/waiting', act: key('.') },
  incidents: { at: '#/incidents' },
  incident: { at: ({ incident }) => `#/incidents/${incident}` },
  'incident-list': { at: ({ incident }) => `#/incidents/${incident}`, act: below('.plan') },
  scams: { at: '#/scams' },
  suspect: { at: ({ suspect }) => `#/scams/${suspect.connector}/${encodeURIComponent(suspect.authorId)}`, act: report },
  sources: { at: '#/sources' },
  'add-source': { at: '#/sources/add/' },
  'new-feed': { at: '#/sources/add/feed' },
  label: { at: '#/label' },
  learning: { at: '#/learning' },
  'learning-compared': { at: '#/learning', act: below('.contrasts') },
  'learning-replayed': { at: '#/learning', act: below('.replayed') },
  report: { at: '#/report' },
  'report-times': { at: '#/report', act: below('#report-waits') },
  settings: { at: '#/settings' },
  'settings-keywords': { at: '#/settings/keywords' },
  'settings-lexicon': { at: '#/settings/lexicon', act: addKeyword },
  'settings-lexicon-all': { at: '#/settings/lexicon' },
  'settings-guard-rails': { at: '#/settings/guardRails' },
  'settings-alerts': { at: '#/settings/alerts' },
  'settings-templates': { at: '#/settings/templates' },
  'settings-answers': { at: '#/settings/standingAnswers' },
  'settings-notice': { at: '#/settings/notice' },
  'settings-history': { at: '#/settings/history' },
  people: { at: '#/people' },
  account: { at: '#/account' },
};

const SIGNED_OUT: Screens = { 'sign-in': { at: '' } };
/** A workspace that hears nothing yet. */
const BARE: Screens = { nothing: { at: '#/waiting' }, 'no-sources': { at: '#/sources' } };
/** Once a source fails and another has spent its month. */
const BROKEN: Screens = {
  'broken-queue': { at: '#/waiting' },
  'broken-sources': { at: '#/sources' },
  'edit-source': { at: '#/sources/edit/x-mentions' },
  'broken-report': { at: '#/report' },
};

/** A word that names nothing would end in no picture, and no word of why. */
function refuse(option: string, unknown: string | undefined, names: readonly string[]): void {
  if (unknown === undefined) return;
  console.error(`--${option} "${unknown}" names nothing. There is: ${names.join(', ')}.`);
  process.exit(2);
}

function refuseUnknown(): void {
  const screens = Object.keys({ ...SCREENS, ...SIGNED_OUT, ...BARE, ...BROKEN });
  const word = values.only?.split(',').find((one) => !screens.some((screen) => screen.includes(one)));
  refuse('only', word, screens);
  const choices = { lang: Object.keys(LANGUAGES), scheme: SCHEMES, device: Object.keys(DEVICES) };
  for (const [option, names] of Object.entries(choices)) {
    const chosen = values[option as keyof typeof choices];
    if (chosen !== undefined && !names.some((name) => name === chosen)) refuse(option, chosen, names);
  }
}

async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle').catch(() => undefined);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

const isWanted = (screen: string) => !values.only || values.only.split(',').some((word) => screen.includes(word));

async function shoot(
  context: BrowserContext,
  url: string,
  screens: Screens,
  { scene, name }: { scene: Scene; name: string },
): Promise<void> {
  for (const [screen, { at, act }] of Object.entries(screens)) {
    if (!isWanted(screen)) continue;
    const page = await context.newPage();
    await page.goto(`${url}/${typeof at === 'string' ? at : at(scene)}`);
    await page.locator('.frame, .sign-in').waitFor();
    await page.waitForTimeout(350); // the live connection stays open, so there is no idle network to wait for
    await act?.(page);
    await settledSoon(page);
    await page.screenshot({ path: join(values.out, `${screen}.${name}.png`) });
    await page.close();
  }
}

const settledSoon = (page: Page) => Promise.race([settled(page), page.waitForTimeout(250)]);

async function main(): Promise<void> {
  refuseUnknown();
  await mkdir(values.out, { recursive: true });
  const browser = await openBrowser();
  const scene = await openScene();
  const bare = await openEarshot();
  await bare.parts.sources.removeSample('Mei');
  let x: { close(): Promise<void> } | undefined;
  if (Object.keys(SCREENS).some((screen) => screen.startsWith('learning') && isWanted(screen)))
    await teach(scene.earshot);
  const rounds = Object.entries(LANGUAGES).flatMap(([lang, locale]) =>
    SCHEMES.flatMap((scheme) =>
      Object.entries(DEVICES).map(([device, options]) => ({ lang, locale, scheme, device, options })),
    ),
  );
  const wanted = rounds.filter(
    (round) =>
      (!values.lang || round.lang === values.lang) &&
      (!values.scheme || round.scheme === values.scheme) &&
      (!values.device || round.device === values.device),
  );
  for (const withBroken of [false, true]) {
    if (withBroken) {
      await breakSource(scene.earshot);
      x = await spendMost(scene.earshot);
    }
    for (const { lang, locale, scheme, device, options } of wanted) {
      const name = `${device}.${lang}.${scheme}`;
      const context = await openContext(browser, { locale, scheme, device: options });
      const url = await signIn(context, scene.earshot.web.signInUrl());
      const picture = { scene, name };
      await shoot(context, url, withBroken ? BROKEN : SCREENS, picture);
      if (!withBroken) {
        await context.clearCookies();
        await shoot(context, url, SIGNED_OUT, picture);
        const bareUrl = await signIn(context, bare.web.signInUrl());
        await shoot(context, bareUrl, BARE, picture);
      }
      await context.close();
    }
  }
  await browser.close();
  await x?.close();
  await scene.earshot.close();
  await bare.close();
  console.log(`Pictures are in ${values.out}`);
}

async function signIn(context: BrowserContext, link: string): Promise<string> {
  const page = await context.newPage();
  await page.goto(link);
  await page.locator('.frame').waitFor();
  await page.close();
  return new URL(link).origin;
}

await main();
