import type { FoundMention, From, Page } from '#kit';
import type { Source } from '../../../src/core/ports.ts';
import { readAll } from '../../contract/support.ts';
import { openX, type XSettings } from '../../platforms/open-twitter.ts';
import { XPlatform } from '../../platforms/twitter.ts';

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const START = Date.UTC(2026, 10, 23, 12);

/** The local X and a source on it, with one clock that the test moves. */
export async function aroundX(settings: XSettings = {}) {
  const clock = { time: START, now: () => clock.time };
  const x = await new XPlatform({ now: clock.now }).start();
  const open = (more: XSettings = {}): Source =>
    openX(x, { clock, ...settings, ...more, options: { ...settings.options, ...more.options } });
  const source = open();
  let cursor: unknown;
  return {
    x,
    clock,
    open,
    source,
    /** All pages from where the last reading ended, as the collector would ask for them. */
    async read(from?: From, through = source): Promise<{ found: FoundMention[]; pages: Page[]; last: Page }> {
      const start: From = from ?? (cursor === undefined ? { since: clock.time - DAY } : { cursor });
      const pages = await readAll(through, start);
      const last = pages.at(-1) as Page;
      cursor = JSON.parse(JSON.stringify(last.cursor));
      return { found: pages.flatMap(({ found }) => found), pages, last };
    },
    /** One page, remembered like the others. */
    async page(from?: From, through = source): Promise<Page> {
      const start: From = from ?? (cursor === undefined ? { since: clock.time - DAY } : { cursor });
      const page = (await through.pull?.(start, AbortSignal.timeout(60_000))) as Page;
      cursor = JSON.parse(JSON.stringify(page.cursor));
      return page;
    },
    asked: (route: RegExp) => x.requests.filter((request) => route.test(request.route)),
    [Symbol.asyncDispose]: () => x.close(),
  };
}

export const MENTIONS = /\/mentions$/;
export const SEARCH = /\/search\/recent$/;
