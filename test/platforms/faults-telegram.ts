import { createCollector } from '../../src/stages/collect/index.ts';
import { seeded } from './faults-reddit.ts';
import { type FaultsReport, noneYet, RATE } from './faults-report.ts';
import { HandClock, quiet, temporaryStore } from './open-forum.ts';
import { openTelegram } from './open-telegram.ts';
import { group, privateChat, TelegramPlatform } from './telegram.ts';

const PAGE = 100;
/** Silence is the only fault that costs real time. */
const TIMEOUT_MS = 300;

/**
 * Lets so many people write in two groups and in private, some between two polls, while one request in twenty fails. Each
 * poll is a process of its own. The least requests: who we are, each hundred, and one more that lets Telegram forget them.
 */
export async function faults(mentions: number, rate = RATE, random = seeded(11)): Promise<FaultsReport> {
  const clock = new HandClock();
  const platform = await new TelegramPlatform(() => clock.now()).start();
  const disk = await temporaryStore();
  const { store } = disk;
  try {
    const injected = noneYet();
    Object.assign(platform, { random, faultRate: rate, onFault: (fault: keyof typeof injected) => injected[fault]++ });
    const chats = [group(), group({ id: -1_002, username: 'others' }), privateChat('lena')];
    let leastRequests = 0;
    for (let said = 0; said < mentions; ) {
      const batch = Math.min(mentions - said, 5 + Math.floor(random() * (mentions / 40)));
      for (let n = said; n < said + batch; n++) platform.say(chats[n % 3] ?? group(), `person_${n % 97}`, `充值 ${n}`);
      said += batch;
      leastRequests += 2 + Math.ceil(batch / PAGE);
      for (let tries = 0, state = ''; state !== 'ok'; tries++) {
        if (tries > 50) throw new Error('Telegram was never read to the end.');
        const source = openTelegram(platform, { clock, timeoutMs: TIMEOUT_MS });
        const collector = createCollector({ store, clock, log: quiet, ourHandles: () => [], random: () => 0 });
        const signal = new AbortController().signal;
        const result = await collector.collect(source, { since: 0, signal, asked: true });
        state = result.state;
        clock.pass(Math.max(1_000, (result.until ?? 0) - clock.now()));
      }
    }
    const ids = platform.messages.map(({ chat, message_id }) => `${chat.id}/${message_id}`);
    const known = await store.known('telegram', ids);
    const stored = (await store.statuses()).find(({ source }) => source === 'telegram')?.stored ?? 0;
    const counts = { sent: ids.length, stored, missed: ids.length - known.size, doubled: stored - known.size };
    return { platform: 'telegram', ...counts, requests: platform.requests.length, leastRequests, injected };
  } finally {
    await platform.close();
    await disk.remove();
  }
}
