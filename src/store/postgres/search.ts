import { type Expression, type SqlBool, sql } from 'kysely';
import { Refused } from '../../core/failures.ts';
import type { List, Place, SearchIndex } from '../engine.ts';
import { type Term, tokensOf } from '../search-tokens.ts';
import { codeOf } from './failures.ts';
import { type Numbers, newestFirst } from './newest-first.ts';
import { hasNoPartition, NoPartition } from './partitions.ts';
import { LEXEMES, SEARCH_COLUMNS } from './search-columns.ts';

/**
 * Our own tokens, with spaces between them, and a GIN index over them. The index finds words and beginnings of words; that
 * the words of a phrase stand in a row is looked up in the tokens, because a `tsvector` forgets positions after the
 * 16,383rd word and the 256th occurrence. A table of its own: a decision about a mention leaves it alone. As it was made
 * first; a later migration cuts it into partitions, see `partitions.ts`.
 */
export const SEARCH_INDEX = [
  `create table mention_search (
    no integer primary key references mention (no) on delete cascade,
    ${SEARCH_COLUMNS}
  )`,
  `create index mention_search_words on mention_search using gin ((${LEXEMES}))`,
];

/** How much of a list is looked at place by place before the index is asked. A partition is asked sooner than the whole. */
const LOOK_FIRST = { newest: 1_000, urgency: 5_000 };
/** A word in more mentions than this is looked for further on, since collecting all of them would take seconds. */
const FREQUENT = 50_000;
/** The planner takes any word that it knows nothing about to stand in half as many. */
const FREQUENT_SHARE = 0.01;
const LOOK_FURTHER = 300_000;
/** In a partition of so many mentions it is looked how frequent words are. In a larger one that takes longer. */
const FAIR_SAMPLE = 20_000;

export const ginIndex = (lookFirst = LOOK_FIRST): SearchIndex => ({
  async add(tx, mentions) {
    if (mentions.length === 0) return;
    const rows = mentions.map(
      ({ no, text, author }) => sql`(${no}, ${tokensOf(text).join(' ')}, ${tokensOf(author).join(' ')})`,
    );
    try {
      await sql`insert into mention_search (no, text, author) values ${sql.join(rows)}`.execute(tx);
    } catch (thrown) {
      throw hasNoPartition(thrown) ? new NoPartition(Math.max(...mentions.map(({ no }) => no))) : thrown;
    }
  },

  async remove(tx, mentions) {
    const numbers = mentions.map(({ no }) => no);
    await sql`delete from mention_search where no = any(${numbers}::integer[])`.execute(tx);
  },

  /**
   * In steps. A frequent word stands in the first places of the list, and collecting all its mentions would take seconds;
   * a rare one is found by the index at once, and walking the list for it would take as long. The planner, left alone,
   * takes the wrong way for one of the two, so one partition is asked which of them a word is. A frequent word may be
   * missing in the first places all the same, such as an English one where all that is urgent is Chinese: then the walk
   * goes further. Newest first, it is the partitions that are walked, and a word costs what it costs in the months that
   * are looked into.
   */
  async find({ db, filtered, walk, direction, newest, after }, terms, limit) {
    // Before anything is read: what is read afterwards is of one moment with the partitions.
    if (db.isTransaction) await sql`lock table only mention_search in access share mode`.execute(db);
    const first = (places: Expression<Place>) =>
      sql<Place>`select no, first, second from ${places}
        order by first ${sql.raw(direction)}, second ${sql.raw(direction)}, no ${sql.raw(direction)} limit ${limit}`;
    const near = (places: number) => sql<Place>`${walk(places)} as place where
      (select ${occur(terms)} from mention_search as words where words.no = place.no)`;
    // OFFSET keeps the planner from walking the list after all.
    const indexed = (numbers: Numbers = {}, frequent = false) =>
      sql<Place>`${filtered.where(matches(terms, numbers, frequent)).offset(0)} as place`;
    try {
      if (!newest && (await areRare(db, terms))) return (await first(indexed()).execute(db)).rows;
      const { rows } = await first(near(newest ? lookFirst.newest : lookFirst.urgency)).execute(db);
      if (rows.length === limit) return rows;
      if (newest)
        return await newestFirst(db, after, limit, async (numbers) => (await first(indexed(numbers)).execute(db)).rows);
      const frequent = await isFrequent(db, terms);
      if (frequent) {
        const further = (await first(near(LOOK_FURTHER)).execute(db)).rows;
        if (further.length === limit) return further;
      }
      return (await first(indexed({}, frequent)).execute(db)).rows;
    } catch (thrown) {
      throw codeOf(thrown) === 'query_canceled' ? new Refused('search-too-wide', TOO_WIDE) : thrown;
    }
  },
});

