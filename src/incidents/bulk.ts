import { Conflict, Refused } from '../core/failures.ts';
import { draftKey } from '../core/ids.ts';
import type { Incident, IncidentWithMembers, ReplyKind } from '../core/incidents.ts';
import type { Instant, MentionId } from '../core/nouns.ts';
import type { Case, Clock, Store } from '../core/ports.ts';
import type { Actor } from '../core/rights.ts';
import { personName } from './person-name.ts';
import { type Planning, type PlanRow, planReplies } from './plan.ts';

/** The one decision of review that is needed here: the same rules and the same log as for a single approval. */
export interface Approving {
  approve(asked: {
    mentionId: MentionId;
    version: number;
    revision: number;
    by: string | Actor;
    notBefore?: Instant;
  }): Promise<Case>;
}

export interface BulkParts extends Planning {
  store: Store;
  clock: Clock;
  review: Approving;
  /** Between two replies on the same platform, in milliseconds. */
  paceMs(): number;
  find(id: string): Promise<IncidentWithMembers>;
}

/** A bulk approval names what was on the screen: which reply, and for each mention its version and the text. */
export interface BulkAsked {
  id: string;
  by: string | Actor;
  kind: ReplyKind;
  /** Revision of the master reply that was seen. */
  revision: number;
  rows: readonly { mentionId: MentionId; version: number; text: string }[];
}

export interface RowResult {
  mentionId: MentionId;
  /** `waiting`: approved by one, and a second approver has to follow. `refused`: `why` says why. */
  outcome: 'approved' | 'by-hand' | 'waiting' | 'refused';
  why?: string;
  /** Of what was thrown: `conflict`, or a refusal's own. */
  code?: string;
  /** When it is sent, at the earliest. */
  notBefore?: Instant;
}

/**
 * Approves one row after the other. A row is let out only if the plan made now is the one that was seen; each approval goes
 * through review by itself. Replies on one platform are spread over time, and stop for good where the incident closes or
 * its text changes.
 */
export async function approveAll(parts: BulkParts, asked: BulkAsked): Promise<RowResult[]> {
  const by = personName(asked.by, 'approve');
  const found = await parts.find(asked.id);
  mustStand(found.incident, asked);
  const planned = new Map((await planReplies(parts, found, asked.kind)).map((row) => [row.mentionId, row]));
  const next = new Map<string, Instant>();
  const results: RowResult[] = [];
  for (const seen of asked.rows) {
    const row = planned.get(seen.mentionId);
    try {
      results.push(await approveRow(parts, asked, seen, row, next));
    } catch (thrown) {
      if (!(thrown instanceof Refused) && !(thrown instanceof Conflict)) throw thrown;
      const code = thrown instanceof Refused ? thrown.code : 'conflict';
      results.push({ mentionId: seen.mentionId, outcome: 'refused', why: thrown.message, code });
    }
  }
  await parts.store.appendAudit({
    at: parts.clock.now(),
    actor: by,
    action: 'incident-approved',
    subject: found.incident.id,
    detail: {
      kind: asked.kind,
      revision: asked.revision,
      rows: results.map(({ mentionId, outcome }) => [mentionId, outcome]),
    },
  });
  return results;
}

const CHANGED = 'It changed since you looked. Look at the list again, then approve it.';

async function approveRow(
  parts: BulkParts,
  asked: BulkAsked,
  seen: BulkAsked['rows'][number],
  row: PlanRow | undefined,
  next: Map<string, Instant>,
): Promise<RowResult> {
  const { mentionId } = seen;
  if (!row || row.version !== seen.version || row.text !== seen.text || row.how === 'cannot' || row.how === 'done')
    throw new Conflict(CHANGED);
  const drafted = await draftIn(parts, row);
  const key = draftKey(mentionId, drafted.revision);
  await parts.store.noteReply(asked.id, { kind: asked.kind, key, mentionId });
  const notBefore = paced(parts, row, next);
  const after = await parts.review.approve({
    mentionId,
    ...drafted,
    by: asked.by,
    ...(notBefore !== undefined && { notBefore }),
  });
  await stopIfOver(parts, asked, key);
  const { state } = after.mention;
  if (state === 'by-hand') return { mentionId, outcome: 'by-hand' };
  if (state !== 'approved') return { mentionId, outcome: 'waiting' };
  return { mentionId, outcome: 'approved', notBefore: after.approval?.notBefore ?? parts.clock.now() };
}

/** The planned text as the newest draft, if it is not that yet. */
async function draftIn({ store }: BulkParts, row: PlanRow): Promise<{ version: number; revision: number }> {
  const { mentionId, version, draft } = row;
  if (draft) await store.saveDrafts([{ id: mentionId, version, draft }]);
  const now = await store.find(mentionId);
  const latest = now?.drafts.at(-1);
  if (!now || !latest || latest.text !== row.text || now.mention.version !== version + (draft ? 1 : 0))
    throw new Conflict(CHANGED);
  return { version: now.mention.version, revision: latest.revision };
}

/** Each platform takes one reply at a time: a burst of our own looks like spam, there and to its rules. */
function paced({ paceMs, clock }: BulkParts, row: PlanRow, next: Map<string, Instant>): Instant | undefined {
  if (row.how !== 'api') return undefined;
  const at = Math.max(clock.now(), next.get(row.platform) ?? 0);
  next.set(row.platform, at + paceMs());
  return at;
}

/** Closed or changed while this row was approved: the change could not take it back, so we do. */
async function stopIfOver({ store, find, clock }: BulkParts, asked: BulkAsked, key: string): Promise<void> {
  try {
    mustStand((await find(asked.id)).incident, asked);
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    for (const from of ['approved', 'by-hand'] as const)
      await store.step({
        key,
        from,
        to: 'void',
        reason,
        audit: {
          at: clock.now(),
          actor: personName(asked.by, 'approve'),
          action: 'voided',
          subject: key.split('.')[0] ?? key,
          detail: { reason },
        },
      });
    throw thrown;
  }
}

/** @throws Refused `incident-closed`, `not-solved`; Conflict when the text is another one by now. */
function mustStand(incident: Incident, { kind, revision }: Pick<BulkAsked, 'kind' | 'revision'>): void {
  if (kind === 'answer' && incident.state !== 'open')
    throw new Refused('incident-closed', 'This incident is closed, so nothing more is sent for it.');
  if (kind === 'solved' && incident.closeReason !== 'solved')
    throw new Refused('not-solved', 'Only when an incident is closed as solved are those who were answered told so.');
  if (incident[kind].revision !== revision)
    throw new Conflict(
      'Somebody changed the reply to everybody in the meantime. Look at the list again, then approve it.',
    );
}
