import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import type { MentionId } from '../../src/core/nouns.ts';
import type { Case } from '../../src/core/ports.ts';
import { complaints, type Look, openBrowser, openContext } from './browser.ts';
import { type Earshot, openEarshot } from './earshot.ts';

export interface Journey {
  readonly earshot: Earshot;
  /** Opens a browser of its own, signed in: as the owner, or as a colleague by name. */
  open(look?: Look & { as?: string; at?: string }): Promise<Page>;
  /** What the store holds about a mention now. */
  find(id: MentionId): Promise<Case>;
  /** Waits until the store holds what is expected. The page answers before the server has. */
  eventually(check: () => Promise<void>): Promise<void>;
}

/**
 * For the top of a test file: one Chromium and one Earshot for its journeys. Each page must end without an error and
 * without anything its content policy had to refuse.
 */
export function startJourney(prepare: (earshot: Earshot) => Promise<unknown>): Journey {
  let browser: Browser;
  let earshot: Earshot;
  const contexts: { context: BrowserContext; heard: string[] }[] = [];

  beforeAll(async () => {
    [browser, earshot] = await Promise.all([openBrowser(), openEarshot()]);
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
    async open({ as, at = '', ...look } = {}) {
      const context = await openContext(browser, look);
      const heard = complaints(context);
      contexts.push({ context, heard });
      const page = await context.newPage();
      await page.goto(await earshot.linkFor(as));
      // An invitation is used up by a button, not by a look.
      if (as !== undefined) await page.getByRole('button', { name: 'Open the inbox' }).click();
      await page.locator('.frame').waitFor();
      if (at) await page.goto(`${earshot.web.url}/${at}`);
      return page;
    },
    async find(id) {
      const found = await earshot.parts.store.find(id);
      if (!found) throw new Error(`mention ${id} is not there`);
      return found;
    },
    eventually: (check) => expect.poll(() => check().then(() => 'so', String), { timeout: 5000 }).toBe('so'),
  };
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
