import type { Insertable, Selectable } from 'kysely';
import type { ApprovedReply, Assessment, Draft, FoundMention, Mention, Receipt } from '../core/nouns.ts';
import { PRIORITIES } from '../core/nouns.ts';
import type { Approval } from '../core/ports.ts';
import { clean, cleanOrNull, instant, toJson, webAddress } from './clean.ts';
import { type ApprovalTable, type DraftTable, type MentionTable, type ReceiptTable, UNRANKED } from './schema.ts';

export type MentionRow = Selectable<MentionTable>;

/** An object without the fields that the database holds as NULL. */
function present<T extends object>(fields: { [K in keyof T]: T[K] | null | undefined }): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined)) as T;
}

/** What of a row makes a mention: all but what its assessment says and what work on it is marked with. */
export const MENTION_COLUMNS = [
  'id',
  'connector',
  'native_id',
  'source',
  'platform',
  'author_json',
  'text',
  'said_at',
  'heard_at',
  'edited_at',
  'url',
  'conversation_id',
  'parent_id',
  'reply_ref',
  'permission_json',
  'place',
  'attachments_json',
  'lang_hint',
  'sample',
  'state',
  'version',
  'assignee',
  'snoozed_until',
  'first_approval_json',
  'held_by',
  'held_until',
  'came_back_at',
  'scammer',
  'trouble',
] as const satisfies (keyof MentionTable)[];

export function mentionOf(row: Pick<MentionRow, (typeof MENTION_COLUMNS)[number]>): Mention {
  return present<Mention>({
    id: row.id,
    connector: row.connector,
    nativeId: row.native_id,
    source: row.source,
    platform: row.platform,
    author: JSON.parse(row.author_json),
    text: row.text,
    saidAt: row.said_at,
    heardAt: row.heard_at,
    editedAt: row.edited_at,
    url: row.url,
    conversationId: row.conversation_id,
    parentId: row.parent_id,
    replyRef: row.reply_ref,
    permission: JSON.parse(row.permission_json),
    place: row.place,
    attachments: JSON.parse(row.attachments_json),
    langHint: row.lang_hint,
    sample: row.sample === 1,
    state: row.state,
    version: row.version,
    assignee: row.assignee,
    snoozedUntil: row.snoozed_until,
    firstApproval: row.first_approval_json === null ? null : JSON.parse(row.first_approval_json),
    hold: row.held_by === null ? null : { by: row.held_by, until: row.held_until },
    cameBackAt: row.came_back_at,
    confirmedScammer: row.scammer === 1 ? true : null,
    trouble: row.trouble,
  });
}

/** What a connector found, as columns. The same for a new mention and for an edit of a known one. */
export function foundColumns(found: FoundMention) {
  const { id, handle, name, url } = found.author;
  return {
    ...authorKeys(found.author),
    edited_at: found.editedAt === undefined ? null : instant(found.editedAt, 0),
    conversation_id: cleanOrNull(found.conversationId),
    parent_id: cleanOrNull(found.parentId),
    url: webAddress(found.url) ?? null,
    reply_ref: cleanOrNull(found.replyRef),
    place: cleanOrNull(found.place),
    lang_hint: cleanOrNull(found.langHint),
    permission_json: toJson(found.permission),
    author_json: toJson({ id, handle, name, url: webAddress(url) }),
    attachments_json: toJson((found.attachments ?? []).filter(({ url }) => url === undefined || webAddress(url))),
    text: clean(found.text),
  };
}

/** What all mentions of one author are found by. */
export function authorKeys({ id, handle }: Mention['author']) {
  return { author_id: clean(id), author_handle: handle === undefined ? null : handleKey(handle) };
}

export function handleKey(handle: string): string {
  return clean(handle).replace(/^@/, '').toLowerCase();
}

/** The words of an author that a mention is found by. */
export function authorWords(authorJson: string): string {
  const { handle = '', name = '' } = JSON.parse(authorJson) as Mention['author'];
  return `${handle} ${name}`;
}

export function assessmentOf(row: Pick<MentionRow, 'assessment_json'>): Assessment | undefined {
  return row.assessment_json === null ? undefined : (JSON.parse(row.assessment_json) as Assessment);
}

