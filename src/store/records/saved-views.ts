import type { Selectable } from 'kysely';
import { Refused } from '../../core/failures.ts';
import { foldedName } from '../../core/rights.ts';
import type { SavedView, SavedViewStore } from '../../core/saved-views.ts';
import { clean, instant, toJson } from '../clean.ts';
import type { Engine, Tx } from '../engine.ts';
import type { SavedViewTable } from '../migrations/triage-schema.ts';

/** No person's id. */
const TEAM = 'team';

/** Views that people saved, over any engine. What each function promises stands in `core/saved-views.ts`. */
export function savedViewStore(engine: Engine): SavedViewStore {
  return {
    async savedViews(personId) {
      const rows = await engine.read
        .selectFrom('saved_view')
        .selectAll()
        .where('scope', 'in', [TEAM, personId])
        .orderBy('folded')
        .orderBy('id')
        .execute();
      return rows.map(viewOf);
    },
    async savedView(id) {
      const row = await engine.read.selectFrom('saved_view').selectAll().where('id', '=', id).executeTakeFirst();
      return row && viewOf(row);
    },
    saveView: (view, audit) =>
      engine.write(async (tx, touched) => {
        await write(tx, view);
        touched.events.push(audit);
      }),
    removeView: (id, audit) =>
      engine.write(async (tx, touched) => {
        await tx.deleteFrom('saved_view').where('id', '=', id).execute();
        touched.events.push(audit);
      }),
    async startView(personId) {
      const row = await engine.read
        .selectFrom('start_view')
        .select('view')
        .where('person_id', '=', personId)
        .executeTakeFirst();
      return row?.view;
    },
    setStartView: (personId, view) =>
      engine.write(async (tx) => {
        await tx.deleteFrom('start_view').where('person_id', '=', personId).execute();
        if (view !== undefined) await tx.insertInto('start_view').values({ person_id: personId, view }).execute();
      }),
  };
}

async function write(tx: Tx, view: SavedView): Promise<void> {
  const row = rowOf(view);
  // Who saves holds all of that scope, so that two at once cannot take one name.
  const others = await tx
    .selectFrom('saved_view')
    .select(['id', 'folded'])
    .where('scope', '=', row.scope)
    .orderBy('id')
    .forUpdate()
    .execute();
  if (others.some(({ id, folded }) => id !== row.id && folded === row.folded)) {
    throw new Refused('name-taken', `There is another view called "${view.name}". Choose another name.`);
  }
  await tx
    .insertInto('saved_view')
    .values(row)
    .onConflict((c) => c.column('id').doUpdateSet(row))
    .execute();
}

function viewOf(row: Selectable<SavedViewTable>): SavedView {
  const { id, name, scope, person_id, by, at, query_json } = row;
  return { id, name, team: scope === TEAM, person: person_id, by, at, query: JSON.parse(query_json) };
}

function rowOf({ id, name, team, person, by, at, query }: SavedView): SavedViewTable {
  return {
    id,
    name: clean(name),
    folded: clean(foldedName(name)),
    scope: team ? TEAM : person,
    person_id: person,
    by: clean(by),
    at: instant(at, 0),
    query_json: toJson(query),
  };
}
