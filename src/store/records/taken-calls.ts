import type { SourceId } from '../../core/nouns.ts';
import type { PageToSave, Saved } from '../../core/ports.ts';
import { clean } from '../clean.ts';
import type { Engine, Tx } from '../engine.ts';

/** Those that are over go a few at a time, with the next that comes. */
const SWEPT_AT_ONCE = 50;

export async function taken(engine: Engine, source: SourceId, id: string): Promise<boolean> {
  const row = await engine.read
    .selectFrom('taken_call')
    .select('until')
    .where('source', '=', source)
    .where('id', '=', clean(id))
    .executeTakeFirst();
  return row !== undefined;
}

/** Marks what a page was brought by; the source is locked. Says how it is a repetition, if it is one. */
export async function takeOnce(tx: Tx, { source, once = [], at }: PageToSave): Promise<Saved['repeated']> {
  if (once.length === 0) return undefined;
  const marks = once.map(({ id, digest, until }) => ({ source, id: clean(id), digest: digest ?? null, until }));
  const ids = marks.map(({ id }) => id);
  const known = await tx
    .selectFrom('taken_call')
    .select(['id', 'digest'])
    .where('source', '=', source)
    .where('id', 'in', ids)
    .execute();
  if (known.length > 0) {
    const digestOf = new Map(marks.map(({ id, digest }) => [id, digest]));
    return known.every(({ id, digest }) => digest === digestOf.get(id)) ? 'same' : 'other';
  }
  await tx.insertInto('taken_call').values(marks).execute();
  const over = tx
    .selectFrom('taken_call')
    .select('id')
    .where('source', '=', source)
    .where('until', '<', at)
    .limit(SWEPT_AT_ONCE);
  await tx.deleteFrom('taken_call').where('source', '=', source).where('id', 'in', over).execute();
  return undefined;
}
