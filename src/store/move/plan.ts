import { Refused } from '../../core/failures.ts';
import type { Engine, TableShape } from '../engine.ts';

/**
 * What is not moved, and why. Everything else is, as the database's own catalogue lists it, so that a table that is added
 * later is moved without a word here.
 */
export const LEFT: Readonly<Record<string, string>> = {
  migration: 'the new store has its own history of the same steps',
  lease: 'held by running processes, and none runs',
  allowance: 'what running processes used up, and it grows back',
  slot: 'times of schedules that running processes took',
  move_progress: 'how far a move has come',
};

/** The tables to move, each after those that it needs. @throws Refused when the stores do not fit */
export async function planMove(from: Engine, to: Engine, leave: readonly string[]): Promise<TableShape[]> {
  const [source, target] = await Promise.all([from.tables(), to.tables()]);
  const names = new Set(target.map(({ name }) => name));
  const wanted = source.filter(({ name }) => !(name in LEFT) && !leave.includes(name));
  for (const { name, key } of wanted) {
    if (!names.has(name)) throw new Refused('stores-differ', `The new store has no table "${name}". ${SAME_VERSION}`);
    if (key.length === 0) throw new Refused('stores-differ', `The table "${name}" has no key to go by.`);
  }
  // The new store's shapes: it is what is written to.
  const shapes = wanted.map(({ name }) => target.find((shape) => shape.name === name) as TableShape);
  return inOrder(shapes);
}

const SAME_VERSION = 'Both must be of the same version of Earshot.';

function inOrder(tables: readonly TableShape[]): TableShape[] {
  const placed: TableShape[] = [];
  const rest = new Set(tables);
  while (rest.size > 0) {
    const free = [...rest].filter(({ name, needs }) =>
      needs.every((needed) => needed === name || ![...rest].some((other) => other.name === needed)),
    );
    if (free.length === 0)
      throw new Error(`These tables need each other: ${[...rest].map(({ name }) => name).join(', ')}`);
    for (const table of free) {
      placed.push(table);
      rest.delete(table);
    }
  }
  return placed;
}
