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
  LengthShape,
  MentionShape,
  named,
  ReceiptShape,
  VoidCodeShape,
} from './shapes.ts';

export const ReplyToShape = named(
  'ReplyTo',
  z.object({
    how: z.enum(['api', 'by-hand', 'never']),
    as: z.string().exactOptional().describe('The account we post as.'),
    where: z.string().describe('Platform and place in words.'),
    why: z.string().exactOptional().describe('Why only by hand, or why never.'),
  }),
);
export type ReplyTo = z.output<typeof ReplyToShape>;

export const TemplateChoiceShape = z.object({ id: z.string(), title: z.string() });

export const DetailShape = named(
  'Detail',
  z.object({
    mention: MentionShape,
    assessment: AssessmentShape.exactOptional(),
    drafts: z.array(DraftShape).describe('Newest revision last.'),
    approval: ApprovalShape.exactOptional(),
    receipt: ReceiptShape.exactOptional(),
    conversation: z.array(MentionShape).describe('The thread as far as we hold it, oldest first, this one included.'),
    history: z.array(AuditEventShape),
    replyTo: ReplyToShape,
    templates: z.array(TemplateChoiceShape),
    needsTwo: z.boolean().describe('Two people are needed for a reply here.'),
    sendAt: z.number().describe('When a reply that is approved now would go out.'),
    voided: z
      .object({ approver: z.string(), code: VoidCodeShape, first: z.boolean() })
      .exactOptional()
      .describe('An approval that something took away, and nobody has seen to since.'),
    changed: VoidCodeShape.exactOptional().describe('What changed under a reply that waits to be posted by hand.'),
    mayUndo: z.boolean().describe('Whether `undo` takes the last decision back. False once a reply is on its way.'),
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
  undo: z.object({ version }),
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
export const CheckAnswer = z.object({ checks: z.array(CheckShape), length: LengthShape });
export type CheckResult = z.output<typeof CheckAnswer>;
