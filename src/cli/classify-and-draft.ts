import type { Store } from '../core/ports.ts';
import type { Parts } from '../parts/index.ts';
import { runClassify } from '../stages/classify/run.ts';
import { runDraft } from '../stages/draft/run.ts';
import { progressBar } from './output.ts';

/** The two stages after collect, until nothing is left to do, with a bar for each that takes long. */
export async function classifyAndDraft(parts: Parts, signal: AbortSignal) {
  const { heard = 0, assessed = 0 } = (await parts.store.counts(parts.clock.now())).byState;
  const work = { ...parts, worker: `cli-${process.pid}`, signal };
  const sorting = watched(parts.store, 'saveAssessments', 'sorting', heard);
  const classified = await runClassify({
    ...work,
    store: sorting.store,
    classifier: await parts.classifier(),
  }).finally(sorting.stop);
  const drafting = watched(parts.store, 'saveDrafts', 'drafting', assessed + classified);
  const drafted = await runDraft({ ...work, store: drafting.store }).finally(drafting.stop);
  return { classified, drafted };
}

/** The store, with a bar that moves with every batch that is saved. */
function watched(store: Store, save: 'saveAssessments' | 'saveDrafts', label: string, total: number) {
  const bar = progressBar(label);
  let done = 0;
  const saving = async (batch: never[]) => {
    const saved = await store[save](batch);
    done += batch.length;
    bar.at(Math.min(done, total), total);
    return saved;
  };
  return { store: { ...store, [save]: saving } as Store, stop: () => bar.stop() };
}
