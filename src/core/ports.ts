/**
 * What the stages need from the world, and nothing of how it is done. `main.ts` plugs the real parts in, a test its own.
 */
import type { ConnectorError } from './failures.ts';
import type { Assessment, Draft, Instant, Mention, ReplyLanguage, SourceId } from './nouns.ts';

export type * from './attachments.ts';
export type * from './figures.ts';
export type * from './incidents.ts';
export type * from './intake.ts';
export type * from './machines.ts';
export type * from './records.ts';
export type * from './source.ts';
export type * from './store.ts';
export type * from './suspects.ts';
export type * from './template-use.ts';

/** Time comes in from outside, so that a test can hold it still. */
export interface Clock {
  now(): Instant;
}

/** What a verdict may rest on: the words, who wrote them and where. */
export interface ToClassify {
  text: string;
  author?: { handle?: string; name?: string };
  langHint?: string;
}

export interface Classifier {
  /** Lexicon, rules and model together. */
  readonly version: string;
  classify(post: ToClassify, now: Instant): Assessment;
}

/** The names that templates may use, from the workspace. */
export interface Facts {
  product: string;
  /** Official places only; drafts link nowhere else. */
  helpUrl?: string;
  supportEmail?: string;
  appFeedbackPath?: string;
  signature?: string;
  /** The root of our public help site; articles stand below it. */
  faqUrl?: string;
  /** What a person announced for now, and the problem types whose replies mention it. */
  notice?: { en: string; zh: string; problemTypes: readonly string[] };
  allowedLinks: readonly string[];
  /** Words that the team never says in a reply. */
  neverSay?: readonly string[];
}

/** Chooses, fills and checks a template. */
export interface TemplateBook {
  /** @param options.said texts of ours in the same thread, which are not said again */
  draft(
    mention: Mention,
    assessment: Assessment,
    now: Instant,
    options?: { templateId?: string; said?: readonly string[] },
  ): Draft | { none: string };
  /** The version that a template has now, or undefined where it is gone. A draft made from another one is out of date. */
  version(templateId: string): string | undefined;
  /** The other templates a reviewer may switch to, best first. */
  choices(mention: Mention, assessment: Assessment): { id: string; title: string }[];
  /** Guard rails and length over any text: drafted, edited or about to be approved. */
  check(
    mention: Mention,
    assessment: Assessment | undefined,
    text: string,
    lang: ReplyLanguage,
    said?: readonly string[],
  ): Pick<Draft, 'checks' | 'length'>;
}

/** Called when a source fails in a way that needs a person. */
export interface Notifier {
  sourceFailed(source: SourceId, failure: ConnectorError): void;
}
