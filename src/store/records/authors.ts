import type { AuthorContext, AuthorHere, AuthorStore, EarlierAnswer } from '../../core/authors.ts';
import { clean } from '../clean.ts';
import type { Db, Engine, Tx } from '../engine.ts';
import { queueRows } from './queue-rows.ts';

/** What one author wrote in one place, over any engine. What it promises stands in `core/authors.ts`. */
export function authorStore(engine: Engine): AuthorStore {
  return {
    authorContext: ({ but, limit, ...author }) =>
      engine.read.transaction().execute(async (tx): Promise<AuthorContext> => {
        // Whoever has no name cannot be known again.
        if (author.authorId === '') return { byState: {}, rows: [], answers: [] };
        const others = by(tx, author).where('mention.id', '!=', but);
        const states = await others
          .select((e) => [
            'state',
            e.fn.countAll<number>().as('count'),
            e.fn.min('said_at').as('first'),
            e.fn.max('said_at').as('last'),
          ])
          .groupBy('state')
          .execute();
        const numbers = await others
          .select('no')
          .orderBy('said_at', 'desc')
          .orderBy('no', 'desc')
          .limit(limit)
          .execute();
        const judged = await judgedAs(tx, author);
        return {
          byState: Object.fromEntries(states.map(({ state, count }) => [state, Number(count)])),
          ...(states.length > 0 && {
            firstAt: Math.min(...states.map(({ first }) => Number(first))),
            lastAt: Math.max(...states.map(({ last }) => Number(last))),
          }),
          rows: await queueRows(
            tx,
            numbers.map(({ no }) => no),
          ),
          answers: await answersTo(tx, author, limit),
          ...(judged && { judged }),
        };
      }),
  };
}

/** By id and never by handle: a handle may be somebody else's id. */
function by(db: Db | Tx, { connector, platform, authorId }: AuthorHere) {
  return db
    .selectFrom('mention')
    .where('connector', '=', connector)
    .where('author_id', '=', clean(authorId))
    .where('platform', '=', clean(platform))
    .where('mention.state', '!=', 'erased');
}

async function answersTo(tx: Tx, author: AuthorHere, limit: number): Promise<EarlierAnswer[]> {
  const rows = await by(tx, author)
    .innerJoin('approval', 'approval.mention_id', 'mention.id')
    .innerJoin('receipt', 'receipt.key', 'approval.key')
    .where('approval.state', '=', 'posted')
    .select(['mention.id', 'approval.text', 'approval.approver', 'receipt.posted_at', 'receipt.url'])
    .orderBy('receipt.posted_at', 'desc')
    .orderBy('approval.key')
    .limit(limit)
    .execute();
  return rows.map(({ id, text, approver, posted_at, url }) => ({
    mentionId: id,
    text,
    approver,
    postedAt: posted_at,
    ...(url !== null && { url }),
  }));
}

async function judgedAs(tx: Tx, { connector, authorId }: AuthorHere): Promise<AuthorContext['judged']> {
  const row = await tx
    .selectFrom('suspect')
    .select('state')
    .where('connector', '=', connector)
    .where('author_id', '=', clean(authorId))
    .executeTakeFirst();
  return row?.state;
}
