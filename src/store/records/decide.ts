import type { Updateable } from 'kysely';
import { Conflict, Refused } from '../../core/failures.ts';
import type { Draft, Mention, State } from '../../core/nouns.ts';
import type { Decision } from '../../core/ports.ts';
import { clean, instant, toJson } from '../clean.ts';
import type { Engine, Tx } from '../engine.ts';
import { assessmentColumns, draftColumns, type MentionRow } from '../rows.ts';
import type { MentionTable } from '../schema.ts';
import { approve, follow, saveReceipt } from './approvals.ts';
import { keepCorrection } from './corrections.ts';
import { eraseIfAsked } from './erase.ts';
import { changed, moved } from './mentions.ts';

/** A person's decision about one mention, with everything that belongs to it, in one commit. */
export function decide(engine: Engine, decision: Decision): Promise<Mention> {
  const at = decision.audit.at;
  return engine.write(async (tx, touched) => {
    const row = await expected(tx, decision);
    const to = targetOf(decision);
    const columns: Updateable<MentionTable> = {
      ...(to !== undefined && moved(row, to, at)),
      ...(await draftingColumns(tx, row, decision)),
      ...(decision.assignee !== undefined && {
        assignee: decision.assignee === null ? null : clean(decision.assignee),
      }),
      ...snoozing(to, decision),
      ...firstApprovalAfter(to, decision),
      // Whoever wrote here has decided; giving it to somebody is no decision about the reply.
      ...(decision.assignee === undefined && { held_by: null, held_until: 0 }),
      ...(decision.receipt && { posted_at: instant(decision.receipt.postedAt, at) }),
    };
    if (decision.approval) await approve(tx, decision.approval, decision.sendNotBefore);
    else if (to !== undefined) await follow(tx, row.id, to, reasonOf(decision));
    if (decision.receipt) await saveReceipt(tx, decision.receipt);
    if (decision.correction) await keepCorrection(tx, row.id, decision.correction);
    const mention = await changed(tx, touched, row, columns);
    touched.events.push(decision.audit);
    return (await eraseIfAsked(tx, engine.search, touched, row, at)) ?? mention;
  });
}

async function expected(tx: Tx, { mentionId, expectedVersion }: Decision): Promise<MentionRow> {
  const row = await tx.selectFrom('mention').selectAll().where('id', '=', mentionId).forUpdate().executeTakeFirst();
  if (!row) throw new Refused('unknown-mention', `There is no mention ${mentionId} here. It may have been removed.`);
  if (row.version !== expectedVersion) throw new Conflict();
  return row;
}

/** Where the decision leads. An approval or a receipt says it by itself. */
function targetOf({ to, approval, receipt }: Decision): State | undefined {
  if (approval) {
    const implied = approval.how === 'by-hand' ? 'by-hand' : 'approved';
    if (to === undefined || to === implied) return implied;
    throw new Refused('not-from-here', `A reply that is approved to go out "${approval.how}" cannot become "${to}".`);
  }
  return to ?? (receipt ? 'posted' : undefined);
}

/** A first approval is bound to what its person saw: whatever changes that, or moves the mention, takes it away. */
function firstApprovalAfter(to: State | undefined, decision: Decision): Updateable<MentionTable> {
  const { firstApproval, draft, assessment, approval } = decision;
  if (firstApproval) return { first_approval_json: toJson(firstApproval) };
  const taken = firstApproval === null || to !== undefined || draft || assessment || approval;
  return taken ? { first_approval_json: null } : {};
}

/** @throws Refused `no-time`: what is snoozed without a time would never come back. */
function snoozing(to: State | undefined, { snoozedUntil }: Decision): Updateable<MentionTable> {
  const until = typeof snoozedUntil === 'number' ? instant(snoozedUntil, -1) : snoozedUntil;
  if (to === 'snoozed' && (until ?? -1) < 0) throw new Refused('no-time', 'Say until when it is to be snoozed.');
  return until === undefined ? {} : { snoozed_until: until };
}

async function draftingColumns(
  tx: Tx,
  row: MentionRow,
  { assessment, draft }: Decision,
): Promise<Updateable<MentionTable>> {
  if (draft) await insertDraft(tx, row, draft);
  return {
    ...(assessment && assessmentColumns(assessment)),
    ...(draft && { draft_revision: draft.revision, draft_fresh: 1 }),
    ...((assessment || draft) && { trouble: null }),
  };
}

async function insertDraft(tx: Tx, row: MentionRow, draft: Draft): Promise<void> {
  if (draft.revision <= row.draft_revision) {
    throw new Conflict(`Revision ${draft.revision} of this reply exists already. Look at it again, then decide.`);
  }
  await tx
    .insertInto('draft')
    .values(draftColumns({ ...draft, mentionId: row.id }))
    .execute();
}

function reasonOf({ audit }: Decision): string {
  const { reason } = audit.detail;
  return typeof reason === 'string' && reason !== '' ? reason : `Taken back by ${audit.actor}.`;
}
