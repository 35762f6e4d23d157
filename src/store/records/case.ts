import { sql } from 'kysely';
import { Refused } from '../../core/failures.ts';
import type { ApprovalState, Case } from '../../core/ports.ts';
import { EVENT_COLUMNS, eventOf } from '../audit.ts';
import { type Engine, PLANNED_ONCE, rowsIn } from '../engine.ts';
import {
  APPROVAL_COLUMNS,
  approvalOf,
  assessmentOf,
  DRAFT_COLUMNS,
  draftOf,
  MENTION_COLUMNS,
  mentionOf,
  RECEIPT_COLUMNS,
  receiptOf,
} from '../rows.ts';
import { inThread, saidInThread } from './said.ts';

/** What an id or the beginning of one looks like. */
const BEGINNING = /^[0-9a-hjkmnp-tv-z]{4,16}$/;
const WHOLE = 16;

/**
 * Everything about one mention, as it is at one moment.
 *
 * @throws Refused `ambiguous-id` when the beginning fits several.
 */
export async function find(engine: Engine, idOrPrefix: string): Promise<Case | undefined> {
  const beginning = idOrPrefix.trim().toLowerCase();
  if (!BEGINNING.test(beginning)) return undefined;
  const [first, second] = await cases(engine, beginning);
  if (first && second && first.id !== beginning) {
    throw new Refused(
      'ambiguous-id',
      `"${beginning}" fits several mentions, such as ${first.id} and ${second.id}. Give more of it.`,
    );
  }
  return first && caseOf(first);
}

type CaseRow = Awaited<ReturnType<typeof cases>>[number];

/** The one with this id, or the first two whose id begins so. One query: this is asked most of all, and each call to a server costs. */
function cases({ read, rows }: Engine, beginning: string) {
  const id = sql.ref<string>('mention.id');
  const drafts = read.selectFrom('draft').select(DRAFT_COLUMNS).where('mention_id', '=', id).orderBy('revision');
  // An approval under way has its mention's state; an older one that is over does not stand any more.
  const approvals = read
    .selectFrom('approval')
    .select(APPROVAL_COLUMNS)
    .where('mention_id', '=', id)
    .where('state', '=', sql.ref<ApprovalState>('mention.state'))
    .orderBy('approved_at', 'desc')
    .limit(1);
  const receipts = read
    .selectFrom('receipt')
    .select(RECEIPT_COLUMNS)
    .where('mention_id', '=', id)
    .orderBy('posted_at', 'desc')
    .limit(1);
  const history = read.selectFrom('audit').select(EVENT_COLUMNS).where('subject', '=', id).orderBy('seq');
  const conversation = inThread(read).select(MENTION_COLUMNS).orderBy('said_at').orderBy('no');
  const found = read
    .selectFrom('mention')
    .select([...MENTION_COLUMNS, 'assessment_json'])
    .select([
      rows(drafts).as('drafts'),
      rows(approvals).as('approvals'),
      rows(receipts).as('receipts'),
      rows(history).as('history'),
      rows(conversation).as('conversation'),
      rows(saidInThread(read)).as('said'),
    ]);
  if (beginning.length === WHOLE) return found.where('id', '=', beginning).modifyEnd(PLANNED_ONCE).execute();
  return found.where('id', '>=', beginning).where('id', '<', `${beginning}~`).orderBy('id').limit(2).execute();
}

function caseOf(row: CaseRow): Case {
  const [approval] = rowsIn(row.approvals);
  const [receipt] = rowsIn(row.receipts);
  const assessment = assessmentOf(row);
  const conversation = rowsIn(row.conversation).map(mentionOf);
  return {
    mention: mentionOf(row),
    ...(assessment && { assessment }),
    drafts: rowsIn(row.drafts).map(draftOf),
    ...(approval && { approval: approvalOf(approval) }),
    ...(receipt && { receipt: receiptOf(receipt) }),
    conversation: conversation.length === 0 ? [mentionOf(row)] : conversation,
    said: rowsIn(row.said).map(({ text }) => text),
    history: rowsIn(row.history).map(eventOf),
  };
}
