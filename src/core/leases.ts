import { setTimeout as pause } from 'node:timers/promises';
import type { Machines } from './machines.ts';

export interface LeaseDeps {
  machines: Pick<Machines, 'takeLease' | 'giveBack'>;
  /** Names this process among all processes of all machines. */
  holder: string;
}

export interface LeaseOptions {
  signal: AbortSignal;
  /** How long others wait for a holder that died. Default 15 s. */
  leaseMs?: number;
  /** How long to wait for a lease that another holds. Default not at all. */
  waitMs?: number;
}

const LEASE_MS = 15_000;
/** Whoever cannot renew stops before others may begin: the rest is for work to come to an end. */
const SAFE_SHARE = 0.7;
const LOOK_MS = 150;
/** Two works in one process keep each other off as well. */
let works = 0;

/** The work did not run, since another process was at it. */
export const ELSEWHERE = Symbol('elsewhere');

/** Runs work unless another process is at it, as `underLease` does. */
export type Alone = <T>(
  name: string,
  work: (signal: AbortSignal) => Promise<T>,
  options: Pick<LeaseOptions, 'signal' | 'waitMs'>,
) => Promise<T | typeof ELSEWHERE>;

/**
 * Runs work while a lease is held, for what only one process at a time may do. The lease is renewed as long as the work
 * takes. The signal that the work gets is aborted by a stop, and as soon as the lease may be lost: renewed by nobody for
 * most of its time, because the store cannot be reached or this machine slept, or taken by another.
 *
 * @throws whatever the work throws, and what the store throws when the lease cannot be asked for
 */
export async function underLease<T>(
  { machines, holder }: LeaseDeps,
  name: string,
  work: (signal: AbortSignal) => Promise<T>,
  { signal, leaseMs = LEASE_MS, waitMs = 0 }: LeaseOptions,
): Promise<T | typeof ELSEWHERE> {
  const giveUpAt = performance.now() + waitMs;
  works += 1;
  const me = `${holder} #${works}`;
  let heldSince = performance.now();
  while (!(await machines.takeLease(name, me, leaseMs))) {
    if (signal.aborted || performance.now() >= giveUpAt) return ELSEWHERE;
    await pause(LOOK_MS * (0.5 + Math.random()), undefined, { signal }).catch(() => {});
    heldSince = performance.now();
  }
  const lost = new AbortController();
  const done = new AbortController();
  const keep = async () => {
    while (!done.signal.aborted) {
      await pause(leaseMs / 5, undefined, { signal: done.signal }).catch(() => {});
      if (done.signal.aborted) return;
      const asked = performance.now();
      if (asked - heldSince > leaseMs * SAFE_SHARE) return lost.abort(new LeaseLost(name));
      const renewed = await Promise.race([
        machines.takeLease(name, me, leaseMs).catch(() => undefined),
        pause(Math.max(1, heldSince + leaseMs * SAFE_SHARE - asked), undefined, { signal: done.signal }).catch(
          () => {},
        ),
      ]);
      if (renewed === false) return lost.abort(new LeaseLost(name));
      if (renewed) heldSince = asked;
    }
  };
  const keeping = keep();
  try {
    return await work(AbortSignal.any([signal, lost.signal]));
  } finally {
    done.abort();
    await keeping;
    // Where the store cannot be reached, the lease ends by itself.
    await machines.giveBack(name, me).catch(() => {});
  }
}

export class LeaseLost extends Error {
  constructor(name: string) {
    super(`The lease "${name}" was lost: the store could not be reached, or this machine slept. Another may go on.`);
    this.name = 'LeaseLost';
  }
}

/**
 * Does something lasting in one process at a time: waits for the lease, works while it is held, and waits for it again
 * when it was lost. Where the work ends by itself, the lease is kept, so that no other process begins the same.
 *
 * @param onTrouble told when the lease cannot be asked for; it is tried again
 */
export async function whileHeld(
  deps: LeaseDeps,
  name: string,
  work: (signal: AbortSignal) => Promise<unknown>,
  { signal, leaseMs = LEASE_MS }: Omit<LeaseOptions, 'waitMs'>,
  onTrouble: (thrown: unknown) => void = () => {},
): Promise<void> {
  const workAndStay = async (held: AbortSignal) => {
    await work(held);
    if (!held.aborted) await new Promise((resolve) => held.addEventListener('abort', resolve, { once: true }));
  };
  while (!signal.aborted) {
    await underLease(deps, name, workAndStay, { signal, leaseMs }).catch((thrown) => {
      if (!signal.aborted) onTrouble(thrown);
    });
    await pause(leaseMs / 5, undefined, { signal }).catch(() => {});
  }
}
