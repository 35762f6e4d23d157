import type { Settings } from '../settings.ts';
import { judgePromotion } from '../stages/classify/index.ts';
import type { Job, MeasuredInfo } from '../surfaces/web/learning-api.ts';
import { promote, protectedTypes, trainChallenger } from './learning.ts';
import { compareWithInUse } from './learning-compare.ts';
import type { Parts } from './parts.ts';
import { type Replay, replay } from './replay.ts';

/** So many mentions are run through at most. */
const MOST_REPLAYED = 20_000;
/** So many of the changes are told one by one, the most serious. */
const MOST_EXAMPLES = 60;

export type Phase = 'training' | 'comparing' | 'replaying';
/** What a job found, where it does not lie in the records or beside the model. */
export type Found = { replay?: Replayed };
/** A replay with the most serious of its changes, and how many there are. */
export type Replayed = Replay & { days: number; changed: number };

/** What a process of its own is asked to do. */
export interface Order {
  settings: Settings;
  job: Job;
  by: string;
}

/** What it says meanwhile and at its end. */
export type Word =
  | { kind: 'progress'; phase: Phase; share: number }
  | { kind: 'done'; found: Found }
  | { kind: 'failed'; code: string; message: string };

/** Does what was asked for, and writes down who asked. Told how far it is, phase by phase, from 0 to 1. */
export async function doJob(
  parts: Parts,
  job: Job,
  by: string,
  onProgress: (phase: Phase, share: number) => void,
): Promise<Found> {
  switch (job.kind) {
    case 'train':
      await trainChallenger(parts, {
        fromCorrections: true,
        by,
        onProgress: (done) => onProgress('training', done),
      });
      onProgress('comparing', 0);
      await compareAndKeep(parts, by);
      return {};
    case 'compare':
      onProgress('comparing', 0);
      await compareAndKeep(parts, by);
      return {};
    case 'promote':
      onProgress('comparing', 0);
      await promote(parts, by);
      return {};
    case 'replay': {
      const { days, change } = job;
      const outcome = await replay(parts, {
        change: { ...(change.setting && { setting: change.setting }) },
        days,
        limit: MOST_REPLAYED,
        onProgress: (done, total) => onProgress('replaying', done / total),
      });
      const { mentions, changed } = outcome.difference;
      const what = change.setting?.section ?? 'challenger';
      await log(parts, by, 'replayed', { what, days, mentions, changed: changed.length });
      const difference = { ...outcome.difference, changed: changed.slice(0, MOST_EXAMPLES) };
      return { replay: { ...outcome, difference, days, changed: changed.length } };
    }
  }
}

/** Compares the challenger with the model in use, and keeps what came of it beside the challenger. */
async function compareAndKeep(parts: Parts, by: string): Promise<void> {
  const measured = await compareWithInUse(parts);
  const { worse, unproven } = judgePromotion(measured.comparison, protectedTypes(parts.taxonomy));
  const names = (list: readonly { label: string }[]) => list.map(({ label }) => label);
  const against = measured.first ? { worse: [], unproven: [] } : { worse: names(worse), unproven: names(unproven) };
  const kept: MeasuredInfo = { at: parts.clock.now(), by, ...measured, ...against };
  await parts.models.keepComparison(kept);
  const { champion, challenger, comparison } = measured;
  await log(parts, by, 'models-compared', { champion, challenger, n: comparison.n, ...against });
}

function log({ store, clock }: Parts, actor: string, action: string, detail: Record<string, unknown>): Promise<void> {
  return store.appendAudit({ at: clock.now(), actor, action, subject: 'model', detail });
}
