import type { Parts } from '../parts/index.ts';
import { runClassify } from '../stages/classify/run.ts';
import { runDraft } from '../stages/draft/run.ts';

/** The two stages after collect, until nothing is left to do. */
export async function classifyAndDraft(parts: Parts, signal: AbortSignal) {
  const work = { ...parts, worker: `cli-${process.pid}`, signal };
  const classified = await runClassify({ ...work, classifier: await parts.classifier() });
  const drafted = await runDraft(work);
  return { classified, drafted };
}
