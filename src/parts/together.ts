import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { SharedPace } from '#kit';
import { type Alone, type LeaseDeps, underLease, whileHeld } from '../core/leases.ts';
import type { Clock, Machines, Store } from '../core/ports.ts';
import type { Settings } from '../settings.ts';

/** The lease that each running server holds under its own name. */
export const PROCESS = 'process ';

/** How one process works beside others. */
export interface Together {
  /** Names this process among all processes of all machines. */
  holder: string;
  /** Undefined where the store serves one server alone, which its lock sees to. */
  leases: LeaseDeps | undefined;
  /** Runs work unless another process is at it. */
  alone: Alone;
  /** Lets others see that this process is at work, and as what. */
  beHere(roles: readonly string[], signal: AbortSignal): Promise<void>;
  /** Does something lasting in one process at a time, see `whileHeld`. */
  inOne(name: string, work: (signal: AbortSignal) => Promise<unknown>, signal: AbortSignal): Promise<void>;
}

export function workTogether(
  settings: Pick<Settings, 'databaseUrl'>,
  store: Pick<Store, 'machines'>,
  log: { warn(message: string, fields?: object): void },
): Together {
  const holder = `${hostname()}-${process.pid}-${randomBytes(3).toString('hex')}`;
  if (settings.databaseUrl === undefined) {
    return {
      holder,
      leases: undefined,
      alone: (_, work, { signal }) => work(signal),
      beHere: async () => {},
      inOne: async (_, work, signal) => void (await work(signal)),
    };
  }
  const leases = { machines: store.machines, holder };
  const inOne: Together['inOne'] = (name, work, signal) =>
    whileHeld(leases, name, work, { signal }, (thrown) => {
      log.warn('waiting for the store', { for: name, error: String(thrown) });
    });
  return {
    holder,
    leases,
    alone: (name, work, options) => underLease(leases, name, work, options),
    beHere: (roles, signal) => inOne(`${PROCESS}${holder} (${roles.join(', ')})`, async () => {}, signal),
    inOne,
  };
}

/** One pace for all processes that ask a source's platform, whatever their roles. */
export function paceTogether(machines: Pick<Machines, 'takeTurn' | 'rest'>) {
  return (source: string): SharedPace => ({
    take: (requests) => machines.takeTurn(`source ${source}`, requests),
    rest: (requests, forMs) => machines.rest(`source ${source}`, requests, forMs),
  });
}

const LOOK_MS = 60_000;
/** Less is within what an answer takes. */
const SMALLEST_MS = 20;

/**
 * A clock that goes with the database's, so that what several machines write down fits together. The difference is measured at
 * the start and every minute.
 */
export async function clockWith(machines: Pick<Machines, 'now'>): Promise<Clock & { stop(): void }> {
  let ahead = 0;
  const measure = async () => {
    const asked = Date.now();
    const there = await machines.now();
    const difference = there - (asked + Date.now()) / 2;
    ahead = Math.abs(difference) < SMALLEST_MS ? 0 : Math.round(difference);
  };
  await measure();
  // While the database cannot be reached, the last difference stands.
  const timer = setInterval(() => measure().catch(() => {}), LOOK_MS).unref();
  return { now: () => Date.now() + ahead, stop: () => clearInterval(timer) };
}
