import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AxeBuilder } from '@axe-core/playwright';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
  chromium as playwright,
} from 'playwright-core';
import { ROOT } from '../../src/settings.ts';

/** Nothing that reaches out, and no sandbox, since tests may run as root in a container. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--font-render-hinting=none',
];

/** A real Chromium: the one at `CHROMIUM_PATH`, else the one from the npm package, unpacked on first use. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH || (await unpackedChromium());
  return playwright.launch({ executablePath, headless: true, args: QUIET });
}

const PACKAGE = '@sparticuz/chromium';

/**
 * The package unpacks into the folder for temporary files, and takes whatever lies there for whole: where two processes
 * begin at once, or one is stopped in the middle, the half of a browser is started. So it unpacks into a folder of its own,
 * which gets its name when it is whole.
 */
async function unpackedChromium(): Promise<string> {
  const { devDependencies } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
  const home = join(tmpdir(), `earshot-chromium-${devDependencies[PACKAGE]}-${userInfo().uid}`);
  const binary = join(home, 'chromium');
  if (existsSync(binary)) return binary;
  const half = await mkdtemp(join(tmpdir(), 'earshot-unpacking-'));
  const script = `import chromium from '${PACKAGE}'; await chromium.executablePath();`;
  const env = { ...process.env, TMPDIR: half };
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], { cwd: ROOT, env });
  await rename(half, home).catch(async (thrown) => {
    if (!existsSync(binary)) throw thrown;
    await rm(half, { recursive: true });
  });
  return binary;
}

export const DESKTOP = { viewport: { width: 1440, height: 900 } } satisfies BrowserContextOptions;
export const PHONE = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  hasTouch: true,
  isMobile: true,
} satisfies BrowserContextOptions;

export interface Look {
  locale?: string;
  scheme?: 'light' | 'dark';
  device?: BrowserContextOptions;
}

/** A browser of its own, as one person has it. */
export function openContext(browser: Browser, { locale = 'en', scheme = 'light', device = DESKTOP }: Look = {}) {
  return browser.newContext({ ...device, locale, colorScheme: scheme, reducedMotion: 'reduce' });
}

/** Whatever the page complains about: errors, and what its content policy refused. A test ends with none. */
export function complaints(context: BrowserContext): string[] {
  const heard: string[] = [];
  context.on('weberror', (error) => heard.push(String(error.error())));
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      heard.push(`${message.text()} ${message.location().url}`);
  });
  return heard;
}

/** What axe finds on a page that stands, a line each: WCAG 2.2 AA and what is good practice. */
export async function faultsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${html.slice(0, 160)} ${any[0]?.message ?? ''}`),
  );
}
