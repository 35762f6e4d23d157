import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { inTime, PATIENCE_MS, type Read, type Readings, takeReadings } from './readings.ts';

export interface MetricsParts extends Read {
  version: string;
  /** A store that takes longer than this to say how it is does not answer. Default 4 s. */
  patienceMs?: number;
}

/** One answered request, for the histogram. `route` is the pattern, never the address. */
export interface TookTime {
  method: string;
  route: string;
  status: number;
  seconds: number;
}

export interface Metrics {
  /** All numbers in the Prometheus text format. While the store does not answer, those that it knows are left out. */
  text(): Promise<string>;
  took(request: TookTime): void;
}

const WORKING = ['ok', 'new', 'rate-limited', 'paused'];

/** Numbers for Prometheus; `alerts.yml` holds what to wake people for. No label holds a name or anybody's words. */
export function openMetrics(parts: MetricsParts): Metrics {
  const { clock, version, patienceMs = PATIENCE_MS } = parts;
  const [ofProcess, ofStore] = [new Registry(), new Registry()];
  collectDefaultMetrics({ register: ofProcess });
  const gaugeIn =
    (registry: Registry) =>
    <L extends string>(name: string, help: string, labelNames: L[] = []) =>
      new Gauge({ name: `earshot_${name}`, help, labelNames, registers: [registry] });
  const gauge = gaugeIn(ofStore);
  gaugeIn(ofProcess)('build_info', 'Always 1; the version is in its label.', ['version']).set({ version }, 1);
  const storeUp = gaugeIn(ofProcess)(
    'store_up',
    '1 while the records answer. While they do not, what they know is missing here.',
  );
  const gauges = {
    mentions: gauge('mentions', 'Mentions by state.', ['state']),
    urgent: gauge('urgent_waiting', 'Urgent mentions that wait for a person.'),
    urgentAge: gauge('urgent_oldest_seconds', 'How long the oldest urgent mention has been waiting; 0 when none does.'),
    unsortedAge: gauge('unsorted_oldest_seconds', 'How long the oldest mention waits to be sorted; 0 when none does.'),
    overdue: gauge('replies_overdue', 'Approved replies that should have been sent 5 minutes ago.'),
    unsure: gauge('replies_unsure', 'Replies of which nobody knows whether they are out.'),
    up: gauge('source_up', '1 while a source works or waits as it was told; 0 when it needs a person or fails.', [
      'source',
    ]),
    success: gauge('source_last_success_seconds', 'How long ago a source was last read well.', ['source']),
    interval: gauge(
      'source_interval_seconds',
      'The longest time between two readings by the schedule of a source; missing where none reads it.',
      ['source'],
    ),
    failures: gauge('source_failures_in_a_row', 'Failed tries since the last good one.', ['source']),
    deaf: gauge('source_deaf', '1 while a canary was posted and a source did not hear it; 0 when it hears.', [
      'source',
    ]),
    stored: gauge('source_mentions', 'Mentions stored from a source.', ['source']),
    full: gauge('store_full', '1 while the last write was refused because the disk of the records is full.'),
    commit: gauge('store_commit_seconds', 'How long a commit takes, in the middle of the last ones.'),
    free: gauge('disk_free_bytes', 'Room left on the disk with the data.'),
  };
  const requests = new Histogram({
    name: 'earshot_http_request_seconds',
    help: 'How long answers took, by route.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5],
    registers: [ofProcess],
  });

  return {
    async text() {
      const readings = await inTime(takeReadings(parts), patienceMs);
      storeUp.set(readings ? 1 : 0);
      if (!readings) return ofProcess.metrics();
      fill(gauges, readings, clock.now());
      return Registry.merge([ofProcess, ofStore]).metrics();
    },
    took: ({ method, route, status, seconds }) => requests.observe({ method, route, status: String(status) }, seconds),
  };
}

type Gauges = Record<
  | 'mentions'
  | 'urgent'
  | 'urgentAge'
  | 'unsortedAge'
  | 'overdue'
  | 'unsure'
  | 'up'
  | 'success'
  | 'interval'
  | 'failures'
  | 'deaf'
  | 'stored'
  | 'full'
  | 'commit'
  | 'free',
  Gauge
>;

function fill(gauges: Gauges, readings: Readings, now: number): void {
  const { counts, statuses, urgentSince, unsortedSince, overdue, unsure, freeBytes, condition } = readings;
  const ageOf = (since: number | undefined) => (since === undefined ? 0 : Math.max(0, (now - since) / 1000));
  // A state or a source that is gone is no number from earlier.
  for (const name of ['mentions', 'up', 'success', 'interval', 'failures', 'stored', 'deaf'] as const)
    gauges[name].reset();
  for (const [state, count] of Object.entries(counts.byState)) gauges.mentions.set({ state }, count);
  gauges.urgent.set(counts.urgent);
  gauges.urgentAge.set(ageOf(urgentSince));
  gauges.unsortedAge.set(ageOf(unsortedSince));
  gauges.overdue.set(overdue);
  gauges.unsure.set(unsure);
  gauges.full.set(condition.full ? 1 : 0);
  gauges.commit.set((condition.commitMs ?? 0) / 1000);
  if (freeBytes !== undefined) gauges.free.set(freeBytes);
  for (const { source, verdict } of readings.canaries) gauges.deaf.set({ source }, verdict === 'deaf' ? 1 : 0);
  for (const { source, state, lastSuccessAt, everySeconds, failuresInARow, stored } of statuses) {
    if (everySeconds !== undefined) gauges.interval.set({ source }, everySeconds);
    gauges.up.set({ source }, WORKING.includes(state) ? 1 : 0);
    if (lastSuccessAt !== undefined) gauges.success.set({ source }, ageOf(lastSuccessAt));
    gauges.failures.set({ source }, failuresInARow);
    gauges.stored.set({ source }, stored);
  }
}