/** An assessment as columns: whole, and the parts that the queue filters by. None leaves an unassessed mention. */
export function assessmentColumns(assessment: Assessment | undefined) {
  const rank = assessment === undefined ? -1 : PRIORITIES.indexOf(assessment.priority);
  return {
    rank: rank < 0 ? UNRANKED : rank,
    problem_type: clean(assessment?.problemType ?? ''),
    lang: clean(assessment?.lang ?? ''),
    unsure: assessment?.unsure ? 1 : 0,
    scam: assessment?.scam ?? 0,
    assessment_json: assessment === undefined ? null : toJson(assessment),
    draft_fresh: 0,
  };
}

export const DRAFT_COLUMNS = [
  'mention_id',
  'revision',
  'text',
  'lang',
  'twin',
  'template_json',
  'checks_json',
  'length_json',
  'by',
  'at',
] as const;

export function draftOf(row: Selectable<DraftTable>): Draft {
  return present<Draft>({
    mentionId: row.mention_id,
    revision: row.revision,
    text: row.text,
    lang: row.lang as Draft['lang'],
    twin: row.twin,
    template: row.template_json === null ? null : JSON.parse(row.template_json),
    checks: JSON.parse(row.checks_json),
    length: JSON.parse(row.length_json),
    by: row.by,
    at: row.at,
  });
}

export function draftColumns(draft: Draft): Insertable<DraftTable> {
  return {
    mention_id: draft.mentionId,
    revision: draft.revision,
    text: clean(draft.text),
    lang: draft.lang,
    twin: cleanOrNull(draft.twin),
    template_json: draft.template === undefined ? null : toJson(draft.template),
    checks_json: toJson(draft.checks),
    length_json: toJson(draft.length),
    by: clean(draft.by),
    at: instant(draft.at, 0),
  };
}

export const APPROVAL_COLUMNS = [
  'key',
  'mention_id',
  'revision',
  'text',
  'approver',
  'first_approver',
  'approved_at',
  'fingerprint',
  'how',
  'state',
  'attempts',
  'not_before',
  'first_tried_at',
  'lease_until',
  'reason',
] as const;

export function approvalOf(row: Selectable<ApprovalTable>): Approval {
  const { key, revision, text, approver, fingerprint, how } = row;
  const reply = {
    key,
    mentionId: row.mention_id,
    revision,
    text,
    approver,
    ...(row.first_approver !== null && { firstApprover: row.first_approver }),
    approvedAt: row.approved_at,
    fingerprint,
    how,
  };
  return present<Approval>({
    // Written by `decide` from an ApprovedReply that review made; read back as what it was.
    reply: reply as unknown as ApprovedReply,
    state: row.state,
    attempts: row.attempts,
    notBefore: row.not_before,
    firstTriedAt: row.first_tried_at,
    reason: row.reason,
    leaseUntil: row.lease_until,
  });
}

export function approvalColumns(reply: ApprovedReply): Insertable<ApprovalTable> {
  return {
    key: reply.key,
    mention_id: reply.mentionId,
    revision: reply.revision,
    text: clean(reply.text),
    approver: clean(reply.approver),
    first_approver: cleanOrNull(reply.firstApprover),
    approved_at: instant(reply.approvedAt, 0),
    fingerprint: reply.fingerprint,
    how: reply.how,
    state: reply.how === 'by-hand' ? 'by-hand' : 'approved',
    attempts: 0,
    not_before: 0,
    first_tried_at: null,
    lease_until: null,
    reason: null,
  };
}

export const RECEIPT_COLUMNS = [
  'key',
  'mention_id',
  'native_id',
  'url',
  'posted_at',
  'proof',
  'confirmed_by',
  'removed_at',
] as const;

export function receiptOf(row: Selectable<ReceiptTable>): Receipt {
  return present<Receipt>({
    key: row.key,
    mentionId: row.mention_id,
    nativeId: row.native_id,
    url: row.url,
    postedAt: row.posted_at,
    proof: row.proof as Receipt['proof'],
    confirmedBy: row.confirmed_by,
    removedAt: row.removed_at,
  });
}

export function receiptColumns(receipt: Receipt): Insertable<ReceiptTable> {
  return {
    key: receipt.key,
    mention_id: receipt.mentionId,
    native_id: cleanOrNull(receipt.nativeId),
    url: webAddress(receipt.url) ?? null,
    posted_at: instant(receipt.postedAt, 0),
    proof: receipt.proof,
    confirmed_by: cleanOrNull(receipt.confirmedBy),
    removed_at: receipt.removedAt ?? null,
  };
}
