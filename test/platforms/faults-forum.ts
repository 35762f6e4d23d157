import { createCollector } from '../../src/stages/collect/index.ts';
import { DiscoursePlatform } from './discourse.ts';
import { seeded } from './faults-reddit.ts';
import { type FaultsReport, RATE } from './faults-report.ts';
import { NodebbPlatform } from './nodebb.ts';
import { HandClock, quiet, temporaryStore } from './open-forum.ts';
import { openForumAt } from './open-forums.ts';

/** How each is read: how many posts come at once, and in how many more requests each is fetched whole. */
export const FORUMS = {
  discourse: { Platform: DiscoursePlatform, software: 'discourse', page: 50, each: 0, options: {} },
  'discourse, searched': {
    Platform: DiscoursePlatform,
    software: 'discourse',
    page: 50,
    each: 1,
    options: { searches: ['充值'] },
  },
  nodebb: { Platform: NodebbPlatform, software: 'nodebb', page: 20, each: 1, options: {} },
} as const;
const BETWEEN_POLLS_MS = 60_000;
/** Silence is the only fault that costs real time. */
const TIMEOUT_MS = 300;

/**
 * Lets so many people write in a forum, some hundred between two polls, while one request in twenty fails. The least
 * requests: each poll reads back to where the walk before the last one began, since posts show up late.
 */
export const faultsOn =
  (forum: keyof typeof FORUMS) =>
  async (mentions: number, rate = RATE, random = seeded(7)): Promise<FaultsReport> => {
    const { Platform, software, page, each, options } = FORUMS[forum];
    const clock = new HandClock();
    const platform = await new Platform(() => clock.now()).start();
    const disk = await temporaryStore();
    try {
      const since = clock.now() - 1000;
      Object.assign(platform.faults, { rate, random });
      const source = openForumAt(platform, software, { clock, options, timeoutMs: TIMEOUT_MS });
      const deps = { store: disk.store, clock, log: quiet, ourHandles: () => [], random: () => 0 };
      const collector = createCollector(deps);
      const poll = async () => {
        const signal = new AbortController().signal;
        const { state, until } = await collector.collect(source, { since, signal, asked: true });
        if (state !== 'ok') clock.pass(Math.max(1000, (until ?? 0) - clock.now()));
        return state === 'ok';
      };
      let leastRequests = 1; // who we are
      let before = 0;
      for (let said = 0; said < mentions; ) {
        const batch = Math.min(mentions - said, 50 + Math.floor(random() * (mentions / 40)));
        for (let n = said; n < said + batch; n++) {
          clock.pass(200);
          platform.say(`person_${n % 97}`, `充值 ${n}`, `<p>It did not arrive. ${n}</p>`);
        }
        said += batch;
        leastRequests += Math.ceil((batch + before) / page) + each * batch;
        before = batch;
        clock.pass(BETWEEN_POLLS_MS);
        for (let tries = 0; !(await poll()); tries++)
          if (tries > 100) throw new Error(`${forum} was never read to the end.`);
      }
      const { host } = new URL(platform.url);
      const ids = platform.posts.map((post) => `${host}/${'pid' in post ? post.pid : post.id}`);
      const known = await disk.store.known('forum', ids);
      const stored = (await disk.store.statuses())[0]?.stored ?? 0;
      const counts = { sent: ids.length, stored, missed: ids.length - known.size, doubled: stored - known.size };
      const requests = platform.requests.length;
      return { platform: forum, ...counts, requests, leastRequests, injected: platform.faults.struck };
    } finally {
      await disk.remove();
      await platform.close();
    }
  };
