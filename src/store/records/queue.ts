import { type SelectQueryBuilder, sql } from 'kysely';
import { Refused } from '../../core/failures.ts';
import { STATES } from '../../core/moves.ts';
import type { State } from '../../core/nouns.ts';
import { PRIORITIES } from '../../core/nouns.ts';
import type { QueuePage, QueueQuery } from '../../core/ports.ts';
import { clean } from '../clean.ts';
import type { Db, Engine, Place, Tx } from '../engine.ts';
import { handleKey } from '../rows.ts';
import type { Tables } from '../schema.ts';
import { termsOf } from '../search-tokens.ts';
import { queueRows } from './queue-rows.ts';

/** Of one or some problem types, in the states that are asked for. */
const FEW = 2_000;

/**
 * One page. Without `states` every state counts but `erased`, which has nothing left to show. A search in which nothing
 * can be searched, such as "?!", finds nothing; a blank one is none.
 */
export function queue(engine: Engine, query: QueueQuery): Promise<QueuePage> {
  return engine.read.transaction().execute(async (tx) => {
    const limit = Math.max(1, Math.trunc(query.limit));
    const places = await placesOf(engine, tx, query, limit + 1);
    const page = places.slice(0, limit);
    const rows = await queueRows(
      tx,
      page.map(({ no }) => no),
    );
    const last = page.at(-1);
    return places.length > limit && last ? { rows, next: writeMark(query, last) } : { rows };
  });
}

/** Only places are looked at, along an index, and no more of them than are asked for. */
export async function countUpTo(engine: Engine, query: Omit<QueueQuery, 'limit'>, most: number): Promise<number> {
  return (await placesOf(engine, engine.read, { ...query, limit: most }, most)).length;
}

async function placesOf(engine: Engine, db: Db | Tx, query: QueueQuery, limit: number): Promise<Place[]> {
  const states = query.states ?? STATES.filter((state) => state !== 'erased');
  if (query.search?.trim()) {
    const terms = termsOf(query.search);
    if (terms.length === 0 || states.length === 0) return [];
    const list = {
      db,
      filtered: filtered(db, query, states),
      sorted: sorted(filtered(db, query, states), query),
      walk: (first: number) => walk(db, query, states, first),
      direction: directionOf(query),
      newest: query.order === 'newest',
      ...(query.after !== undefined && { after: readMark(query, query.after) }),
    };
    return engine.search.find(list, terms, limit);
  }
  if (states.length === 0) return [];
  const few = query.problemTypes && (await areFew(db, query.problemTypes, states));
  return (few ? sortedAfresh(db, query, states, limit) : walk(db, query, states, limit)).execute();
}

