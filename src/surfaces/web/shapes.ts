/**
 * The nouns of core as zod schemas: what the API answers with, and what its OpenAPI description says. A test holds each
 * shape to the type it mirrors, so that neither can change without the other.
 */
import * as z from 'zod';
import { STATES } from '../../core/moves.ts';
import { PRIORITIES, VOID_CODES } from '../../core/nouns.ts';

/** Gives a shape its name in the published description, so that it is written there once. */
export function named<Shape extends z.ZodType>(id: string, shape: Shape): Shape {
  return shape.meta({ id });
}

export const InstantShape = z.number().describe('Milliseconds since 1970-01-01 UTC.');

/** A sentence that somebody else said in English, in the other languages of the page, as far as they speak them. */
export const OtherWordsShape = z.object({
  'zh-Hans': z.string().exactOptional(),
  'zh-Hant': z.string().exactOptional(),
});
export type OtherWords = z.output<typeof OtherWordsShape>;

export const PermissionShape = named(
  'Permission',
  z.discriminatedUnion('how', [
    z.object({ how: z.literal('api') }),
    z.object({ how: z.literal('by-hand'), why: z.string() }),
    z.object({ how: z.literal('never'), why: z.string() }),
  ]),
);

export const StateShape = z.enum(STATES as [(typeof STATES)[number], ...typeof STATES]);
export const PriorityShape = z.enum(PRIORITIES);
export const LanguageShape = z.enum(['zh-Hans', 'zh-Hant', 'en', 'mixed', 'other']);
export const ReplyLanguageShape = z.enum(['zh-Hans', 'zh-Hant', 'en']);

export const FirstApprovalShape = named(
  'FirstApproval',
  z
    .object({
      by: z.string(),
      person: z.string().exactOptional(),
      at: InstantShape,
      revision: z.number(),
      fingerprint: z.string(),
    })
    .describe('One approval of two. Any change of what it saw takes it away.'),
);
export const HoldShape = named(
  'Hold',
  z.object({ by: z.string(), until: InstantShape }).describe('Somebody is writing here, until the lease runs out.'),
);
export const VoidCodeShape = z.enum(VOID_CODES);

export const MentionShape = named(
  'Mention',
  z.object({
    id: z.string(),
    connector: z.string(),
    nativeId: z.string(),
    source: z.string(),
    platform: z.string(),
    author: z.object({
      id: z.string(),
      handle: z.string().exactOptional(),
      name: z.string().exactOptional(),
      url: z.string().exactOptional(),
    }),
    text: z.string(),
    saidAt: InstantShape,
    heardAt: InstantShape,
    editedAt: InstantShape.exactOptional(),
    url: z.string().exactOptional(),
    conversationId: z.string().exactOptional(),
    parentId: z.string().exactOptional(),
    replyRef: z.string().exactOptional(),
    permission: PermissionShape,
    place: z.string().exactOptional(),
    attachments: z.array(
      z.object({
        url: z.string().exactOptional(),
        file: z.string().exactOptional().describe('We keep it: GET /mentions/:id/attachments/:file.'),
        type: z.string().exactOptional(),
        description: z.string().exactOptional(),
        width: z.number().exactOptional(),
        height: z.number().exactOptional(),
      }),
    ),
    langHint: z.string().exactOptional(),
    sample: z.boolean().describe('Invented, to look around with.'),
    state: StateShape,
    version: z
      .number()
      .describe('Goes up with every change. Send it with a decision; an older one is refused with 409.'),
    assignee: z.string().exactOptional(),
    snoozedUntil: InstantShape.exactOptional(),
    firstApproval: FirstApprovalShape.exactOptional(),
    hold: HoldShape.exactOptional(),
    cameBackAt: InstantShape.exactOptional().describe('When its author last wrote again after our answer.'),
    confirmedScammer: z.literal(true).exactOptional().describe('A person confirmed its author as a scammer.'),
    trouble: z.string().exactOptional(),
  }),
);

export const EvidenceShape = named(
  'Evidence',
  z.object({
    text: z.string(),
    start: z.number().describe('UTF-16 offset into the text of the mention.'),
    end: z.number().describe('UTF-16 offset, exclusive.'),
    voice: z.enum(['lexicon', 'grammar', 'model', 'rule']),
    weight: z.number(),
    speaksFor: z.string(),
  }),
);

export const AssessmentShape = named(
  'Assessment',
  z.object({
    problemType: z.string(),
    confidence: z.number(),
    unsure: z.boolean(),
    others: z.array(z.object({ type: z.string(), confidence: z.number() })),
    priority: PriorityShape,
    priorityReasons: z.array(z.string()),
    lang: LanguageShape,
    sentiment: z.enum(['negative', 'neutral', 'positive']),
    scam: z.number(),
    scamReasons: z.array(z.string()),
    personal: z.array(
      z.object({
        kind: z.enum([
          'card-number',
          'identity-number',
          'phone',
          'email',
          'one-time-code',
          'seed-phrase',
          'wallet-address',
          'order-id',
        ]),
        start: z.number(),
        end: z.number(),
      }),
    ),
    evidence: z.array(EvidenceShape),
    classifier: z.string(),
    at: InstantShape,
  }),
);

