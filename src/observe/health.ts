import { type Health, MOST_UNSORTED, type Trouble } from '../core/health.ts';
import type { Instant } from '../core/nouns.ts';
import type { SourceState } from '../core/ports.ts';
import type { ClockWatch, Jump } from './clock-watch.ts';
import { inTime, PATIENCE_MS, type Read, type Readings, takeReadings } from './readings.ts';

export interface HealthParts extends Read {
  /** Aborted when the process was told to stop. */
  stopping: AbortSignal;
  /** Left out where nobody watches the clock. */
  clockWatch?: Pick<ClockWatch, 'look'>;
  /** A store that takes longer than this to say how it is does not answer. Default 4 s. */
  patienceMs?: number;
}

/** A page that takes longer is waited for by a person. */
const SLOW_MS = 1_000;
const SORTING_LATE_MS = 5 * 60_000;
/** Below this a busy day fills the disk. */
const LITTLE_SPACE = 500 * 1_048_576;
/** States that pass by themselves are no reason to wake anybody. */
const NEEDS_A_PERSON: readonly SourceState[] = ['unauthorized', 'blocked', 'bad-shape'];

/** Tells apart ready, degraded and not ready. Never throws: a store that is gone is an answer. */
export async function readHealth(parts: HealthParts): Promise<Health> {
  const { clock, stopping, clockWatch, patienceMs = PATIENCE_MS } = parts;
  const readings = await inTime(takeReadings(parts), patienceMs);
  const jump = clockWatch?.look();
  const troubles = [
    ...(stopping.aborted ? [STOPPING] : []),
    ...(jump ? [jumped(jump)] : []),
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

export function jumped({ ms }: Jump): Trouble {
  const by = `${Math.round(Math.abs(ms) / 60_000)} minutes`;
  const message =
    ms > 0
      ? `The clock of this machine is ${by} further at once: it was set, or the machine slept. What waited for a time goes on; compare the clock with the right time.`
      : `The clock of this machine was set back by ${by}. What waits for a time waits so much longer, unless it is set right again.`;
  return { code: 'clock', message };
}

function troublesIn(readings: Readings, now: Instant): Trouble[] {
  const { statuses, unsortedSince, overdue, unsure, freeBytes, condition, counts, tookMs } = readings;
  const troubles: Trouble[] = [];
  const add = (code: Trouble['code'], message: string) => troubles.push({ code, message });
  for (const { source, state } of statuses)
    if (NEEDS_A_PERSON.includes(state)) add('source', `The source "${source}" is ${state}. The page Sources says why.`);
  for (const { source, verdict, deafSince } of readings.canaries)
    if (verdict === 'deaf')
      add(
        'deaf',
        `The source "${source}" is deaf: a canary was posted and not heard by ${new Date(deafSince ?? now).toISOString()}. Mentions may be missed. Run earshot doctor.`,
      );
  if (condition.full)
    add('disk', 'The disk of the records is full: nothing more is heard or decided until there is room. Make room.');
  else if (freeBytes !== undefined && freeBytes < LITTLE_SPACE)
    add('disk', `The disk with the data has ${Math.floor(freeBytes / 1_048_576)} MB left. Make room.`);
  const slowestMs = Math.max(tookMs, condition.commitMs ?? 0);
  if (slowestMs > SLOW_MS)
    add(
      'slow',
      `The records take ${(slowestMs / 1000).toFixed(1)} s to answer. Work goes on slowly; look at the load of the database and its disk.`,
    );
  const unsorted = counts.byState.heard ?? 0;
  if (unsorted >= MOST_UNSORTED)
    add(
      'backlog',
      `${unsorted} mentions wait to be sorted. Sources are read again when fewer do; start more processes with the role "collect" if that stays.`,
    );
  if (unsortedSince !== undefined && now - unsortedSince > SORTING_LATE_MS)
    add('sorting', 'Mentions wait to be sorted for over 5 minutes. Is a process with the role "collect" running?');
  if (overdue > 0) add('posting', `${overdue} approved replies are late. Is a process with the role "post" running?`);
  if (unsure > 0) add('unsure', `Of ${unsure} replies nobody knows whether they are out. Look at them in the inbox.`);
  return troubles;
}
