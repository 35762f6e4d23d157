/**
 * What the stages and surfaces need of the records. One contract suite (test/contract/stores.test.ts) runs over every
 * engine that keeps these promises.
 */

import type { AccessStore } from './access.ts';
import type { AftercareStore } from './aftercare.ts';
import type { AlertStore } from './alerts.ts';
import type { AuthorStore } from './authors.ts';
import type { DeviceStore } from './devices.ts';
import type { FigureStore } from './figures.ts';
import type { IncidentStore } from './incidents.ts';
import type { KeptTexts, Machines, ModelShelf, SettingsShelf } from './machines.ts';
import type { NoteStore } from './notes.ts';
import type { Assessment, Draft, Hold, Instant, Mention, MentionId, SourceId } from './nouns.ts';
import type {
  Approval,
  ApprovalState,
  AuditEvent,
  Case,
  Change,
  ClaimedRow,
  Correction,
  Counts,
  Decision,
  Dismissal,
  Feedback,
  NewAuditEvent,
  OutboxStep,
  PageToSave,
  QueuePage,
  QueueQuery,
  ReportRow,
  Saved,
  StoreCondition,
  Upkeep,
} from './records.ts';
import type { SavedViewStore } from './saved-views.ts';
import type { CoverageSpan, SourceStatus } from './source.ts';
import type { SuspectStore } from './suspects.ts';
import type { EditedReply, TemplateUse } from './template-use.ts';

