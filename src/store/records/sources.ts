import { mentionId } from '../../core/ids.ts';
import type { MentionId } from '../../core/nouns.ts';
import type { PageToSave, SourceState, SourceStatus } from '../../core/ports.ts';
import { clean, instant, toJson } from '../clean.ts';
import type { Engine, Tx } from '../engine.ts';

const NEW = {
  cursor_json: null,
  state: 'new',
  message: '',
  last_success_at: null,
  last_tried_at: null,
  until: null,
  failures_in_a_row: 0,
  stored: 0,
  skipped: 0,
};

/** Pages of one source are saved one after the other: each is merged into what is known of it. */
export async function lockSource(tx: Tx, source: string): Promise<void> {
  await tx
    .insertInto('source')
    .values({ ...NEW, source })
    .onConflict((c) => c.doNothing())
    .execute();
  await tx.selectFrom('source').select('source').where('source', '=', source).forUpdate().execute();
}

/** Counts what a page brought, and keeps its cursor if it has one. */
export async function countStored(tx: Tx, page: PageToSave, added: number): Promise<void> {
  const skipped = page.skipped?.length ?? 0;
  const cursor = page.cursor === undefined ? {} : { cursor_json: toJson(page.cursor) };
  await tx
    .insertInto('source')
    .values({ ...NEW, ...cursor, source: page.source, stored: added, skipped })
    .onConflict((c) =>
      c.column('source').doUpdateSet((e) => ({
        ...cursor,
        stored: e('source.stored', '+', added),
        skipped: e('source.skipped', '+', skipped),
      })),
    )
    .execute();
}

export async function cursorOf(engine: Engine, source: string): Promise<unknown> {
  const row = await engine.read
    .selectFrom('source')
    .select('cursor_json')
    .where('source', '=', source)
    .executeTakeFirst();
  return row?.cursor_json == null ? undefined : JSON.parse(row.cursor_json);
}

export async function held(engine: Engine, mentions: readonly MentionId[]): Promise<Set<MentionId>> {
  const there = new Set<MentionId>();
  for (let start = 0; start < mentions.length; start += 1_000) {
    const some = await engine.read
      .selectFrom('mention')
      .select('id')
      .where('id', 'in', mentions.slice(start, start + 1_000))
      .where('state', '!=', 'erased')
      .execute();
    for (const { id } of some) there.add(id);
  }
  return there;
}

export async function known(engine: Engine, connector: string, nativeIds: readonly string[]): Promise<Set<string>> {
  const byId = new Map(nativeIds.map((nativeId) => [mentionId(connector, clean(nativeId)), nativeId]));
  const ids = [...byId.keys()];
  const found = new Set<string>();
  for (let start = 0; start < ids.length; start += 1_000) {
    const some = await engine.read
      .selectFrom('mention')
      .select('id')
      .where('id', 'in', ids.slice(start, start + 1_000))
      .execute();
    for (const { id } of some) found.add(byId.get(id) as string);
  }
  return found;
}

export function saveStatus(engine: Engine, status: Omit<SourceStatus, 'stored' | 'skipped'>): Promise<void> {
  const columns = {
    state: status.state,
    message: clean(status.message),
    until: status.until === undefined ? null : instant(status.until, 0),
    failures_in_a_row: status.failuresInARow,
    // A failure does not know when the last success was: what is not given stays.
    ...(status.lastSuccessAt !== undefined && { last_success_at: instant(status.lastSuccessAt, 0) }),
    ...(status.lastTriedAt !== undefined && { last_tried_at: instant(status.lastTriedAt, 0) }),
  };
  return engine.write(async (tx, touched) => {
    await tx
      .insertInto('source')
      .values({ ...NEW, ...columns, source: status.source })
      .onConflict((c) => c.column('source').doUpdateSet(columns))
      .execute();
    touched.sources = true;
  });
}

export async function statuses(engine: Engine): Promise<SourceStatus[]> {
  const rows = await engine.read.selectFrom('source').selectAll().orderBy('source').execute();
  return rows.map((row) => ({
    source: row.source,
    state: row.state as SourceState,
    message: row.message,
    failuresInARow: row.failures_in_a_row,
    stored: row.stored,
    skipped: row.skipped,
    ...(row.last_success_at !== null && { lastSuccessAt: row.last_success_at }),
    ...(row.last_tried_at !== null && { lastTriedAt: row.last_tried_at }),
    ...(row.until !== null && { until: row.until }),
  }));
}
