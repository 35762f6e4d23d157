import { Refused } from '../../core/failures.ts';
import type { Mention } from '../../core/nouns.ts';
import type { ApprovalState, Case } from '../../core/ports.ts';
import { eventOf } from '../audit.ts';
import type { Engine, Tx } from '../engine.ts';
import { approvalOf, assessmentOf, draftOf, type MentionRow, mentionOf, receiptOf } from '../rows.ts';
import { saidInThreads } from './said.ts';

/** What an id or the beginning of one looks like. */
const BEGINNING = /^[0-9a-hjkmnp-tv-z]{4,16}$/;

/**
 * Everything about one mention.
 *
 * @throws Refused `ambiguous-id` when the beginning fits several.
 */
export function find(engine: Engine, idOrPrefix: string): Promise<Case | undefined> {
  const beginning = idOrPrefix.trim().toLowerCase();
  if (!BEGINNING.test(beginning)) return Promise.resolve(undefined);
  return engine.read.transaction().execute(async (tx) => {
    const row = await rowFor(tx, beginning);
    return row && caseOf(tx, row);
  });
}

async function rowFor(tx: Tx, beginning: string): Promise<MentionRow | undefined> {
  const rows = await tx
    .selectFrom('mention')
    .selectAll()
    .where('id', '>=', beginning)
    .where('id', '<', `${beginning}~`)
    .orderBy('id')
    .limit(2)
    .execute();
  const [first, second] = rows;
  if (first && second && first.id !== beginning) {
    throw new Refused(
      'ambiguous-id',
      `"${beginning}" fits several mentions, such as ${first.id} and ${second.id}. Give more of it.`,
    );
  }
  return first;
}

async function caseOf(tx: Tx, row: MentionRow): Promise<Case> {
  const drafts = await tx
    .selectFrom('draft')
    .selectAll()
    .where('mention_id', '=', row.id)
    .orderBy('revision')
    .execute();
  // An approval under way has its mention's state; an older one that is over does not stand any more.
  const approval = await tx
    .selectFrom('approval')
    .selectAll()
    .where('mention_id', '=', row.id)
    .where('state', '=', row.state as ApprovalState)
    .orderBy('approved_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  const receipt = await tx
    .selectFrom('receipt')
    .selectAll()
    .where('mention_id', '=', row.id)
    .orderBy('posted_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  const history = await tx.selectFrom('audit').selectAll().where('subject', '=', row.id).orderBy('seq').execute();
  const assessment = assessmentOf(row);
  return {
    mention: mentionOf(row),
    ...(assessment && { assessment }),
    drafts: drafts.map(draftOf),
    ...(approval && { approval: approvalOf(approval) }),
    ...(receipt && { receipt: receiptOf(receipt) }),
    conversation: await conversationOf(tx, row),
    said: (await saidInThreads(tx, [row.no])).get(row.id) ?? [],
    history: history.map(eventOf),
  };
}

async function conversationOf(tx: Tx, row: MentionRow): Promise<Mention[]> {
  if (row.conversation_id === null) return [mentionOf(row)];
  const rows = await tx
    .selectFrom('mention')
    .selectAll()
    .where('connector', '=', row.connector)
    .where('conversation_id', '=', row.conversation_id)
    .orderBy('said_at')
    .orderBy('no')
    .execute();
  return rows.map(mentionOf);
}