/** The records. One contract suite (test/contract/stores.test.ts) runs over every engine. */
export interface Store
  extends AftercareStore,
    AlertStore,
    AuthorStore,
    DeviceStore,
    FigureStore,
    IncidentStore,
    NoteStore,
    SavedViewStore,
    SuspectStore {
  /** Who may come in. */
  access: AccessStore;

  // collect
  /** Mentions and cursor in one commit; unique by connector and native id. */
  savePage(page: PageToSave): Promise<Saved>;
  cursor(source: SourceId): Promise<unknown | undefined>;
  /** Was this mark of `once` taken by the source before? */
  taken(source: SourceId, id: string): Promise<boolean>;
  /** Which of these mentions are held, and not erased. */
  held(mentions: readonly MentionId[]): Promise<Set<MentionId>>;
  /** Native ids among these that are stored already, for connectors that read until known. */
  known(connector: string, nativeIds: readonly string[]): Promise<Set<string>>;
  saveStatus(status: Omit<SourceStatus, 'stored' | 'skipped'>): Promise<void>;
  statuses(): Promise<SourceStatus[]>;
  coverage(source: SourceId): Promise<CoverageSpan[]>;
  /** Erases the author, text and everything derived, keeps the fact. For deletions at the source. */
  erase(connector: string, nativeIds: readonly string[], audit: NewAuditEvent): Promise<number>;
  /** Answered or dismissed mentions that were heard before `at`, for an end to keeping them; those heard first come first. */
  closedBefore(at: Instant, limit: number): Promise<{ connector: string; nativeId: string }[]>;
  /** Removes all sample mentions and their traces from the queue. */
  removeSample(audit: NewAuditEvent): Promise<number>;

  // classify, draft: work is claimed with a lease, so that two processes never do the same
  claim(
    stage: 'classify' | 'draft',
    worker: string,
    limit: number,
    leaseMs: number,
    now: Instant,
  ): Promise<ClaimedRow[]>;
  /** How many mentions wait to be sorted, counted no further than `most`. */
  unsorted(most: number): Promise<number>;
  /** Skips a mention whose version changed since it was claimed. `trouble` leaves it to a person. */
  saveAssessments(rows: readonly { id: MentionId; version: number; assessment: Assessment }[]): Promise<void>;
  saveDrafts(rows: readonly { id: MentionId; version: number; draft?: Draft; trouble?: string }[]): Promise<void>;

  // review
  queue(query: QueueQuery): Promise<QueuePage>;
  /** How many mentions a list holds, counted up to `most`. */
  countUpTo(query: Omit<QueueQuery, 'limit' | 'after'>, most: number): Promise<number>;
  counts(now: Instant): Promise<Counts>;
  /** By id or by an unambiguous beginning of at least 4 characters. */
  find(idOrPrefix: string): Promise<Case | undefined>;
  decide(decision: Decision): Promise<Mention>;
  /**
   * Holds a mention for a person until a time, or goes on holding it. A live hold of somebody else stays, unless it is
   * taken over. Returns the hold that stands. The mention keeps its version: who writes has decided nothing.
   */
  hold(asked: { mentionId: MentionId; by: string; now: Instant; until: Instant; takeOver?: boolean }): Promise<Hold>;
  /** Gives a hold of this person back. */
  release(mentionId: MentionId, by: string): Promise<void>;
  /** Snoozed mentions whose time has come, moved back to where they were. Returns how many. */
  wake(now: Instant): Promise<number>;
  /** All of them, oldest first, without what was corrected. */
  corrections(): Promise<Correction[]>;
  /** The newest about one mention, with what was corrected. */
  lastCorrection(mentionId: MentionId): Promise<Correction | undefined>;
  /** Mentions that stand dismissed for one of these reasons, last dismissed first, at most `limit`, among the newest 50,000. */
  dismissals(reasons: readonly string[], limit: number): Promise<Dismissal[]>;

  // post
  outbox(states: readonly ApprovalState[], limit: number): Promise<Approval[]>;
  /** False when somebody else took the step. */
  step(step: OutboxStep): Promise<boolean>;
  /**
   * A no brings a posted mention back to `assessed`; a yes settles it again while nobody has touched it.
   *
   * @returns false when the author said the same before
   * @throws Refused `not-answered` when no answer of ours is out, or the mention is not there any more
   */
  saveFeedback(feedback: Feedback): Promise<boolean>;

  // several machines
  machines: Machines;
  /** What connectors keep, where it does not lie in files of one machine. */
  kept: KeptTexts;
  /** Promoted models, where several machines sort. */
  models: ModelShelf;
  /** The settings, where they do not lie in a file of one machine. */
  settings: SettingsShelf;

  // watch over it
  audit(after: number, limit: number): Promise<AuditEvent[]>;
  appendAudit(event: NewAuditEvent): Promise<void>;
  /** A row for each UTC day; or for each `days` of them, counted from the day of `from`, where there would be too many. */
  report(from: Instant, to: Instant, days?: number): Promise<ReportRow[]>;
  /** The last 5,000 replies that stand or went out, by the template they began as. The bulk replies of an incident do not count. */
  templateUse(): Promise<TemplateUse[]>;
  /** Of the last `among` replies those that people edited, newest first. The same replies count as for `templateUse`. */
  editedReplies(among: number): Promise<EditedReply[]>;
  /** Calls back after each commit, also of other processes on the same store. Returns how to stop. */
  watch(onChange: (change: Change) => void): () => void;
  /**
   * What the database wants now and then and no person waits for: room made ahead, what is empty dropped. Changes nothing
   * that anybody finds. Any process may call it at any time. Returns what was done.
   */
  upkeep(): Promise<Upkeep[]>;
  /**
   * Whether the records lie in another place than they did: a dump was put back, or another server took over. Then what is
   * approved here may have gone out, and nothing is sent before `belongsHere`. False where nobody can tell, as for a file.
   */
  wasPutBack(): Promise<boolean>;
  /** What had to be done about it is done. */
  belongsHere(): Promise<void>;
  /** Writes a consistent copy to a file while running, and returns its size in bytes. */
  backup(file: string): Promise<number>;
  /** Engine and version in words. */
  describe(): Promise<string>;
  /** What this process met at the store lately. */
  condition(): StoreCondition;
  close(): Promise<void>;
}
