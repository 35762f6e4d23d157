import { openIntakeBench } from '../intake/support.ts';
import { APP_SECRET, FacebookPlatform, PAGE } from './facebook.ts';
import { seeded } from './faults-reddit.ts';
import { type FaultsReport, noneYet, RATE } from './faults-report.ts';
import { FaultyDoor } from './faulty-door.ts';
import { openFacebook } from './open-facebook.ts';

const TRIES = 200;

/**
 * Lets so many people comment while one call of Facebook in twenty, or its answer, is lost on the way; Facebook tells again
 * what was not answered with 200. Nobody reads beside it. The least requests: one for each batch.
 */
export async function faults(mentions: number, rate = RATE, random = seeded(31)): Promise<FaultsReport> {
  const injected = noneYet();
  const platform = await new FacebookPlatform(() => bench.clock.now()).start();
  const bench = await openIntakeBench(() => [openFacebook(platform, { clock: bench.clock, appSecret: APP_SECRET })]);
  const door = await new FaultyDoor(bench.local, { rate, random, onFault: (kind) => injected[kind]++ }).start();
  try {
    const news = platform.post('', 'News', { from: PAGE });
    let leastRequests = 0;
    for (let said = 0; said < mentions; ) {
      const batch = Math.min(mentions - said, 1 + Math.floor(random() * 40));
      for (let n = 0; n < batch; n++) platform.comment(`person_${n % 97}`, news, `没有到账 ${said + n}`);
      said += batch;
      leastRequests++;
      bench.clock.pass(1_000);
      await tellUntilTaken(platform, `${door.url}/intake/facebook`, () => bench.clock.pass(60_000));
    }
    const ids = platform.things.filter(({ from }) => from.id !== PAGE.id).map(({ id }) => id);
    const known = await bench.store.known('facebook', ids);
    const stored = (await bench.store.statuses())[0]?.stored ?? 0;
    const counts = { sent: ids.length, stored, missed: ids.length - known.size, doubled: stored - known.size };
    return { platform: 'facebook-webhooks', ...counts, requests: door.requests, leastRequests, injected };
  } finally {
    await door.close();
    await bench.close();
    await platform.close();
  }
}

async function tellUntilTaken(platform: FacebookPlatform, address: string, wait: () => void): Promise<void> {
  for (let tries = 0; tries < TRIES; tries++) {
    if ((await platform.deliver(address)) === 200 && platform.events.length === 0) return;
    wait();
  }
  throw new Error('Facebook never heard yes.');
}
