import { WAITING } from '../../src/core/moves.ts';
import type { State } from '../../src/core/nouns.ts';
import type { Store } from '../../src/core/ports.ts';
import type { Measurement } from './measurement.ts';
import { measured, timed } from './times.ts';

const DAY_MS = 86_400_000;
const TIMES = 20;
/** As the watch over incidents and retention ask for. */
const RECENT = 500;
const ERASED_AT_ONCE = 200;

/** What pages and the machine itself ask a store beside the queue: watching, reports, keeping, numbers. */
export async function benchAsk(store: Store, engine: string, n: number): Promise<Measurement[]> {
  const now = Date.now();
  const month = [now - 30 * DAY_MS, now] as const;
  const newest = (search: string, states?: readonly State[]) =>
    store.queue({ search, order: 'newest', limit: 50, ...(states && { states }) });
  const asked: [string, number, () => Promise<unknown>][] = [
    ['queue, mentions of one author', TIMES, () => store.queue({ author: AUTHOR, limit: 50 })],
    ['queue, 200 that wait', TIMES, () => store.queue({ states: WAITING, limit: 200 })],
    ['search newest, one mention', TIMES, () => newest('needle')],
    ['search newest, in none', TIMES, () => newest('nowhere')],
    ['search newest, a word in 1 of 211', TIMES, () => newest('voucher')],
    ['search newest, a word of one month a year ago', TIMES, () => newest('outage')],
    ['search newest, the same among what is closed', TIMES, () => newest('outage', ['posted', 'dismissed'])],
    ['search newest, a word in 1 of 2', TIMES, () => newest('the')],
    ['claim, when nothing waits', TIMES, () => store.claim('classify', 'bench', 100, 60_000, now)],
    ['claim drafts, when nothing waits', TIMES, () => store.claim('draft', 'bench', 100, 60_000, now)],
    ['outbox', TIMES, () => store.outbox(['approved', 'sending', 'unsure'], 100)],
    ['incidents, last hours', TIMES, () => store.recent({ since: now - DAY_MS / 4, sample: false, limit: RECENT })],
    ['incidents, two weeks by the hour', 5, () => store.hourly({ from: now - 14 * DAY_MS, to: now, sample: false })],
    ['below our answers', TIMES, () => store.followUps({ since: now - DAY_MS / 24, watchMs: 14 * DAY_MS, limit: 100 })],
    ['suspects', 5, () => store.suspects({ limit: 50 })],
    ['report of 30 days', 5, () => store.report(...month)],
    ['first answers in 30 days', 5, () => store.firstAnswers(...month)],
    ['approvals in 30 days', 5, () => store.approvalCounts(...month)],
    ['use of templates', 3, () => store.templateUse()],
    ['dismissals to learn from', 3, () => store.dismissals(['spam-or-scam'], 5000)],
    ['closed for longer than kept', TIMES, () => store.closedBefore(now - 365 * DAY_MS, ERASED_AT_ONCE)],
    [`erase ${ERASED_AT_ONCE} that were kept long enough`, 10, () => eraseSome(store, now)],
  ];
  const measurements: Measurement[] = [];
  for (const [name, times, ask] of asked) measurements.push(measured(name, engine, n, await timed(times, ask)));
  return measurements;
}

const AUTHOR = { connector: 'bench', is: '@user_7' };

async function eraseSome(store: Store, now: number): Promise<void> {
  const over = await store.closedBefore(now - 365 * DAY_MS, ERASED_AT_ONCE);
  const ids = over.map(({ nativeId }) => nativeId);
  await store.erase('bench', ids, { at: now, actor: 'earshot', action: 'erased', subject: 'bench', detail: {} });
}