const TOO_WIDE = 'This search took too long and was given up. Add a word or a filter, such as a source or a state.';

/**
 * Whether the terms occur in few mentions, by one partition of a fair size. Counted, since the planner takes words that stand
 * together, as the pairs of a Chinese one do, for a coincidence, and a beginning for as rare as each word that begins so.
 */
async function areRare(db: List['db'], terms: readonly Term[]): Promise<boolean> {
  const sample = await sql<{ name: string; rows: number }>`select relid::regclass::text as name, reltuples as rows
    from pg_partition_tree('mention_search'::regclass) join pg_class on oid = relid where isleaf
    order by reltuples >= ${FAIR_SAMPLE} desc, case when reltuples >= ${FAIR_SAMPLE} then reltuples else -reltuples end
    limit 1`.execute(db);
  const { name, rows } = sample.rows[0] ?? { name: '', rows: 0 };
  if (rows <= 0) return false;
  const few = Math.ceil(FREQUENT_SHARE * rows);
  // Materialized, so that it is planned for all of them: for the first few, the planner would rather read every row.
  const asked = sql<{ found: number }>`with found as materialized (${numbersIn(sql.raw(name), terms)})
    select count(*) as found from (select from found limit ${few + 1}) as counted`;
  return ((await asked.execute(db)).rows[0]?.found ?? 0) <= few;
}

/** Whether all the words stand in very many mentions, as the planner believes by its statistics of the index. */
async function isFrequent(db: List['db'], terms: readonly Term[]): Promise<boolean> {
  const asked = sql<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>`explain (format json)
    select from mention_search as words where ${sql.raw(LEXEMES)} @@ ${sql.lit(lexemes(terms))}::tsquery`;
  const about = (await asked.execute(db)).rows[0]?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0;
  if (about <= FREQUENT) return false;
  const counted = sql<{ rows: number }>`select sum(greatest(reltuples, 0)) as rows from pg_class
    where oid in (select relid from pg_partition_tree('mention_search'::regclass) where isleaf)`;
  return about > FREQUENT_SHARE * ((await counted.execute(db)).rows[0]?.rows ?? 0);
}

/**
 * @param frequent leaves to the planner how the mentions are found. Otherwise they are few, and looked up by their numbers: the
 * planner, which takes reading here and there to be slow, would rather read all mentions
 */
function matches(terms: readonly Term[], { from, past }: Numbers, frequent: boolean): Expression<SqlBool> {
  const numbers = sql`${numbersIn(sql`mention_search`, terms)}
      ${from === undefined ? sql`` : sql`and words.no >= ${from}`} ${past === undefined ? sql`` : sql`and words.no < ${past}`}`;
  return frequent ? sql`no in (${numbers})` : sql`no = any(array(${numbers}))`;
}

/** The numbers of mentions in which all terms occur, by the index or a partition of it. Conditions may be added. */
function numbersIn(table: Expression<unknown>, terms: readonly Term[]) {
  const phrases = terms.filter(({ phrase }) => phrase.length > 1);
  return sql<number>`select words.no from ${table} as words
    where ${sql.raw(LEXEMES)} @@ ${lexemes(terms)}::tsquery and ${occur(phrases)}`;
}

/** Every token in quotes, which tokens cannot hold themselves: no query can reach PostgreSQL's own language. */
function lexemes(terms: readonly Term[]): string {
  return terms.flatMap(({ phrase, prefix }) => phrase.map((token) => `'${token}'${prefix ? ':*' : ''}`)).join(' & ');
}

/** Each term in the words of the text or of the author: tokens in a row, between spaces. */
function occur(terms: readonly Term[]): Expression<SqlBool> {
  const conditions = terms.map(({ phrase, prefix }) => {
    const wanted = ` ${phrase.join(' ')}${prefix ? '' : ' '}`;
    return sql`(strpos(' ' || words.text || ' ', ${wanted}) > 0 or strpos(' ' || words.author || ' ', ${wanted}) > 0)`;
  });
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
}
