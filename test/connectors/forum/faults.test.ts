import { expect, it } from 'vitest';
import { createCollector } from '../../../src/stages/collect/index.ts';
import { DiscoursePlatform } from '../../platforms/discourse.ts';
import { seeded } from '../../platforms/faults-reddit.ts';
import { NodebbPlatform } from '../../platforms/nodebb.ts';
import { HandClock, quiet, temporaryStore } from '../../platforms/open-forum.ts';
import { openForumAt } from '../../platforms/open-forums.ts';

const RATE = 0.05;
const MESSAGES = 1000;

it.each([
  ['discourse', 'all', DiscoursePlatform, {}, 4],
  ['discourse', 'search', DiscoursePlatform, { searches: ['充值'] }, 30],
  ['nodebb', 'all', NodebbPlatform, {}, 20],
] as const)(
  'hears 1,000 posts on %s (%s) while one request in twenty fails: none missed, none doubled',
  {
    timeout: 120_000,
  },
  async (software, _, Platform, options, atOnce) => {
    const clock = new HandClock();
    const platform = await new Platform(() => clock.now()).start();
    const disk = await temporaryStore();
    try {
      const random = seeded(7);
      const since = clock.now() - 1000;
      Object.assign(platform.faults, { rate: RATE, random });
      const source = openForumAt(platform, software, { clock, options, timeoutMs: 200 });
      const collector = createCollector({
        store: disk.store,
        clock,
        log: quiet,
        ourHandles: () => [],
        random: () => 0,
      });
      const poll = async () => {
        const { state, until } = await collector.collect(source, {
          since,
          signal: new AbortController().signal,
          asked: true,
        });
        if (state !== 'ok') clock.pass(Math.max(1000, (until ?? 0) - clock.now()));
        return state === 'ok';
      };
      for (let said = 0; said < MESSAGES; ) {
        const batch = Math.min(MESSAGES - said, 1 + Math.floor(random() * 2 * atOnce));
        for (let n = 0; n < batch; n++, said++) {
          clock.pass(200);
          platform.say(`person_${said % 97}`, `充值 ${said}`, `<p>It did not arrive. ${said}</p>`);
        }
        clock.pass(60_000);
        for (let tries = 0; !(await poll()); tries++) expect(tries, 'never read to the end').toBeLessThan(50);
      }
      const host = new URL(platform.url).host;
      const ids = platform.posts.map((post) => `${host}/${'pid' in post ? post.pid : post.id}`);
      expect((await disk.store.known('forum', ids)).size).toBe(MESSAGES);
      expect(await disk.store.statuses()).toMatchObject([{ stored: MESSAGES, skipped: 0 }]);
      expect(platform.faults.struck).toBeGreaterThan(5);
    } finally {
      await disk.remove();
      await platform.close();
    }
  },
);
