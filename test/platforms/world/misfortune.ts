import { RandomTrouble } from '../discord-faults.ts';
import type { XFault } from '../twitter.ts';
import type { LocalWorld } from './local-world.ts';

/** One request in so many goes wrong. */
const RATE = 0.03;
/** A platform has enough of us for so long, once in so long. */
const RATE_LIMIT = { lastsMs: 25_000, everyMs: 4 * 60_000 };

/**
 * Nothing goes wrong before a platform was asked so often: some failures rest a source for a quarter of an hour, and
 * whoever tries all of this out would not see that platform at all.
 */
const CALM_REQUESTS = 30;

const X_FAULTS: XFault[] = [{ fault: 500 }, { fault: 'reset' }, { fault: 'html' }, { fault: 'half-body' }];
/** A reply that is taken, and whose answer is lost: Earshot has to look for it. */
const LOST: XFault = { fault: 'reset', stored: true };
const LOST_SHARE = 0.1;

/**
 * Requests that fail now and then, rate limits, broken connections, answers that never come. Gives what stops it.
 */
export function beUnlucky(world: LocalWorld, random: () => number = Math.random): () => void {
  const { x, reddit, discord, mail } = world;
  let limitedUntil = 0;
  let asked = 0;
  x.onRequest = (route) => {
    asked++;
    if (route === 'POST /2/tweets') return random() < LOST_SHARE ? LOST : undefined;
    if (asked <= CALM_REQUESTS) return undefined;
    if (route.startsWith('GET') && Date.now() < limitedUntil) return tooMany(limitedUntil);
    return random() < RATE ? X_FAULTS[Math.floor(random() * X_FAULTS.length)] : undefined;
  };
  for (const platform of [reddit, mail]) {
    platform.faultRate = RATE;
    platform.random = () => (platform.requests.length <= CALM_REQUESTS ? 1 : random());
  }
  discord.trouble = new RandomTrouble(RATE, Math.floor(random() * 1e9), CALM_REQUESTS);
  discord.trouble.kinds = [{ answer: 429, seconds: 2 }, { answer: 500 }, { answer: 'reset' }, { answer: 'half' }];
  let turn = 0;
  const timer = setInterval(() => {
    turn++;
    if (turn % 2 === 1) limitedUntil = Date.now() + RATE_LIMIT.lastsMs;
    else discord.gateway.drop();
  }, RATE_LIMIT.everyMs / 2);
  return () => clearInterval(timer);
}

/** As X says it: when the window ends, in whole seconds. */
function tooMany(until: number): XFault {
  const headers = { 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': String(Math.ceil(until / 1000)) };
  return { status: 429, body: { title: 'Too Many Requests', detail: 'Too Many Requests', status: 429 }, headers };
}
