import type { SourceId } from '../core/nouns.ts';
import type { Spending } from '../core/ports.ts';
import type { Log } from '../observe/log.ts';

/** Tells whoever reads the log, once for each step: a budget is nearly used up, and then that it is. */
export function budgetAlarm(log: Pick<Log, 'warn'>) {
  const told = new Map<SourceId, string>();
  return (source: SourceId, spending: Spending | undefined): void => {
    if (!spending) return;
    const { state, month, spentUsd, budgetUsd, usedUpAt, renewsAt } = spending;
    const step = `${state} ${month}`;
    if (told.get(source) === step) return;
    told.set(source, step);
    if (state === 'near') {
      const end = usedUpAt === undefined ? '' : ` At this rate it is used up on ${day(usedUpAt)}.`;
      log.warn('budget nearly used up', {
        source,
        message: `$${spentUsd} of the budget of $${budgetUsd} for ${month} are spent.${end}`,
      });
    }
    if (state === 'used-up') {
      log.warn('budget used up', {
        source,
        message: `The budget of $${budgetUsd} for ${month} is used up. The source is neither read nor answered until ${day(renewsAt)}; raise monthlyBudgetUsd to go on sooner.`,
      });
    }
  };
}

const day = (at: number) => new Date(at).toISOString().slice(0, 10);
