import { sql } from 'kysely';
import { Conflict } from '../../core/failures.ts';
import { LIKELY_SCAM } from '../../core/nouns.ts';
import type { Account, Suspect, SuspectChange, SuspectState, SuspectStore } from '../../core/suspects.ts';
import { clean } from '../clean.ts';
import type { Engine, Tx } from '../engine.ts';
import { queueRows } from './queue-rows.ts';

/** Accounts under suspicion over any engine. What each function promises stands in `core/suspects.ts`. */
export function suspectStore(engine: Engine): SuspectStore {
  return {
    suspects: ({ states, limit }) => listed(engine, states, limit),
    suspect: (account) => one(engine, account),
    judgeSuspect: (change) => judgeSuspect(engine, change),
  };
}

const likely = sql<boolean>`scam >= ${sql.lit(LIKELY_SCAM)}`;

type Row = Awaited<ReturnType<ReturnType<typeof sums>['execute']>>[number];

/** Sums of rows that are accounts, with the newest post of each. */
async function withLatest(tx: Tx, rows: readonly Row[]): Promise<Suspect[]> {
  const newest = await queueRows(
    tx,
    rows.map(({ latest_no }) => Number(latest_no)),
  );
  const keyOf = (connector: string, author: string | null) => JSON.stringify([connector, author]);
  const latestOf = new Map(newest.map((row) => [keyOf(row.mention.connector, clean(row.mention.author.id)), row]));
  return rows.flatMap((row) => {
    const latest = latestOf.get(keyOf(row.connector, row.author_id));
    if (!latest || row.author_id === null) return [];
    return [
      {
        connector: row.connector,
        authorId: row.author_id,
        state: row.judged ?? 'suspected',
        ...(row.by !== null && { by: row.by, at: Number(row.at) }),
        posts: Number(row.posts),
        likely: Number(row.likely),
        scam: Number(row.scam),
        firstAt: Number(row.first_at),
        lastAt: Number(row.last_at),
        latest,
      },
    ];
  });
}

function one(engine: Engine, { connector, authorId }: Account): Promise<Suspect | undefined> {
  return engine.read.transaction().execute(async (tx) => {
    const rows = await sums(tx)
      .where('mention.connector', '=', connector)
      .where('mention.author_id', '=', clean(authorId))
      .execute();
    return (await withLatest(tx, rows))[0];
  });
}

function listed(engine: Engine, states: readonly SuspectState[] | undefined, limit: number): Promise<Suspect[]> {
  if (states?.length === 0) return Promise.resolve([]);
  return engine.read.transaction().execute(async (tx) => {
    const accounts = tx
      .selectFrom('mention')
      .select(['connector', 'author_id'])
      .where(likely)
      .where('author_id', 'is not', null)
      .union(tx.selectFrom('suspect').select(['connector', 'author_id']));
    const rows = await sums(tx)
      .where((e) =>
        e(e.refTuple('mention.connector', 'mention.author_id'), 'in', accounts.$asTuple('connector', 'author_id')),
      )
      .$if(states !== undefined, (q) =>
        q.where(sql<SuspectState>`coalesce(suspect.state, 'suspected')`, 'in', states as SuspectState[]),
      )
      .limit(limit)
      .execute();
    return withLatest(tx, rows);
  });
}

function sums(tx: Tx) {
  return tx
    .selectFrom('mention')
    .leftJoin('suspect', (join) =>
      join.onRef('suspect.connector', '=', 'mention.connector').onRef('suspect.author_id', '=', 'mention.author_id'),
    )
    .select((e) => [
      'mention.connector',
      'mention.author_id',
      'suspect.state as judged',
      'suspect.by',
      'suspect.at',
      e.fn.countAll<number>().as('posts'),
      sql<number>`sum(case when ${likely} then 1 else 0 end)`.as('likely'),
      e.fn.max('mention.scam').as('scam'),
      e.fn.min('mention.said_at').as('first_at'),
      e.fn.max('mention.said_at').as('last_at'),
      e.fn.max('mention.no').as('latest_no'),
    ])
    .groupBy(['mention.connector', 'mention.author_id', 'suspect.state', 'suspect.by', 'suspect.at'])
    .orderBy('last_at', 'desc')
    .orderBy('mention.connector')
    .orderBy('mention.author_id');
}

function judgeSuspect(engine: Engine, { connector, authorId, from, to, audit }: SuspectChange): Promise<void> {
  return engine.write(async (tx, touched) => {
    const author = clean(authorId);
    // Nobody saves a page meanwhile: a post that arrives now would not be known.
    await tx.selectFrom('source').select('source').orderBy('source').forUpdate().execute();
    const before = await tx
      .selectFrom('suspect')
      .selectAll()
      .where('connector', '=', connector)
      .where('author_id', '=', author)
      .forUpdate()
      .executeTakeFirst();
    if ((before?.state ?? 'suspected') !== from) {
      throw new Conflict(
        `${before?.by ?? 'Somebody'} judged this account meanwhile: it is ${before?.state ?? 'suspected'} now. Look again.`,
      );
    }
    await tx.deleteFrom('suspect').where('connector', '=', connector).where('author_id', '=', author).execute();
    if (to !== 'suspected') {
      const row = { connector, author_id: author, state: to, by: clean(audit.actor), at: Math.trunc(audit.at) };
      await tx.insertInto('suspect').values(row).execute();
    }
    const flag = to === 'confirmed' ? 1 : 0;
    const theirs = await tx
      .updateTable('mention')
      .set((e) => ({ scammer: flag, version: e('version', '+', 1) }))
      .where('connector', '=', connector)
      .where('author_id', '=', author)
      .where('scammer', '!=', flag)
      .returning('id')
      .execute();
    for (const { id } of theirs) touched.mentions.add(id);
    touched.events.push(audit);
  });
}

/** Those among some authors whom a person confirmed as scammers. */
export async function scammersAmong(tx: Tx, connector: string, authors: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>();
  const any = await tx.selectFrom('suspect').select('author_id').where('connector', '=', connector).limit(1).execute();
  if (any.length === 0) return found;
  for (let start = 0; start < authors.length; start += 1_000) {
    const rows = await tx
      .selectFrom('suspect')
      .select('author_id')
      .where('connector', '=', connector)
      .where('state', '=', 'confirmed')
      .where('author_id', 'in', authors.slice(start, start + 1_000))
      .execute();
    for (const { author_id } of rows) found.add(author_id);
  }
  return found;
}
