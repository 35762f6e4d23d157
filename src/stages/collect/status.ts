import type { ConnectorError } from '../../core/failures.ts';
import type { SourceId } from '../../core/nouns.ts';
import type { SourceStatus } from '../../core/ports.ts';
import { restUntil, stateAfter } from './back-off.ts';
import type { CollectorDeps } from './types.ts';

type NewStatus = Omit<SourceStatus, 'stored' | 'skipped'>;

/** A short failure mends itself; one that lasts needs a person. */
const TELL_AFTER = 5;

export async function recordSuccess(
  deps: CollectorDeps,
  source: SourceId,
  notices: readonly string[],
): Promise<NewStatus> {
  const now = deps.clock.now();
  const status: NewStatus = {
    source,
    state: 'ok',
    message: [...new Set(notices)].join(' '),
    lastSuccessAt: now,
    lastTriedAt: now,
    failuresInARow: 0,
  };
  await save(deps, status);
  return status;
}

export async function recordFailure(
  deps: CollectorDeps,
  source: SourceId,
  before: SourceStatus | undefined,
  failure: ConnectorError,
): Promise<NewStatus> {
  const now = deps.clock.now();
  const failuresInARow = (before?.failuresInARow ?? 0) + 1;
  const until = restUntil(failure, failuresInARow, now, deps.random ?? Math.random);
  const status: NewStatus = {
    source,
    state: stateAfter(failure),
    message: failure.message,
    lastTriedAt: now,
    failuresInARow,
    ...(before?.lastSuccessAt !== undefined && { lastSuccessAt: before.lastSuccessAt }),
    ...(until !== undefined && { until }),
  };
  deps.log.warn('source failed', {
    source,
    kind: failure.kind,
    message: failure.message,
    ...(failure.raw && { raw: failure.raw }),
  });
  await save(deps, status);
  const mendsItself =
    failure.kind === 'unavailable' || failure.kind === 'rate-limited' || failure.kind === 'unknown-outcome';
  if (failuresInARow === (mendsItself ? TELL_AFTER : 1)) deps.notifier?.sourceFailed(source, failure);
  return status;
}

/** A store that cannot take the status either must not hide what happened. */
async function save(deps: CollectorDeps, status: NewStatus): Promise<void> {
  try {
    await deps.store.saveStatus(status);
  } catch (error) {
    deps.log.warn('status not stored', { source: status.source, error: String(error) });
  }
}