/** Whether so few mentions have these types that to sort them is faster than to walk the list for them. */
async function areFew(db: Db | Tx, types: readonly string[], states: readonly State[]): Promise<boolean> {
  const some = db
    .selectFrom('mention')
    .select('no')
    .where('problem_type', 'in', types)
    .where('state', 'in', states)
    .limit(FEW + 1)
    .as('some_of_them');
  const { n } = await db
    .selectFrom(some)
    .select((e) => e.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  return n <= FEW;
}

/** `+ 0`: in this order there is no index, so that no database walks one. */
function sortedAfresh(db: Db | Tx, query: QueueQuery, states: readonly State[], limit: number) {
  const [first, second] = columnsOf(query);
  const direction = directionOf(query);
  return filtered(db, query, states)
    .orderBy(sql`${sql.ref(first)} + 0`, direction)
    .orderBy(sql`${sql.ref(second)} + 0`, direction)
    .orderBy('no', direction)
    .limit(limit);
}

const directionOf = ({ order }: QueueQuery): 'asc' | 'desc' => (order === 'newest' ? 'desc' : 'asc');

/** One walk along the index for each state, and the best of all: the index is sorted within a state only. */
function walk(db: Db | Tx, query: QueueQuery, states: readonly State[], limit: number) {
  const walks = states.map((state) => {
    const one = sorted(filtered(db, query, [state]), query)
      .limit(limit)
      .as('walk');
    return db.selectFrom(one).select(['no', 'first', 'second']);
  });
  const all = walks.reduce((union, one) => union.unionAll(one)).as('all_walks');
  const direction = directionOf(query);
  return db
    .selectFrom(all)
    .select(['no', 'first', 'second'])
    .orderBy('first', direction)
    .orderBy('second', direction)
    .orderBy('no', direction)
    .limit(limit);
}

/** What each order sorts by, before the number. */
const columnsOf = ({ order }: QueueQuery) =>
  order === 'newest' ? (['heard_at', 'no'] as const) : (['rank', 'said_at'] as const);

function sorted<Row>(rows: SelectQueryBuilder<Tables, 'mention', Row>, query: QueueQuery) {
  const [first, second] = columnsOf(query);
  const direction = directionOf(query);
  return rows.orderBy(first, direction).orderBy(second, direction).orderBy('no', direction);
}

/** Rows in some states that pass all filters, after the mark. */
function filtered(db: Db | Tx, query: QueueQuery, states: readonly State[]) {
  const newest = query.order === 'newest';
  const [first, second] = columnsOf(query);
  const { problemTypes, priorities, sources, langs, assignee, author, unsure, scamAtLeast } = query;
  const mark = query.after === undefined ? undefined : readMark(query, query.after);
  const only = states.length === 1 ? states[0] : undefined;
  let rows = db.selectFrom('mention').select(['no', `${first} as first`, `${second} as second`]);
  rows = only ? rows.where('state', '=', only) : rows.where('state', 'in', states);
  if (problemTypes) rows = rows.where('problem_type', 'in', problemTypes);
  if (priorities)
    rows = rows.where(
      'rank',
      'in',
      priorities.map((priority) => PRIORITIES.indexOf(priority)),
    );
  if (sources) rows = rows.where('source', 'in', sources);
  if (langs) rows = rows.where('lang', 'in', langs);
  if (author) rows = rows.where('no', 'in', writtenBy(db, author));
  if (assignee === null) rows = rows.where('assignee', 'is', null);
  else if (assignee !== undefined) rows = rows.where('assignee', '=', clean(assignee));
  if (unsure !== undefined) rows = rows.where('unsure', '=', unsure ? 1 : 0);
  if (scamAtLeast !== undefined) rows = rows.where((e) => e.or([e('scam', '>=', scamAtLeast), e('scammer', '=', 1)]));
  if (query.cameBack) rows = rows.where('came_back_at', 'is not', null);
  if (query.removed) rows = rows.where('id', 'in', answeredInVain(db));
  if (mark && newest) rows = rows.where(sql<boolean>`(heard_at, no) < (${mark.first}, ${mark.no})`);
  if (mark && !newest)
    rows = rows.where(sql<boolean>`(rank, said_at, no) > (${mark.first}, ${mark.second}, ${mark.no})`);
  return rows;
}

/** Mentions whose answer was taken away. */
function answeredInVain(db: Db | Tx) {
  return db.selectFrom('receipt').select('mention_id').where('removed_at', 'is not', null);
}

/** By id or by handle, each along its own index. */
function writtenBy(db: Db | Tx, { connector, is }: NonNullable<QueueQuery['author']>) {
  const of = (column: 'author_id' | 'author_handle', value: string) =>
    db.selectFrom('mention').select('no').where('connector', '=', connector).where(column, '=', value);
  return of('author_id', clean(is)).union(of('author_handle', handleKey(is)));
}

function writeMark({ order = 'urgency' }: QueueQuery, { first, second, no }: Place): string {
  return Buffer.from(JSON.stringify([order, first, second, no])).toString('base64url');
}

function readMark({ order = 'urgency' }: QueueQuery, mark: string): Place {
  const wrong = () => new Refused('bad-mark', 'This page mark is not from this list. Start again at the first page.');
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(mark, 'base64url').toString('utf8'));
  } catch {
    throw wrong();
  }
  if (!Array.isArray(parts) || parts.length !== 4 || parts[0] !== order) throw wrong();
  const [, first, second, no] = parts as unknown[];
  if (![first, second, no].every(Number.isSafeInteger)) throw wrong();
  return { first, second, no } as Place;
}
