import type { Store } from '../core/ports.ts';
import type { Regulated } from './due.ts';

/** Where nobody has decided yet. */
export const OPEN = ['assessed', 'drafted', 'failed', 'unsure', 'escalated', 'snoozed'] as const;
const REGULATED_MAX = 500;

interface Needed {
  store: Pick<Store, 'queue'>;
  /** The lane of a problem type. */
  laneOf(problemType: string): string;
  problemTypes: readonly { id: string; lane: string }[];
}

/** Mentions in lanes with rules that wait for a decision. */
export async function regulatedOpen(
  { store, problemTypes, laneOf }: Needed,
  lanes: readonly string[],
): Promise<Regulated[]> {
  const types = problemTypes.filter(({ lane }) => lanes.includes(lane)).map(({ id }) => id);
  if (types.length === 0) return [];
  const { rows } = await store.queue({ states: OPEN, problemTypes: types, limit: REGULATED_MAX, order: 'newest' });
  return rows.map(({ mention, assessment }) => ({ mention, lane: laneOf(assessment?.problemType ?? '') }));
}
