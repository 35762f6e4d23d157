import { afterEach, beforeEach } from 'vitest';
import type { FoundMention, From, Page } from '#kit';
import type { CoverageSpan, Source } from '../../../src/core/ports.ts';
import { HandClock } from '../../platforms/open-forum.ts';
import { openReddit, type RedditSettings } from '../../platforms/open-reddit.ts';
import { RedditPlatform } from '../../platforms/reddit.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** Everything around the connector, made anew for each test of a file that calls `withReddit`. */
export let platform: RedditPlatform;
export let clock: HandClock;

export function withReddit(): void {
  beforeEach(async () => {
    clock = new HandClock();
    platform = await new RedditPlatform(() => clock.now()).start();
  });
  afterEach(() => platform.close());
}

export const signal = () => AbortSignal.timeout(60_000);

/** A source that hears the comments and posts of r/wallets and nothing else. */
export function openWallets(settings: RedditSettings = {}): Source {
  const options = { usernameMentions: false, subreddits: ['wallets'], ...settings.options };
  return openReddit(platform, { clock, ...settings, options });
}

/** A source that hears posts found by the word "help", and nothing else: one listing. */
export function openSearch(settings: RedditSettings = {}): Source {
  const options = { usernameMentions: false, searches: ['help'], ...settings.options };
  return openReddit(platform, { clock, ...settings, options });
}

export interface Reading {
  found: FoundMention[];
  ids: string[];
  pages: Page[];
  coverage: CoverageSpan[];
  holes: CoverageSpan[];
  notices: string[];
  cursor: unknown;
}

/** One round, page by page; the cursor goes through JSON each time, as it does through a store. */
export async function read(source: Source, from: From, between: (page: Page) => void = () => {}): Promise<Reading> {
  const pages: Page[] = [];
  for (let next = from, more = true; more; ) {
    if (pages.length > 200) throw new Error('no end in sight');
    const page = (await source.pull?.(next, signal())) as Page;
    pages.push(page);
    next = { cursor: JSON.parse(JSON.stringify(page.cursor)) };
    more = page.more;
    if (more) between(page);
  }
  const found = pages.flatMap((page) => page.found);
  const coverage = pages.flatMap((page) => page.coverage ?? []);
  return {
    found,
    pages,
    coverage,
    ids: found.map(({ nativeId }) => nativeId),
    holes: coverage.filter(({ kind }) => kind === 'hole'),
    notices: pages.flatMap((page) => page.notices ?? []),
    cursor: JSON.parse(JSON.stringify(pages.at(-1)?.cursor)),
  };
}

/** From an hour ago, as a new source. */
export const anew = (): From => ({ since: clock.now() - HOUR });

/** That many posts, a second apart, oldest first. */
export function posts(count: number, subreddit = 'wallets') {
  return Array.from({ length: count }, (_, n) => {
    clock.pass(1000);
    return platform.post(`tester_${n}`, subreddit, `help ${n}`, 'It does not work.');
  });
}

/** Requests for a listing, in the order they came. */
export const listings = () => platform.requests.filter((one) => /\/(search|new|comments|mentions)\?/.test(one));
