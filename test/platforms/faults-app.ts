import { openIntakeBench } from '../intake/support.ts';
import { feedbackCall } from './app.ts';
import { seeded } from './faults-reddit.ts';
import { type FaultsReport, noneYet, RATE } from './faults-report.ts';
import { FaultyDoor } from './faulty-door.ts';
import { openApp } from './open-app.ts';

/** Silence is the only fault that costs real time. */
const TIMEOUT_MS = 300;
const AT_ONCE = 8;
const TRIES = 60;
/** The door takes so many a minute; an app that sends more has to wait. */
const BETWEEN_MS = 60;

/**
 * Lets an app send so many messages while one call in twenty, or its answer, is lost on the way. It sends each again until it
 * hears yes, as the README of the connector asks it to. The least requests: one each.
 */
export async function faults(mentions: number, rate = RATE, random = seeded(29)): Promise<FaultsReport> {
  const injected = noneYet();
  const bench = await openIntakeBench(() => [openApp({ clock: bench.clock })]);
  const door = await new FaultyDoor(bench.local, { rate, random, onFault: (kind) => injected[kind]++ }).start();
  try {
    const ids = Array.from({ length: mentions }, (_, n) => `feedback-${n}`);
    const waiting = ids.values();
    const sender = async () => {
      for (const id of waiting) await sendUntilTaken(door.url, id, bench.clock);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, sender));
    const known = await bench.store.known('app-feedback', ids);
    const stored = (await bench.store.statuses())[0]?.stored ?? 0;
    const counts = { sent: mentions, stored, missed: mentions - known.size, doubled: stored - known.size };
    return { platform: 'app-feedback', ...counts, requests: door.requests, leastRequests: mentions, injected };
  } finally {
    await door.close();
    await bench.close();
  }
}

async function sendUntilTaken(
  door: string,
  id: string,
  clock: { now(): number; pass(ms: number): void },
): Promise<void> {
  const said = { text: `充值没有到账 ${id}`, user: `user-${id.length}` };
  for (let tries = 0; tries < TRIES; tries++) {
    clock.pass(BETWEEN_MS + tries * 1000);
    const { headers, body } = feedbackCall(said, { id, at: clock.now() });
    const signal = AbortSignal.timeout(TIMEOUT_MS + tries * 100);
    const answer = await fetch(`${door}/intake/app/v1/feedback`, {
      method: 'POST',
      headers,
      body: String(body),
      signal,
    })
      .then(async (response) => ({ status: response.status, taken: await isYes(response, id) }))
      .catch(() => undefined);
    if (answer?.taken) return;
  }
  throw new Error(`"${id}" was never taken.`);
}

/** Only the words of our own door count: a proxy says many things. */
async function isYes(response: Response, id: string): Promise<boolean> {
  const said = (await response.json()) as { id?: string };
  return response.status === 200 && said.id === id;
}
