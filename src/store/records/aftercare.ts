import { sql } from 'kysely';
import type { AftercareStore, FollowUp } from '../../core/aftercare.ts';
import { LIKELY_SCAM } from '../../core/nouns.ts';
import type { Engine } from '../engine.ts';
import { change } from './mentions.ts';
import { queueRows } from './queue-rows.ts';

/** What happens below our answers, over any engine. What each function promises stands in `core/aftercare.ts`. */
export function aftercareStore(engine: Engine): AftercareStore {
  return {
    followUps: (query) => followUps(engine, query),
    noteFollowUp: (noted) => noteFollowUp(engine, noted),
    repliesOut: (query) => repliesOut(engine, query),
    noteRemoved: (noted) => noteRemoved(engine, noted),
  };
}

function followUps(engine: Engine, { since, watchMs, limit }: Parameters<AftercareStore['followUps']>[0]) {
  return engine.read.transaction().execute(async (tx): Promise<FollowUp[]> => {
    const pairs = await tx
      .selectFrom('mention as answered')
      .innerJoin('mention as later', (join) =>
        join
          .onRef('later.connector', '=', 'answered.connector')
          .onRef('later.conversation_id', '=', 'answered.conversation_id')
          .onRef('later.id', '!=', 'answered.id')
          .onRef('later.said_at', '>', 'answered.posted_at'),
      )
      .leftJoin('follow_up', (join) =>
        join.onRef('follow_up.mention_id', '=', 'answered.id').onRef('follow_up.by_mention', '=', 'later.id'),
      )
      .select((e) => [
        'answered.id',
        'later.no',
        'later.id as later_id',
        e.case().when(e.ref('later.author_id'), '=', e.ref('answered.author_id')).then(1).else(0).end().as('by_author'),
      ])
      .where('answered.posted_at', '>=', since - watchMs)
      .where('later.heard_at', '>=', since)
      .where('later.assessment_json', 'is not', null)
      .where('follow_up.at', 'is', null)
      .where(sql<boolean>`later.said_at - answered.posted_at <= ${watchMs}`)
      .where((e) =>
        e.or([
          e('later.author_id', '=', e.ref('answered.author_id')),
          e('later.scam', '>=', LIKELY_SCAM),
          e('later.scammer', '=', 1),
        ]),
      )
      .orderBy('later.no')
      .orderBy('answered.id')
      .limit(limit)
      .execute();
    const rows = await queueRows(tx, [...new Set(pairs.map(({ no }) => no))]);
    const rowOf = new Map(rows.map((row) => [row.mention.id, row]));
    return pairs.flatMap(({ id, later_id, by_author }) => {
      const row = rowOf.get(later_id);
      return row ? [{ answered: id, row, byAuthor: Number(by_author) === 1 }] : [];
    });
  });
}

function noteFollowUp(engine: Engine, { answered, by, kind, audit }: Parameters<AftercareStore['noteFollowUp']>[0]) {
  return engine.write(async (tx, touched) => {
    const row = await tx.selectFrom('mention').selectAll().where('id', '=', answered).forUpdate().executeTakeFirst();
    if (!row || row.state === 'erased') return false;
    const made = await tx
      .insertInto('follow_up')
      .values({ mention_id: answered, by_mention: by, kind, at: Math.trunc(audit.at) })
      .onConflict((c) => c.columns(['mention_id', 'by_mention']).doNothing())
      .executeTakeFirst();
    if ((made.numInsertedOrUpdatedRows ?? 0n) === 0n) return false;
    if (kind !== 'scammer') await change(tx, touched, row, { came_back_at: Math.trunc(audit.at) });
    touched.mentions.add(answered);
    touched.events.push(audit);
    return true;
  });
}

async function repliesOut(engine: Engine, { source, since, limit }: Parameters<AftercareStore['repliesOut']>[0]) {
  const rows = await engine.read
    .selectFrom('receipt')
    .innerJoin('mention', 'mention.id', 'receipt.mention_id')
    .select(['receipt.key', 'receipt.mention_id', 'receipt.native_id'])
    .where('mention.source', '=', source)
    .where('mention.state', '!=', 'erased')
    .where('receipt.posted_at', '>=', since)
    .where('receipt.removed_at', 'is', null)
    .where('receipt.native_id', 'is not', null)
    .orderBy('receipt.posted_at', 'desc')
    .orderBy('receipt.key')
    .limit(limit)
    .execute();
  return rows.map(({ key, mention_id, native_id }) => ({ key, answered: mention_id, nativeId: native_id as string }));
}

function noteRemoved(engine: Engine, { key, answered, audit }: Parameters<AftercareStore['noteRemoved']>[0]) {
  return engine.write(async (tx, touched) => {
    const row = await tx.selectFrom('mention').selectAll().where('id', '=', answered).forUpdate().executeTakeFirst();
    const done = await tx
      .updateTable('receipt')
      .set({ removed_at: Math.trunc(audit.at) })
      .where('key', '=', key)
      .where('mention_id', '=', answered)
      .where('removed_at', 'is', null)
      .executeTakeFirst();
    if (!row || done.numUpdatedRows === 0n) return false;
    await change(tx, touched, row, {});
    touched.events.push(audit);
    return true;
  });
}
