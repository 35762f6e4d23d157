/** The part of the API that is about one mention, and what a person decides about it. */
import * as z from 'zod';
import { PersonName } from './people-api.ts';
import {
  ApprovalShape,
  AssessmentShape,
  AuditEventShape,
  CheckShape,
  DraftShape,
  type HoldShape,
  InstantShape,
  LengthShape,
  MentionShape,
  named,
  OtherWordsShape,
  QueueRowShape,
  ReceiptShape,
  ReplyLanguageShape,
  StateShape,
  VoidCodeShape,
} from './shapes.ts';

export const ReplyToShape = named(
  'ReplyTo',
  z.object({
    how: z.enum(['api', 'by-hand', 'never']),
    as: z.string().exactOptional().describe('The account we post as.'),
    where: z.string().describe('Platform and place in words.'),
    why: z.string().exactOptional().describe('Why only by hand, or why never, in English.'),
    whyIn: OtherWordsShape.exactOptional(),
  }),
);
export type ReplyTo = z.output<typeof ReplyToShape>;

export const TemplateChoiceShape = z.object({ id: z.string(), title: z.string() });

const price = z
  .number()
  .exactOptional()
  .describe('What posting it costs, in US dollars, where the platform charges for replies.');

/** A template as it would read here. */
export const TemplateOfferShape = named(
  'TemplateOffer',
  TemplateChoiceShape.extend({
    version: z.string(),
    text: z.string(),
    lang: ReplyLanguageShape,
    checks: z.array(CheckShape),
    length: LengthShape,
    priceUsd: price,
  }),
);
export type TemplateOffer = z.output<typeof TemplateOfferShape>;

export const NoteShape = named(
  'Note',
  z
    .object({
      id: z.string(),
      by: z.string(),
      text: z.string(),
      personal: AssessmentShape.shape.personal.describe('What of the text is covered.'),
      at: InstantShape,
      editedAt: InstantShape.exactOptional(),
      mine: z.boolean(),
    })
    .describe('Written for colleagues, and never posted.'),
);
export type NoteInfo = z.output<typeof NoteShape>;
export const NoteBody = z.object({ text: z.string().max(20_000) });

export const AuthorShape = named(
  'Author',
  z
    .object({
      byState: z.partialRecord(StateShape, z.number()).describe('How many other mentions of this author stand where.'),
      firstAt: InstantShape.exactOptional(),
      lastAt: InstantShape.exactOptional(),
      rows: z.array(QueueRowShape).describe('Other mentions, newest first.'),
      answers: z
        .array(
          z.object({
            mentionId: z.string(),
            text: z.string(),
            approver: z.string(),
            postedAt: InstantShape,
            url: z.string().exactOptional(),
          }),
        )
        .describe('What we answered this author before, newest first.'),
      judged: z.enum(['confirmed', 'cleared']).exactOptional().describe('What a person said: a scammer, or none.'),
    })
    .describe('From the platform of this mention only. Never joined with anybody elsewhere.'),
);
export type AuthorInfo = z.output<typeof AuthorShape>;

export const DetailShape = named(
  'Detail',
  z.object({
    mention: MentionShape,
    assessment: AssessmentShape.exactOptional(),
    drafts: z.array(DraftShape).describe('Newest revision last.'),
    approval: ApprovalShape.exactOptional(),
    reasonIn: OtherWordsShape.exactOptional().describe('The reason of the approval, in the other languages.'),
    receipt: ReceiptShape.exactOptional(),
    conversation: z.array(MentionShape).describe('The thread as far as we hold it, oldest first, this one included.'),
    history: z.array(AuditEventShape),
    replyTo: ReplyToShape,
    templates: z.array(TemplateChoiceShape),
    notes: z.array(NoteShape).describe('Oldest first.'),
    priceUsd: price.describe('What posting the latest draft costs, in US dollars, where the platform charges.'),
    needsTwo: z.boolean().describe('Two people are needed for a reply here.'),
    sendAt: z.number().describe('When a reply that is approved now would go out.'),
    voided: z
      .object({ approver: z.string(), code: VoidCodeShape, first: z.boolean() })
      .exactOptional()
      .describe('An approval that something took away, and nobody has seen to since.'),
    changed: VoidCodeShape.exactOptional().describe('What changed under a reply that waits to be posted by hand.'),
    mayUndo: z.boolean().describe('Whether `undo` takes the last decision back. False once a reply is on its way.'),
    undoes: z.string().exactOptional().describe('The decision that `undo` takes back, such as `dismissed`.'),
    /** Names of others who have this mention open. */
    lookingAt: z.array(z.string()),
  }),
);
export type Detail = z.output<typeof DetailShape>;

const version = z.int().min(0).describe('The version of the mention that the decision is about.');
const note = z.string().trim().max(500);
const httpUrl = z
  .url({ protocol: /^https?$/, error: 'Give the address of the reply, starting with http:// or https://.' })
  .max(2000);

/** The body of each decision, by the last part of its address. All answer the fresh `Detail`. */
export const DECISIONS = {
  approve: z.object({ version, revision: z.int().min(1), sendAt: z.number().optional() }),
  edit: z.object({ version, text: z.string().max(50_000) }),
  template: z.object({ version, templateId: z.string().min(1).max(300) }),
  dismiss: z.object({ version, reason: z.string().min(1).max(60), note: note.optional() }),
  snooze: z.object({ version, until: z.number() }),
  assign: z.object({ version, to: PersonName.nullable() }),
  escalate: z.object({ version, note }),
  correct: z.object({ version, problemType: z.string().min(1).max(100) }),
  undo: z.object({
    version,
    action: z
      .string()
      .max(60)
      .optional()
      .describe('Only if this is what I decided last here: the `undoes` of the answer to that decision.'),
  }),
  posted: z.object({ version, url: httpUrl.optional() }),
  settle: z.object({ version, outcome: z.enum(['posted', 'not-posted']), url: httpUrl.optional() }),
  retry: z.object({ version }),
} as const;
export type DecisionName = keyof typeof DECISIONS;
export type DecisionBody<Name extends DecisionName> = z.input<(typeof DECISIONS)[Name]>;

export const RevealBody = z.object({ start: z.number().int().min(0).describe('Where the covered span begins.') });
export const RevealedShape = z.object({ text: z.string() });
export type Hold = z.output<typeof HoldShape>;
export const HoldBody = z.object({ takeOver: z.boolean().optional() });
export const CheckBody = z.object({ text: z.string().max(50_000) });
export const CheckAnswer = z.object({ checks: z.array(CheckShape), length: LengthShape, priceUsd: price });
export type CheckResult = z.output<typeof CheckAnswer>;
