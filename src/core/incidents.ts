/** Many mentions, one problem: the nouns of an incident, and what the records promise about them. Data only. */
import type { Instant, MentionId } from './nouns.ts';
import type { NewAuditEvent, QueueRow } from './records.ts';

/** 10 characters after "inc-": made of what it began with, so that two machines that notice it make one. */
export type IncidentId = string;

/** Why it ended. `solved` is the one after which those who were answered may be told. */
export type CloseReason = 'solved' | 'false-alarm' | 'quiet' | 'other';

/** What the alarm counted, and what it compared that with. */
export interface Alarm {
  at: Instant;
  /** Mentions of one problem, each author of a platform counted once. */
  count: number;
  /** In this many minutes. */
  minutes: number;
  /** The usual number in an hour at this hour of the week. */
  usualPerHour: number;
  /** Hours of history that speak about this hour of the week. */
  hoursOfHistory: number;
  /** True where there is too little history to say: the bar was higher, and the usual level partly a guess. */
  littleHistory: boolean;
  /** How likely so many are on a usual day: 0 to 1. */
  chance: number;
  platforms: string[];
}

/** The one reply to all of them: different wordings of the same thing, in Simplified Chinese and English. */
export interface MasterReply {
  zh: string[];
  en: string[];
  /** `earshot` for the proposal, else the person's name. */
  by: string;
  at: Instant;
  /** Counted up with every change: a bulk approval names the one it saw. */
  revision: number;
}

/** What is said to everybody of an incident: while it goes on, and once it is over. */
export type ReplyKind = 'answer' | 'solved';

export interface Incident {
  id: IncidentId;
  /** Goes up by one with every change, so that a decision on an older view can be refused. */
  version: number;
  state: 'open' | 'closed';
  sample: boolean;
  problemType: string;
  openedAt: Instant;
  /** `earshot`, or the person who started it. */
  openedBy: string;
  alarm?: Alarm;
  /** What its mentions speak of, and how many of them do: "top-up": 7. */
  terms: Record<string, number>;
  answer: MasterReply;
  solved: MasterReply;
  /** When the newest of its mentions was said. */
  lastMentionAt: Instant;
  closedAt?: Instant;
  closedBy?: string;
  closeReason?: CloseReason;
}

/** One mention in an incident, and what was approved for it there. */
export interface IncidentMember {
  mentionId: MentionId;
  joinedAt: Instant;
  joinedBy: string;
  replies: { kind: ReplyKind; key: string }[];
}

/** A mention as the watch over incidents sees it. */
export interface RecentRow extends QueueRow {
  /** The incident it belongs to, open or closed. */
  incident?: IncidentId;
  /** Incidents that a person took it out of: it does not join these by itself again. */
  leftFrom: readonly IncidentId[];
}

/** How many mentions of a type were said in an hour. */
export interface HourCount {
  /** Start of the hour. */
  hour: Instant;
  problemType: string;
  count: number;
}

/** All of it in one transaction; refused with `Conflict` where the incident is not the one that was seen. */
export interface IncidentChange {
  /** As it is to be afterwards. Its `version` is the one that was seen; 0 for a new one. */
  incident: Incident;
  /** Those that are in another open incident stay there. */
  join?: readonly MentionId[];
  leave?: readonly MentionId[];
  /** Takes back every reply of this incident that has not gone out, with this reason for people. */
  takeBack?: string;
  audit: NewAuditEvent;
}

export interface IncidentWithMembers {
  incident: Incident;
  /** In the order in which they were said. Those erased at their source are left out. */
  members: (IncidentMember & { row: QueueRow })[];
}

export interface IncidentSummary {
  incident: Incident;
  mentionIds: MentionId[];
}

export interface IncidentStore {
  saveIncident(change: IncidentChange): Promise<Incident>;
  /** Newest first, with the ids of their mentions. */
  incidents(query: { state?: Incident['state']; limit: number }): Promise<IncidentSummary[]>;
  /** By id or by an unambiguous beginning of at least 4 characters after "inc-". */
  incident(idOrPrefix: string): Promise<IncidentWithMembers | undefined>;
  /** Notes, before it is approved, that a reply belongs to an incident: `takeBack` finds it by that. */
  noteReply(incident: IncidentId, reply: { kind: ReplyKind; key: string; mentionId: MentionId }): Promise<void>;
  /** Assessed mentions said since, newest first; erased and dismissed ones are left out. */
  recent(query: { since: Instant; sample: boolean; limit: number }): Promise<RecentRow[]>;
  /** By hour and problem type, for what is usual. Hours without a mention have no row. */
  hourly(query: { from: Instant; to: Instant; sample: boolean }): Promise<HourCount[]>;
}
