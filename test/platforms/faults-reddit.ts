import { createCollector } from '../../src/stages/collect/index.ts';
import { type FaultsReport, type Kind, noneYet, RATE } from './faults-report.ts';
import { HandClock, quiet, temporaryStore } from './open-forum.ts';
import { openReddit } from './open-reddit.ts';
import { type RandomFault, RedditPlatform } from './reddit.ts';

const KIND_OF: Record<RandomFault, Kind> = {
  429: '429 with a waiting time',
  'no time named': '429 without',
  500: '500',
  reset: 'reset',
  silence: 'time-out',
  'block page': 'HTML',
  html: 'HTML',
  'half-body': 'half a body',
};
const PAGE = 100;
const BETWEEN_POLLS_MS = 10 * 60_000;
/** Silence is the only fault that costs real time. */
const TIMEOUT_MS = 400;

/**
 * Lets so many people write, some hundred between two polls, while one request in twenty fails, and hears them through
 * the real connector, collector and store. The least requests: one for each listing and poll, and one more for each 100 items.
 */
export async function faults(mentions: number, rate = RATE, random = seeded(7)): Promise<FaultsReport> {
  const clock = new HandClock();
  const platform = await new RedditPlatform(() => clock.now()).start();
  const disk = await temporaryStore();
  try {
    platform.random = random;
    const injected = noneYet();
    platform.onFault = (fault) => injected[KIND_OF[fault]]++;
    // Reddit counts in whole seconds.
    const since = clock.now() - 60_000;
    const source = openReddit(platform, { clock, timeoutMs: TIMEOUT_MS, options: { subreddits: ['wallets'] } });
    const collector = createCollector({ store: disk.store, clock, log: quiet, ourHandles: () => [], random: () => 0 });
    const poll = async () => {
      const signal = new AbortController().signal;
      const { state, message, until } = await collector.collect(source, { since, signal, asked: true });
      if (state !== 'ok') clock.pass(Math.max(1000, (until ?? 0) - clock.now()));
      return state === 'ok' && message === '';
    };

    let leastRequests = 0;
    await poll();
    platform.requests.length = 0;
    platform.faultRate = rate;
    for (let said = 0; said < mentions; ) {
      const batch = Math.min(mentions - said, 300 + Math.floor(random() * 500));
      leastRequests += people(platform, clock, batch, said);
      said += batch;
      clock.pass(BETWEEN_POLLS_MS);
      for (let tries = 0; !(await poll()); tries++)
        if (tries > 50) throw new Error('Reddit was never read to the end.');
    }
    return { ...(await count(platform, disk.store)), requests: platform.requests.length, leastRequests, injected };
  } finally {
    await disk.remove();
    await platform.close();
  }
}

/** Posts, comments and username mentions. Gives the least requests that it takes to read them. */
function people(platform: RedditPlatform, clock: HandClock, batch: number, from: number): number {
  const said = { posts: 0, comments: 0, mentions: 0 };
  for (let n = from; n < from + batch; n++) {
    clock.pass(200);
    const [post] = platform.things;
    if (n % 3 === 0 || !post) {
      platform.post(`person_${n % 97}`, 'wallets', `充值 ${n}`, 'It did not arrive.');
      said.posts += 1;
    } else {
      const mentionsUs = n % 10 === 1;
      platform.comment(`person_${n % 97}`, post, `me too ${n}`, { mentionsUs });
      said.comments += 1;
      said.mentions += mentionsUs ? 1 : 0;
    }
  }
  return Object.values(said).reduce((requests, items) => requests + Math.max(1, Math.ceil(items / PAGE)), 0);
}

async function count(
  platform: RedditPlatform,
  store: Awaited<ReturnType<typeof temporaryStore>>['store'],
): Promise<Omit<FaultsReport, 'requests' | 'leastRequests' | 'injected'>> {
  const ids = platform.things.map(({ name }) => name);
  const known = await store.known('reddit', ids);
  const stored = (await store.statuses()).find(({ source }) => source === 'reddit')?.stored ?? 0;
  return {
    platform: 'reddit',
    sent: ids.length,
    stored,
    missed: ids.length - known.size,
    doubled: stored - known.size,
  };
}

/** The same lots in every run. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
