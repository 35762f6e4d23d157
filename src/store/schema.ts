import type { Generated } from 'kysely';
import type { State } from '../core/nouns.ts';
import type { ApprovalState } from '../core/ports.ts';
import type { InvitationTable, PersonTable, SessionTable, TokenTable, TriesTable } from './access/tables.ts';
import type { FollowUpTable } from './migrations/aftercare-schema.ts';
import type { AlertTable } from './migrations/alert-schema.ts';
import type { DeviceTable } from './migrations/device-schema.ts';
import type { ModelTable } from './migrations/model-schema.ts';
import type { AllowanceTable } from './migrations/shared-pace.ts';
import type { SuspectTable } from './migrations/suspect-schema.ts';
import type { TakenCallTable } from './migrations/taken-calls.ts';
import type { NoteTable, SavedViewTable, StartViewTable } from './migrations/triage-schema.ts';

/**
 * The tables, once, for every engine. Instants are milliseconds since 1970-01-01 UTC, truths are 0 or 1, and columns
 * that end in `_json` hold JSON as text: no engine is asked to look into them.
 */
export interface Tables {
  migration: { version: number; name: string; at: number };
  mention: MentionTable;
  draft: DraftTable;
  approval: ApprovalTable;
  receipt: ReceiptTable;
  correction: CorrectionTable;
  source: SourceTable;
  coverage: CoverageTable;
  audit: AuditTable;
  lease: LeaseTable;
  slot: SlotTable;
  allowance: AllowanceTable;
  kept: KeptTable;
  model: ModelTable;
  settings: SettingsTable;
  alert: AlertTable;
  device: DeviceTable;
  incident: IncidentTable;
  incident_mention: IncidentMentionTable;
  incident_reply: IncidentReplyTable;
  own_post: OwnPostTable;
  suspect: SuspectTable;
  follow_up: FollowUpTable;
  note: NoteTable;
  saved_view: SavedViewTable;
  start_view: StartViewTable;
  taken_call: TakenCallTable;
  person: PersonTable;
  session: SessionTable;
  invitation: InvitationTable;
  token: TokenTable;
  tries: TriesTable;
}

export interface MentionTable {
  /** The order of arrival, and the row number of the search index. Never leaves the store. */
  no: Generated<number>;
  id: string;
  connector: string;
  native_id: string;
  source: string;
  platform: string;
  state: State;
  version: number;
  sample: number;

  // What the queue sorts and filters by: copied out of the assessment, so that an index can hold it.
  /** Place in PRIORITIES; `UNRANKED` until assessed. */
  rank: number;
  /** Empty until assessed, like `lang`. */
  problem_type: string;
  lang: string;
  unsure: number;
  scam: number;
  assignee: string | null;

  said_at: number;
  heard_at: number;
  edited_at: number | null;
  posted_at: number | null;
  dismissed_at: number | null;
  /** When the author said that the answer solved it, or did not: at most one of them. */
  solved_at: number | null;
  unsolved_at: number | null;
  /** When the author last wrote again after our answer. */
  came_back_at: number | null;
  snoozed_until: number | null;
  /** Where `wake` brings it back to. */
  snoozed_from: State | null;

  claimed_by: string | null;
  claimed_until: number;
  /** Number of the newest draft; 0 when there is none. */
  draft_revision: number;
  /** 1 while a draft is newer than the assessment it answers. */
  draft_fresh: number;
  trouble: string | null;
  /** One approval of two. */
  first_approval_json: string | null;
  /** Who is writing a reply, until when. */
  held_by: string | null;
  held_until: Generated<number>;
  /** Erased at the source while a reply was on its way: erased here as soon as that is settled. */
  erase_asked: number;

  conversation_id: string | null;
  parent_id: string | null;
  url: string | null;
  reply_ref: string | null;
  place: string | null;
  lang_hint: string | null;
  permission_json: string;
  author_json: string;
  /** Copied out of `author_json`, to find all that one author wrote. */
  author_id: string | null;
  /** The handle without "@", in lower case. */
  author_handle: string | null;
  /** 1: a person confirmed the author as a scammer. Copied out of `suspect`, so that every look at a mention shows it. */
  scammer: Generated<number>;
  attachments_json: string;
  text: string;
  assessment_json: string | null;
}

export interface DraftTable {
  mention_id: string;
  revision: number;
  text: string;
  lang: string;
  twin: string | null;
  template_json: string | null;
  checks_json: string;
  length_json: string;
  by: string;
  at: number;
}

export interface ApprovalTable {
  /** Mention id and draft revision, see `draftKey`. */
  key: string;
  mention_id: string;
  revision: number;
  text: string;
  approver: string;
  /** Of two, the first. */
  first_approver: string | null;
  approved_at: number;
  fingerprint: string;
  how: 'api' | 'by-hand';
  state: ApprovalState;
  attempts: number;
  not_before: number;
  first_tried_at: number | null;
  lease_until: number | null;
  reason: string | null;
}

export interface ReceiptTable {
  key: string;
  mention_id: string;
  native_id: string | null;
  url: string | null;
  posted_at: number;
  proof: string;
  confirmed_by: string | null;
  /** When we saw that it is not at the source any more. */
  removed_at: number | null;
}

/** Posts of ours that a source showed, so that each is news once. */
export interface OwnPostTable {
  connector: string;
  native_id: string;
  seen_at: number;
}

export interface CorrectionTable {
  no: Generated<number>;
  mention_id: string;
  text: string;
  from_type: string;
  to_type: string;
  by: string;
  at: number;
  /** The assessment before, whole. None in rows older than the column. */
  before_json: string | null;
}

/** Cursor, health and counters of a source, in one row. */
export interface SourceTable {
  source: string;
  cursor_json: string | null;
  state: string;
  message: string;
  last_success_at: number | null;
  last_tried_at: number | null;
  until: number | null;
  failures_in_a_row: number;
  stored: number;
  skipped: number;
}

export interface CoverageTable {
  source: string;
  from_at: number;
  to_at: number;
  kind: 'seen' | 'hole';
  cause: string | null;
}

export interface AuditTable {
  seq: number;
  at: number;
  actor: string;
  action: string;
  subject: string;
  detail_json: string;
  hash: string;
}

/** What one process at a time does. A row that is over is taken by whoever comes next. */
export interface LeaseTable {
  name: string;
  holder: string;
  until: number;
}

/** Times of schedules that somebody has taken. */
export interface SlotTable {
  job: string;
  at: number;
  holder: string;
}

/** What connectors keep between runs, such as sign-ins that renew themselves. */
export interface KeptTable {
  scope: string;
  name: string;
  text: string;
}

/** Versions of the settings; the newest is in force. */
export interface SettingsTable {
  revision: number;
  document_json: string;
  version_json: string;
}

export interface IncidentTable {
  id: string;
  version: number;
  state: 'open' | 'closed';
  sample: number;
  opened_at: number;
  /** All that nobody searches by: see `Incident`. */
  body_json: string;
}

export interface IncidentMentionTable {
  incident_id: string;
  mention_id: string;
  joined_at: number;
  joined_by: string;
  /** 1: a person took it out, and it does not come back by itself. */
  gone: number;
}

/** Which approvals were made as part of an incident. */
export interface IncidentReplyTable {
  key: string;
  incident_id: string;
  mention_id: string;
  kind: 'answer' | 'solved';
}

/** The rank of a mention that nobody has assessed: between `high` and `low`, as `normal` is. */
export const UNRANKED = 2;
