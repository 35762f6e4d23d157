import { createCollector } from '../../src/stages/collect/index.ts';
import { FacebookPlatform, PAGE } from './facebook.ts';
import { seeded } from './faults-reddit.ts';
import { type FaultsReport, noneYet, RATE } from './faults-report.ts';
import { openFacebook } from './open-facebook.ts';
import { HandClock, quiet, temporaryStore } from './open-forum.ts';

/** Silence is the only fault that costs real time. */
const TIMEOUT_MS = 300;
const BETWEEN_POLLS_MS = 15 * 60_000;
/** So many posts or nested comments come with one request, and so many comments where more are new. */
const NESTED = 25;
const MORE = 100;

/**
 * Lets so many people write posts, comments and answers, some between two polls, while one request in twenty fails. Each
 * poll is a process of its own. The least requests: who we are, both lists, more comments where many are new.
 */
export async function faults(mentions: number, rate = RATE, random = seeded(13)): Promise<FaultsReport> {
  const clock = new HandClock();
  const platform = await new FacebookPlatform(() => clock.now()).start();
  const disk = await temporaryStore();
  const { store } = disk;
  try {
    const injected = noneYet();
    Object.assign(platform, { random, faultRate: rate, onFault: (fault: keyof typeof injected) => injected[fault]++ });
    let leastRequests = 0;
    for (let said = 0; said < mentions; ) {
      const batch = Math.min(mentions - said, 25 + Math.floor(random() * (mentions / 20)));
      const news = platform.post('', `News ${said}`, { from: PAGE });
      const tagged = platform.post('kim', `Acorn Wallet ${said}`, { tagged: true });
      const first = platform.comment('lena', news, `充值 ${said}`);
      for (let n = 2; n < batch; n++) {
        clock.pass(200);
        platform.comment(`person_${n % 97}`, [news, tagged, first][n % 3] ?? news, `没有到账 ${said + n}`);
      }
      said += batch;
      clock.pass(BETWEEN_POLLS_MS);
      const lists = Math.ceil(platform.things.filter(({ post, tagged }) => !post && !tagged).length / NESTED) * 2;
      // Two of three stand in the stream below our post, the third below the post that tags us.
      const more = [(batch * 2) / 3, batch / 3].map((under) => Math.ceil(Math.max(0, under - NESTED) / MORE));
      leastRequests += 1 + lists + more.reduce((sum, requests) => sum + requests);
      for (let tries = 0, state = ''; state !== 'ok'; tries++) {
        if (tries > 50) throw new Error('Facebook was never read to the end.');
        const source = openFacebook(platform, { clock, timeoutMs: TIMEOUT_MS });
        const collector = createCollector({ store, clock, log: quiet, ourHandles: () => [], random: () => 0 });
        const signal = new AbortController().signal;
        const result = await collector.collect(source, { since: 0, signal, asked: true });
        state = result.state;
        clock.pass(Math.max(1_000, (result.until ?? 0) - clock.now()));
      }
    }
    const ids = platform.things.filter(({ from }) => from.id !== PAGE.id).map(({ id }) => id);
    const known = await store.known('facebook', ids);
    const stored = (await store.statuses()).find(({ source }) => source === 'facebook')?.stored ?? 0;
    const counts = { sent: ids.length, stored, missed: ids.length - known.size, doubled: stored - known.size };
    return { platform: 'facebook', ...counts, requests: platform.requests.length, leastRequests, injected };
  } finally {
    await platform.close();
    await disk.remove();
  }
}
