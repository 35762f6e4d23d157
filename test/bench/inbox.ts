import { join } from 'node:path';
import { openSqliteEngine } from '../../src/store/sqlite/index.ts';
import { openBrowser, openContext } from '../browser/browser.ts';
import { openEarshot } from '../browser/earshot.ts';
import { fill } from './fill.ts';
import type { Measurement } from './measurement.ts';
import { measured } from './times.ts';

const MENTIONS = 100_000;
const OPENINGS = 5;
const DECISIONS = 60;

/** What somebody waits for who works in the inbox: until the page can be used, and from a key to the next mention. */
export async function benchInbox(): Promise<Measurement[]> {
  const earshot = await openEarshot('Mei', async (dataDir) => {
    const engine = await openSqliteEngine(join(dataDir, 'earshot.db'));
    await fill(engine, MENTIONS);
    await engine.close();
  });
  const browser = await openBrowser();
  try {
    const context = await openContext(browser);
    const page = await context.newPage();
    await page.goto(await earshot.linkFor());
    const opened: number[] = [];
    for (let opening = 0; opening < OPENINGS; opening++) {
      const began = performance.now();
      await page.goto(`${earshot.web.url}/?opening=${opening}#/waiting`);
      await page.locator('.approve-button:enabled').waitFor();
      opened.push(performance.now() - began);
    }
    const next: number[] = [];
    for (let decision = 0; decision < DECISIONS; decision++) {
      await page.locator('.approve-button:enabled').waitFor();
      next.push(await page.evaluate(approveAndWait));
    }
    return [
      measured('inbox, until the first draft can be approved', 'SQLite', MENTIONS, opened),
      measured('inbox, from a key to the next mention', 'SQLite', MENTIONS, next),
    ];
  } finally {
    await browser.close();
    await earshot.close();
  }
}

/** Runs in the page: milliseconds from the key until another mention stands there with its draft. */
async function approveAndWait(): Promise<number> {
  const selected = () => document.querySelector('[role=option][aria-selected=true]')?.id;
  const before = selected();
  const began = performance.now();
  window.dispatchEvent(new KeyboardEvent('keydown', { key: 'a' }));
  while (
    selected() === before ||
    !document.querySelector('.said') ||
    !document.querySelector('.draft-text, .draft-none')
  )
    await new Promise(requestAnimationFrame);
  return performance.now() - began;
}
