import { asFailure, Refused } from '../core/failures.ts';
import type { SourceId } from '../core/nouns.ts';
import type { Clock, Source } from '../core/ports.ts';
import type { Log } from '../observe/log.ts';
import type { CollectOptions, Collector, CollectResult } from '../stages/collect/index.ts';
import type { WorkspaceHandle } from '../workspace/index.ts';
import { budgetAlarm } from './budget-alarm.ts';
import type { OpenedSources } from './opened-sources.ts';
import { spendingOf } from './spending.ts';

const DAY_MS = 86_400_000;

/** Pulls one source of the workspace once. @throws Refused `unknown-source` */
export type PullSource = (id: SourceId, options: Omit<CollectOptions, 'since'>) => Promise<CollectResult>;

export function pullWith(parts: {
  workspace: WorkspaceHandle;
  opened: OpenedSources;
  collector: Collector;
  clock: Clock;
  log: Pick<Log, 'warn'>;
}): PullSource {
  const alarm = budgetAlarm(parts.log);
  return async (id, options) => {
    const entry = parts.workspace.current().sources.find((source) => source.id === id);
    if (!entry) throw new Refused('unknown-source', `There is no source "${id}" in the settings.`);
    const since = parts.clock.now() - entry.lookBackDays * DAY_MS;
    const result = await parts.collector.collect(openOrBroken(parts.opened, id, entry.connector), {
      ...options,
      since,
    });
    alarm(id, await spendingOf(parts.opened, id));
    return result;
  };
}

/** A source that cannot even be opened fails like one whose platform said no: it shows its state, and stops no other. */
function openOrBroken(opened: OpenedSources, id: SourceId, connector: string): Source {
  try {
    return opened.get(id);
  } catch (thrown) {
    const broken = () => Promise.reject(asFailure(thrown));
    const noLimit = { max: Number.POSITIVE_INFINITY, lengthOf: (text: string) => text.length };
    return {
      id,
      connector,
      sample: false,
      check: broken,
      pull: broken,
      replyLimit: () => noLimit,
      close: async () => {},
    };
  }
}
