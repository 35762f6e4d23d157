import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import type { MentionId } from '../../src/core/nouns.ts';
import type { Case } from '../../src/core/ports.ts';
import type { Role } from '../../src/core/rights.ts';
import { complaints, type Look, openBrowser, openContext } from './browser.ts';
import { type Earshot, openEarshot } from './earshot.ts';

export interface Journey {
  readonly earshot: Earshot;
  /** Opens a browser of its own, signed in: as the owner, or as a colleague by name. */
  open(look?: Look & { as?: string; role?: Role; at?: string }): Promise<Page>;
  /** What the store holds about a mention now. */
  find(id: MentionId): Promise<Case>;
  /** Waits until the store holds what is expected. The page answers before the server has. */
  eventually(check: () => Promise<void>): Promise<void>;
}

/** Colleagues who have accepted their invitation. */
const known = new Set<string>();

/**
 * For the top of a test file: one Chromium and one Earshot for its journeys. Each page must end without an error and
 * without anything its content policy had to refuse.
 */
export function startJourney(
  prepare: (earshot: Earshot) => Promise<unknown>,
  fill?: (dataDir: string) => Promise<unknown>,
): Journey {
  let browser: Browser;
  let earshot: Earshot;
  known.clear();
  const contexts: { context: BrowserContext; heard: string[] }[] = [];

  beforeAll(async () => {
    [browser, earshot] = await Promise.all([openBrowser(), openEarshot('Mei', fill)]);
    await prepare(earshot);
  });
  afterAll(async () => {
    await browser?.close();
    await earshot?.close();
    // A refusal of the API is an answer, and a cut line a part of the test; everything else is a fault.
    const faults = contexts
      .flatMap(({ heard }) => heard)
      .filter((line) => !/(status of 4(01|04|09|22)|net::ERR_\w+) .*\/api\/v1\//.test(line));
    expect(faults).toEqual([]);
  });
  return {
    get earshot() {
      return earshot;
    },
    async open({ as, role, at = '', ...look } = {}) {
      const context = await openContext(browser, look);
      const heard = complaints(context);
      contexts.push({ context, heard });
      const page = await context.newPage();
      if (as !== undefined && known.has(as)) await signIn(page, earshot.web.url, as);
      else {
        await page.goto(await earshot.linkFor(as, role));
        if (as !== undefined) await accept(page, as);
      }
      await page.locator('.frame').waitFor();
      if (at) await goTo(page, `${earshot.web.url}/${at}`);
      return page;
    },
    async find(id) {
      const found = await earshot.parts.store.find(id);
      if (!found) throw new Error(`mention ${id} is not there`);
      return found;
    },
    eventually: (check) => expect.poll(() => check().then(() => 'so', String)).toBe('so'),
  };
}

/**
 * Opens an address anew. An inbox that is just choosing its first mention changes the address itself, and in that moment the
 * browser forgets a mere step to another one.
 */
export async function goTo(page: Page, address: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(address);
}

/** Long enough for everybody in these tests. */
export const PASSWORD = 'four words in a row';

async function signIn(page: Page, url: string, name: string): Promise<void> {
  await page.goto(url);
  await page.locator('input[autocomplete=username]').fill(name);
  await page.locator('input[autocomplete=current-password]').fill(PASSWORD);
  await page.locator('.sign-in button[type=submit]').first().click();
}

/** What a colleague does who follows their invitation. */
async function accept(page: Page, name: string): Promise<void> {
  known.add(name);
  await page.locator('input[autocomplete=new-password]').fill(PASSWORD);
  await page.locator('.sign-in button[type=submit]').click();
}

/** The id of the mention whose row is selected. */
export async function selectedId(page: Page): Promise<string> {
  const row = page.locator('[role=option][aria-selected=true]');
  await row.waitFor();
  return ((await row.getAttribute('id')) ?? '').replace('row-', '');
}

/** The author's words in the mention on screen. */
export const said = (page: Page) => page.locator('.said');
export const draftText = (page: Page) => page.locator('.draft-text');
export const rows = (page: Page) => page.locator('[role=option]');
