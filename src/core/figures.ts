/** What reports are made of beside the daily rows, and what the records promise about it. Data only. */
import type { Instant, SourceId } from './nouns.ts';

/** The first answer of ours to a mention. */
export interface FirstAnswer {
  problemType: string;
  source: SourceId;
  lang: string;
  heardAt: Instant;
  answeredAt: Instant;
}

/** Replies that were let out and not taken back since. */
export interface ApprovalCount {
  problemType: string;
  lang: string;
  approved: number;
  /** Of these, in a person's own words instead of the template's. */
  edited: number;
  /** Of these, as part of an incident's reply to everybody. */
  inIncident: number;
}

/** Mentions that were taken for `from`, and that people said are about `to`. The same twice: sorted right, they said. */
export interface CorrectionCount {
  from: string;
  to: string;
  count: number;
}

/** What happened from `from` up to but without `to`. */
export interface FigureStore {
  /** Mentions whose first answer went out in this time. */
  firstAnswers(from: Instant, to: Instant): Promise<FirstAnswer[]>;
  /** By problem type and language of the mention. */
  approvalCounts(from: Instant, to: Instant): Promise<ApprovalCount[]>;
  /** Each corrected mention once: what it was taken for first, and what was said last. */
  correctionCounts(from: Instant, to: Instant): Promise<CorrectionCount[]>;
}