export const CheckShape = named('Check', z.object({ name: z.string(), ok: z.boolean(), why: z.string() }));
export const LengthShape = z.object({ used: z.number(), max: z.number() });

export const DraftShape = named(
  'Draft',
  z.object({
    mentionId: z.string(),
    revision: z.number(),
    text: z.string(),
    lang: ReplyLanguageShape,
    twin: z.string().exactOptional(),
    template: z
      .object({ id: z.string(), version: z.string(), articles: z.array(z.string()).exactOptional() })
      .exactOptional(),
    checks: z.array(CheckShape),
    length: LengthShape,
    by: z.string(),
    at: InstantShape,
  }),
);

export const ApprovalShape = named(
  'Approval',
  z.object({
    reply: z.object({
      key: z.string(),
      mentionId: z.string(),
      revision: z.number(),
      text: z.string(),
      approver: z.string(),
      firstApprover: z.string().exactOptional(),
      approvedAt: InstantShape,
      fingerprint: z.string(),
      how: z.enum(['api', 'by-hand']),
    }),
    state: z.enum(['approved', 'sending', 'posted', 'failed', 'unsure', 'by-hand', 'void']),
    attempts: z.number(),
    notBefore: InstantShape,
    firstTriedAt: InstantShape.exactOptional(),
    reason: z.string().exactOptional(),
    leaseUntil: InstantShape.exactOptional(),
  }),
);

export const ReceiptShape = named(
  'Receipt',
  z.object({
    key: z.string(),
    mentionId: z.string(),
    nativeId: z.string().exactOptional(),
    url: z.string().exactOptional(),
    postedAt: InstantShape,
    proof: z.enum(['answer', 'nonce', 'look-up', 'person']),
    confirmedBy: z.string().exactOptional(),
    removedAt: InstantShape.exactOptional().describe('When it was seen that the reply is not there any more.'),
  }),
);

export const AuditEventShape = named(
  'AuditEvent',
  z.object({
    seq: z.number(),
    at: InstantShape,
    actor: z.string(),
    action: z.string(),
    subject: z.string(),
    detail: z.record(z.string(), z.unknown()),
    hash: z.string(),
  }),
);

export const QueueRowShape = named(
  'QueueRow',
  z.object({
    mention: MentionShape,
    assessment: AssessmentShape.exactOptional(),
    draft: DraftShape.exactOptional(),
  }),
);

export const QueuePageShape = named(
  'QueuePage',
  z.object({ rows: z.array(QueueRowShape), next: z.string().exactOptional() }),
);

export const CoverageSpanShape = named(
  'CoverageSpan',
  z.object({
    kind: z.enum(['seen', 'hole']),
    from: InstantShape,
    to: InstantShape,
    cause: z.string().exactOptional(),
  }),
);

export const SourceStatusShape = named(
  'SourceStatus',
  z.object({
    source: z.string(),
    state: z.enum(['new', 'ok', 'rate-limited', 'unauthorized', 'blocked', 'unavailable', 'bad-shape', 'paused']),
    message: z.string(),
    lastSuccessAt: InstantShape.exactOptional(),
    lastTriedAt: InstantShape.exactOptional(),
    until: InstantShape.exactOptional(),
    failuresInARow: z.number(),
    stored: z.number(),
    skipped: z.number(),
  }),
);

export const SpendingShape = named(
  'Spending',
  z.object({
    month: z.string().describe('yyyy-mm, UTC.'),
    spentUsd: z.number(),
    expectedUsd: z.number().describe('At the end of the month, if it goes on like this.'),
    budgetUsd: z.number().describe('Nothing is asked or sent beyond it.'),
    state: z
      .enum(['fine', 'near', 'used-up'])
      .describe('`near`: four fifths are spent. `used-up`: the source is neither read nor answered until it renews.'),
    renewsAt: InstantShape,
    usedUpAt: InstantShape.exactOptional().describe('Where that is before the month ends, if it goes on like this.'),
  }),
);

export const ReportRowShape = named(
  'ReportRow',
  z.object({
    day: InstantShape,
    problemType: z.string(),
    source: z.string(),
    lang: z.string(),
    heard: z.number(),
    posted: z.number(),
    dismissed: z.number(),
    solved: z.number().describe('Their authors said that our answer solved it.'),
    unsolved: z.number(),
    cameBack: z.number().describe('Their authors wrote again after our answer.'),
  }),
);
