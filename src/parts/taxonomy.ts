import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT, type Settings } from '../settings.ts';
import { loadProblemTypes, type ProblemType } from '../stages/classify/index.ts';

/** What the product ships to sort by. */
export const SHIPPED = join(ROOT, 'data');

/** The problem types of a workspace, and where they come from. */
export interface Taxonomy {
  types: ProblemType[];
  /** True for a `problem-types.yml` in the data directory. */
  own: boolean;
  /** True while most shipped types are among them: then what we ship about those still helps. */
  likeShipped: boolean;
}

/**
 * The problem types in force: those of a `problem-types.yml` in the data directory, which may rename, extend or replace
 * the shipped ones; else those. Throws what `loadProblemTypes` throws.
 */
export async function loadTaxonomy({ dataDir }: Pick<Settings, 'dataDir'>): Promise<Taxonomy> {
  const shipped = await loadProblemTypes(SHIPPED);
  const own = await stat(join(dataDir, 'problem-types.yml')).then(
    () => true,
    () => false,
  );
  if (!own) return { types: shipped, own, likeShipped: true };
  const types = await loadProblemTypes(dataDir);
  const ids = new Set(types.map(({ id }) => id));
  const kept = shipped.filter(({ id }) => ids.has(id)).length;
  return { types, own, likeShipped: kept > shipped.length / 2 };
}
