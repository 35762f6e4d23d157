import type { FirstApproval, Instant, VoidCode } from '../../core/nouns.ts';
import type { NewAuditEvent } from '../../core/ports.ts';
import type { Touched, Tx } from '../engine.ts';
import type { MentionRow } from '../rows.ts';
import { voidStanding } from './approvals.ts';
import { change, moved } from './mentions.ts';

const SENTENCES: Partial<Record<VoidCode, (approver: string) => string>> = {
  'new-message': (who) =>
    `A new message came into the conversation after ${who} approved. Read it, then approve again.`,
  'colleague-answered': (who) =>
    `A colleague answered in the conversation after ${who} approved. Read it, then decide.`,
  'edited-at-source': (who) => `The author edited the message after ${who} approved. Read it, then approve again.`,
  'permission-changed': (who) =>
    `How we may answer here changed after ${who} approved. Look at it, then approve again.`,
};

/** Whose approval it is, and when it was given. */
interface Whose {
  approver: string;
  at: Instant;
  first?: true;
}

/** Who approved what waits here, as the log tells it when that becomes void. Nothing when nobody did. */
export async function approverOf(tx: Tx, row: MentionRow): Promise<Whose | undefined> {
  if (row.first_approval_json !== null) {
    const { by, at } = JSON.parse(row.first_approval_json) as FirstApproval;
    return { approver: by, at, first: true };
  }
  if (row.state !== 'approved' && row.state !== 'by-hand') return undefined;
  const standing = await tx
    .selectFrom('approval')
    .select(['approver', 'approved_at'])
    .where('mention_id', '=', row.id)
    .where('state', '=', row.state)
    .executeTakeFirst();
  return standing && { approver: standing.approver, at: standing.approved_at };
}

/**
 * Takes an approval away because of something at the source: one that waits to be sent, or the first of two. What is on its
 * way is settled first, and what a person posts by hand may be out already: they are told instead.
 */
export async function voidApproval(
  tx: Tx,
  touched: Touched,
  row: MentionRow,
  code: VoidCode,
  at: Instant,
  givenBefore = Number.POSITIVE_INFINITY,
): Promise<void> {
  const whose = row.state === 'by-hand' ? undefined : await approverOf(tx, row);
  if (!whose || whose.at >= givenBefore) return;
  const reason = SENTENCES[code]?.(whose.approver) ?? 'Something changed after the approval.';
  const approved = row.state === 'approved';
  if (approved) await voidStanding(tx, row.id, reason);
  const columns = { first_approval_json: null, ...(approved && moved(row, 'drafted', at)) };
  await change(tx, touched, row, columns);
  Object.assign(row, columns, { version: row.version + 1 });
  touched.events.push(voidedEvent(row.id, voidedDetail(whose, code), reason, at));
}

function voidedEvent(subject: string, voided: object, reason: string, at: Instant): NewAuditEvent {
  return { at, actor: 'earshot', action: 'voided', subject, detail: { reason, voided } };
}

/** As `stages/review` reads it from the log. */
export function voidedDetail({ approver, first }: Whose, code: VoidCode) {
  return { approver, code, ...(first && { first }) };
}

/** Something new was said in these threads, so that what was approved there was approved on an older view. */
export async function voidInThreads(
  tx: Tx,
  touched: Touched,
  connector: string,
  threads: readonly string[],
  { code, at, but = [], givenBefore }: { code: VoidCode; at: Instant; but?: readonly string[]; givenBefore?: Instant },
): Promise<void> {
  for (let start = 0; start < threads.length; start += 500) {
    const rows = await tx
      .selectFrom('mention')
      .selectAll()
      .where('connector', '=', connector)
      .where('conversation_id', 'in', threads.slice(start, start + 500))
      .where((e) => e.or([e('state', '=', 'approved'), e('first_approval_json', 'is not', null)]))
      .orderBy('id')
      .forUpdate()
      .execute();
    for (const row of rows) if (!but.includes(row.id)) await voidApproval(tx, touched, row, code, at, givenBefore);
  }
}
