/** People who must know at once: what is sent to them, and what the records promise about it. Data only. */
import type { Instant } from './nouns.ts';
import type { NewAuditEvent } from './records.ts';

/** What an alert is about: a mention in a regulated lane, an incident, or the numbers of a week. */
export type AlertKind = 'mention' | 'incident' | 'digest';

/** An alert to one target. It holds no words of anybody: what is sent is made from the records at that moment, masked. */
export interface NewAlert {
  /** Made of subject, target and step, so that the same alert is never made twice, and a receiver knows it again. */
  id: string;
  kind: AlertKind;
  /** Id of the mention or incident, or the name of the week. */
  subject: string;
  /** Id of the target in the workspace. */
  target: string;
  /** `first`, `chase-1` … for an alert that nobody acknowledged, `before-30` and `late-0` around the time to answer. */
  step: string;
  /** Known to whoever was sent the alert, and to nobody else: acknowledges it without a sign-in. */
  token: string;
  createdAt: Instant;
}

export interface Alert extends NewAlert {
  /** `given-up` after a day of tries. */
  state: 'waiting' | 'sent' | 'given-up';
  attempts: number;
  /** Not tried before. */
  notBefore: Instant;
  sentAt?: Instant;
  acknowledgedAt?: Instant;
  acknowledgedBy?: string;
  /** Why the last try failed, without addresses and secrets. */
  error?: string;
}

/** The outbox of alerts. At least once: what was taken and not settled is taken again when its time is over. */
export interface AlertStore {
  /** Those that are there already stay as they are. Returns how many were new. */
  addAlerts(alerts: readonly NewAlert[]): Promise<number>;
  /** Takes what is due, for so long. Nobody else gets it until then. */
  takeAlerts(now: Instant, forMs: number, limit: number): Promise<Alert[]>;
  /** What became of a try. `again` is when the next one is; without it, it is given up. */
  settleAlert(id: string, outcome: { sentAt: Instant } | { error: string; again?: Instant }): Promise<void>;
  alertsOf(subjects: readonly string[]): Promise<Alert[]>;
  alertByToken(token: string): Promise<Alert | undefined>;
  /** All alerts about a subject, or only those to one target. False when there was nothing to acknowledge. */
  acknowledge(subject: string, target: string | undefined, audit: NewAuditEvent): Promise<boolean>;
}
