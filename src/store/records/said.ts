import { sql } from 'kysely';
import type { MentionId } from '../../core/nouns.ts';
import type { ApprovalState } from '../../core/ports.ts';
import type { Db, Tx } from '../engine.ts';

/** An approval in one of these is out, or may be. */
const OUT: readonly ApprovalState[] = ['approved', 'sending', 'posted', 'unsure', 'by-hand'];

/** The mentions in the thread of another, inside a query over that one. Nothing where it has no thread. */
export function inThread(db: Db) {
  return db
    .selectFrom('mention as one')
    .where('one.connector', '=', sql.ref<string>('mention.connector'))
    .where('one.conversation_id', '=', sql.ref<string>('mention.conversation_id'));
}

/** What we said to others there. */
export function saidInThread(db: Db) {
  const others = inThread(db).select('one.id').where('one.no', '!=', sql.ref<number>('mention.no'));
  return db.selectFrom('approval').select('text').where('mention_id', 'in', others).where('state', 'in', OUT);
}

/** What we said to others in the threads of these mentions: mention id to texts. Those without a thread are left out. */
export async function saidInThreads(db: Db | Tx, numbers: readonly number[]): Promise<Map<MentionId, string[]>> {
  const rows = await db
    .selectFrom('mention')
    .innerJoin('mention as other', (join) =>
      join
        .onRef('other.connector', '=', 'mention.connector')
        .onRef('other.conversation_id', '=', 'mention.conversation_id')
        .onRef('other.no', '!=', 'mention.no'),
    )
    .innerJoin('approval', 'approval.mention_id', 'other.id')
    .select(['mention.id', 'approval.text'])
    .where('mention.no', 'in', numbers)
    .where('approval.state', 'in', OUT)
    .execute();
  const said = new Map<MentionId, string[]>();
  for (const { id, text } of rows) said.set(id, [...(said.get(id) ?? []), text]);
  return said;
}
