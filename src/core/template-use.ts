import type { Instant, MentionId, ReplyLanguage } from './nouns.ts';

/** How people took to the drafts of one template, in all its versions, for one kind of reply. */
export interface TemplateUse {
  /** Its id. */
  template: string;
  problemType: string;
  /** Of the draft. */
  lang: string;
  platform: string;
  /** Replies that were let out and began as a draft of it. */
  approved: number;
  /** Those of them that nobody had to edit. */
  unedited: number;
}

/** A reply that was let out in a person's words, and the draft of a template that it began as. */
export interface EditedReply {
  mentionId: MentionId;
  /** As in a draft. */
  template: { id: string; version: string };
  lang: ReplyLanguage;
  before: string;
  after: string;
  by: string;
  at: Instant;
}
