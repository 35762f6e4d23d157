import type { SourceId } from '../core/nouns.ts';
import type { Spending } from '../core/ports.ts';
import type { WorkspaceHandle } from '../workspace/index.ts';
import type { OpenedSources } from './opened-sources.ts';

/** What a source costs, where it costs anything and can be opened. A ledger that cannot be read hides no source. */
export async function spendingOf(opened: OpenedSources, id: SourceId): Promise<Spending | undefined> {
  return opened
    .tryGet(id)
    ?.spending?.()
    .catch(() => undefined);
}

export interface SourceSpending extends Spending {
  source: SourceId;
  /** As the team calls it. */
  name: string;
}

/** What all sources together cost this month, source by source. Free ones are left out. */
export async function spendingOfAll(workspace: WorkspaceHandle, opened: OpenedSources): Promise<SourceSpending[]> {
  const sources = workspace.current().sources.filter(({ enabled }) => enabled);
  const all = await Promise.all(
    sources.map(async ({ id, name }) => ({ id, name, spending: await spendingOf(opened, id) })),
  );
  return all.flatMap(({ id, name, spending }) => (spending ? [{ source: id, name: name ?? id, ...spending }] : []));
}
