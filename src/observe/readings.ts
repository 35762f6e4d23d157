import { statfs } from 'node:fs/promises';
import type { CanaryState } from '../core/canary.ts';
import { WAITING } from '../core/moves.ts';
import type { Instant } from '../core/nouns.ts';
import type { Clock, Counts, QueueQuery, SourceStatus, Store, StoreCondition } from '../core/ports.ts';

export type Readable = Pick<Store, 'counts' | 'statuses' | 'outbox' | 'queue' | 'describe' | 'condition'>;

/** How the marked posts fared that must be heard again. */
export interface CanaryStates {
  states(): Promise<CanaryState[]>;
}

/** A source that is switched on. */
export interface HeardSource {
  id: string;
  /** The longest time between two readings by its schedule. Undefined where none reads it. */
  everySeconds?: number;
}

/** Where the readings are taken. */
export interface Read {
  store: Readable;
  clock: Clock;
  dataDir: string;
  /** Left out where none is posted. */
  canaries?: CanaryStates;
  /** What else has a state here was switched off or removed, or is a file that was read once: nobody is woken for it. Left out: all count. */
  heardSources?: () => readonly HeardSource[];
}

/** The state of the whole house at one moment, as health and metrics tell it. Read from the store, so that every process on it tells the same. */
export interface Readings {
  engine: string;
  counts: Counts;
  /** Of those sources that are switched on. */
  statuses: (SourceStatus & Pick<HeardSource, 'everySeconds'>)[];
  /** Since when the oldest urgent mention waits for a person. */
  urgentSince: Instant | undefined;
  /** Since when the oldest mention waits to be sorted. */
  unsortedSince: Instant | undefined;
  /** Approved replies that should be out by now. */
  overdue: number;
  /** Replies of which nobody knows whether they are out. */
  unsure: number;
  /** Of the disk with the data; undefined where the system does not say. */
  freeBytes: number | undefined;
  /** How the marked posts fared that must be heard again. */
  canaries: CanaryState[];
  condition: StoreCondition;
  /** How long it took to learn all this, in milliseconds. */
  tookMs: number;
}

/** An approved reply is late when it could have been sent so long ago. */
const LATE_MS = 5 * 60_000;
const OUTBOX_MAX = 500;

export async function takeReadings({ store, clock, dataDir, canaries, heardSources }: Read): Promise<Readings> {
  const [now, began] = [clock.now(), performance.now()];
  const first = async (query: Partial<QueueQuery>) => (await store.queue({ limit: 1, ...query })).rows[0]?.mention;
  const [engine, counts, statuses, urgent, unsorted, outbox, heard, freeBytes] = await Promise.all([
    store.describe(),
    store.counts(now),
    store.statuses(),
    first({ states: WAITING, priorities: ['urgent'] }),
    first({ states: ['heard'] }),
    store.outbox(['approved', 'unsure'], OUTBOX_MAX),
    canaries?.states() ?? [],
    statfs(dataDir).then(
      ({ bavail, bsize }) => bavail * bsize,
      () => undefined,
    ),
  ]);
  return {
    engine,
    counts,
    statuses: ofThose(statuses, heardSources?.()),
    urgentSince: urgent?.heardAt,
    unsortedSince: unsorted?.heardAt,
    overdue: outbox.filter(({ state, notBefore }) => state === 'approved' && notBefore < now - LATE_MS).length,
    unsure: outbox.filter(({ state }) => state === 'unsure').length,
    freeBytes,
    canaries: heard,
    condition: store.condition(),
    tookMs: performance.now() - began,
  };
}

function ofThose(statuses: readonly SourceStatus[], heard: readonly HeardSource[] | undefined): Readings['statuses'] {
  if (!heard) return [...statuses];
  const byId = new Map(heard.map((one) => [one.id, one]));
  return statuses.flatMap((status) => {
    const one = byId.get(status.source);
    return one ? [{ ...status, ...(one.everySeconds !== undefined && { everySeconds: one.everySeconds }) }] : [];
  });
}

/** A store that takes longer to say how it is does not answer. */
export const PATIENCE_MS = 4_000;

/** Undefined when it failed, or took too long. */
export function inTime<T>(work: Promise<T>, ms: number): Promise<T | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), ms);
    work.then(resolve, () => resolve(undefined)).finally(() => clearTimeout(timer));
  });
}
