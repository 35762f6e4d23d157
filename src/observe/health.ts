import type { Health, Trouble } from '../core/health.ts';
import type { Instant } from '../core/nouns.ts';
import type { Clock, SourceState } from '../core/ports.ts';
import { type Readable, type Readings, takeReadings } from './readings.ts';

export interface HealthParts {
  store: Readable;
  clock: Clock;
  dataDir: string;
  /** Aborted when the process was told to stop. */
  stopping: AbortSignal;
}

/** A store that takes longer than this to say how it is does not answer. */
const PATIENCE_MS = 2_000;
const SORTING_LATE_MS = 5 * 60_000;
/** Below this a busy day fills the disk. */
const LITTLE_SPACE = 500 * 1_048_576;
/** States that pass by themselves are no reason to wake anybody. */
const NEEDS_A_PERSON: readonly SourceState[] = ['unauthorized', 'blocked', 'bad-shape'];

/** Tells apart ready, degraded and not ready. Never throws: a store that is gone is an answer. */
export async function readHealth({ store, clock, dataDir, stopping }: HealthParts): Promise<Health> {
  const readings = await inTime(takeReadings(store, clock, dataDir));
  const troubles = [
    ...(stopping.aborted ? [STOPPING] : []),
    ...(readings ? troublesIn(readings, clock.now()) : [NO_STORE]),
  ];
  const stands = readings !== undefined && !stopping.aborted;
  return {
    status: stands ? (troubles.length === 0 ? 'ready' : 'degraded') : 'not-ready',
    troubles,
    // Where its file or its server is, is nobody's business out here.
    store: readings?.engine.replace(/, (?:file|database) .*$/s, '') ?? '',
    sources: readings?.statuses.map(({ source, state }) => ({ id: source, state })) ?? [],
  };
}

const STOPPING: Trouble = { code: 'stopping', message: 'It was told to stop. Send nothing here any more.' };
const NO_STORE: Trouble = {
  code: 'store',
  message: 'The records do not answer. What was approved is kept and goes out when they do; see the log for why.',
};

function troublesIn(readings: Readings, now: Instant): Trouble[] {
  const { statuses, unsortedSince, overdue, unsure, freeBytes } = readings;
  const troubles: Trouble[] = [];
  const add = (code: Trouble['code'], message: string) => troubles.push({ code, message });
  for (const { source, state } of statuses)
    if (NEEDS_A_PERSON.includes(state)) add('source', `The source "${source}" is ${state}. The page Sources says why.`);
  if (freeBytes !== undefined && freeBytes < LITTLE_SPACE)
    add('disk', `The disk with the data has ${Math.floor(freeBytes / 1_048_576)} MB left. Make room.`);
  if (unsortedSince !== undefined && now - unsortedSince > SORTING_LATE_MS)
    add('sorting', 'Mentions wait to be sorted for over 5 minutes. Is a process with the role "collect" running?');
  if (overdue > 0) add('posting', `${overdue} approved replies are late. Is a process with the role "post" running?`);
  if (unsure > 0) add('unsure', `Of ${unsure} replies nobody knows whether they are out. Look at them in the inbox.`);
  return troubles;
}

/** Undefined when it failed, or took too long. */
function inTime<T>(work: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), PATIENCE_MS);
    work.then(resolve, () => resolve(undefined)).finally(() => clearTimeout(timer));
  });
}
