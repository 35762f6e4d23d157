import { createCollector } from '../../src/stages/collect/index.ts';
import { type FaultsReport, type Kind, noneYet, RATE } from './faults-report.ts';
import { HandClock, quiet, temporaryStore } from './open-forum.ts';
import { openX } from './open-twitter.ts';
import { type XFault, XPlatform } from './twitter.ts';
import { matches, mentions, type XPost } from './twitter-posts.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Posts between two readings, from and to: fewer mentions among them than the 800 that X gives out. */
const ROUND = [700, 1_200] as const;
/** The latest that X lists a post. */
const LATEST = 6 * MINUTE;

const SEARCH = 'OKPay -@OKPayHelp';
const FAULTS: [Kind, (now: number) => XFault][] = [
  ['429 with a waiting time', () => tooMany({ 'retry-after': '20' })],
  [
    '429 with a waiting time',
    (now) => tooMany({ 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': inAMinute(now) }),
  ],
  ['429 without', () => tooMany({})],
  ['500', () => ({ fault: 500 })],
  ['reset', () => ({ fault: 'reset' })],
  ['time-out', () => ({ fault: 'silence' })],
  ['HTML', () => ({ fault: 'html' })],
  ['half a body', () => ({ fault: 'half-body' })],
];
const tooMany = (headers: Record<string, string>): XFault => ({
  status: 429,
  body: { title: 'Too Many Requests' },
  headers,
});
const inAMinute = (now: number) => String(Math.ceil(now / SECOND) + 60);

/**
 * People post on the local X for days, Earshot reads in between through the real collector into a real database, and one
 * request in twenty goes wrong. Some posts are listed late, some edited, some are reposts. Counted on the side of X; the
 * least requests are one for each full page, had nothing gone wrong and nothing overlapped.
 */
export async function faults(count: number, rate = RATE): Promise<FaultsReport> {
  const clock = new HandClock();
  const x = await new XPlatform({ now: clock.now }).start();
  const disk = await temporaryStore();
  const random = seeded(count);
  const next = cycle(FAULTS);
  const injected = noneYet();
  x.onRequest = () => {
    if (random() >= rate) return undefined;
    const [kind, fault] = next();
    injected[kind]++;
    return fault(clock.now());
  };
  const source = openX(x, { clock, timeoutMs: 1_500, options: { searches: [SEARCH], monthlyBudgetUsd: 1_000_000 } });
  const collector = createCollector({ store: disk.store, clock, log: quiet, ourHandles: () => [], random });
  const since = clock.now() - MINUTE;
  let leastRequests = 0;
  try {
    for (let left = count; left > 0; ) {
      const round = Math.min(left, Math.floor(ROUND[0] + random() * (ROUND[1] - ROUND[0])));
      left -= round;
      leastRequests += people(x, round, clock, random);
      // Some posts are not listed yet; those of the last round are waited for.
      clock.pass(left > 0 ? MINUTE : LATEST);
      await readThrough();
    }
    const sent = x.posts.all.filter((post) => !post.reposts && heardBy(post)).map(({ history: [first = ''] }) => first);
    const stored = await storedIds(disk.store);
    const known = new Set(stored);
    return {
      platform: 'twitter',
      sent: sent.length,
      stored: stored.length,
      missed: sent.filter((id) => !known.has(id)).length,
      doubled: stored.length - known.size,
      requests: x.requests.length,
      leastRequests,
      injected,
    };
  } finally {
    await source.close();
    await x.close();
    await disk.remove();
  }

  /** Reads until there is nothing new, resting as long as each failure wants. */
  async function readThrough(): Promise<void> {
    for (let tries = 0; tries < 200; tries++) {
      const result = await collector.collect(source, { since, signal: new AbortController().signal });
      if (result.state === 'ok') return;
      clock.pass(Math.max(SECOND, (result.until ?? clock.now() + HOUR) - clock.now()));
    }
    throw new Error('Two hundred failures in a row.');
  }
}

function heardBy(post: XPost): boolean {
  return mentions(post, 'OKPayHelp') || matches(post, SEARCH);
}

/** Six hours of posts: six in ten mention us, the others only name the product. Gives the pages that this takes. */
function people(x: XPlatform, count: number, clock: HandClock, random: () => number): number {
  const from = clock.now();
  const step = (6 * HOUR) / count;
  let ours = 0;
  for (let n = 0; n < count; n++) {
    const at = Math.floor(from + n * step);
    const isOurs = n % 10 < 6;
    if (isOurs) ours++;
    const text = `${isOurs ? '@OKPayHelp' : 'OKPay'} 充值失败 ${at} ${n}`;
    const late = random() < 0.01 ? Math.floor(random() * LATEST) : 0;
    const post = x.say(`user${n % 500}`, text, { at, listedAt: at + late });
    if (random() < 0.02) x.say(`user${(n + 1) % 500}`, `RT ${text}`, { at, reposts: post.id });
    if (random() < 0.02) x.posts.edit(post.id, `${text} (edited)`, at + SECOND);
  }
  clock.pass(6 * HOUR);
  return Math.ceil(ours / 100) + Math.ceil((count - ours) / 100);
}

async function storedIds(store: Awaited<ReturnType<typeof temporaryStore>>['store']): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | undefined; ; ) {
    const page = await store.queue({ limit: 500, order: 'newest', ...(after !== undefined && { after }) });
    ids.push(...page.rows.map(({ mention }) => mention.nativeId));
    after = page.next;
    if (after === undefined) return ids;
  }
}

/** Numbers from 0 to 1, the same each time (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function cycle<T>(items: readonly T[]): () => T {
  let next = 0;
  return () => items[next++ % items.length] as T;
}
