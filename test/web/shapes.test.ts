import { describe, expectTypeOf, it } from 'vitest';
import type * as z from 'zod';
import type { ApprovedReply, Assessment, Draft, Mention, Receipt } from '../../src/core/nouns.ts';
import type {
  Approval,
  AuditEvent,
  Case,
  CoverageSpan,
  QueuePage,
  ReportRow,
  SourceStatus,
  Spending,
} from '../../src/core/ports.ts';
import type * as shapes from '../../src/surfaces/web/api.ts';

type Said<Name extends keyof typeof shapes> = (typeof shapes)[Name] extends z.ZodType<infer Output> ? Output : never;

/** Checked by the compiler (`npm run types`): a field added to a noun and forgotten in its shape is red here. */
describe('the shapes of the API', () => {
  it('are exactly the nouns they mirror', () => {
    expectTypeOf<Said<'MentionShape'>>().toEqualTypeOf<Mention>();
    expectTypeOf<Said<'AssessmentShape'>>().toEqualTypeOf<Assessment>();
    expectTypeOf<Said<'DraftShape'>>().toEqualTypeOf<Draft>();
    expectTypeOf<Said<'ReceiptShape'>>().toEqualTypeOf<Receipt>();
    expectTypeOf<Said<'AuditEventShape'>>().toEqualTypeOf<AuditEvent>();
    expectTypeOf<Said<'QueuePageShape'>>().toEqualTypeOf<QueuePage>();
    expectTypeOf<Said<'CoverageSpanShape'>>().toEqualTypeOf<CoverageSpan>();
    expectTypeOf<Said<'SourceStatusShape'>>().toEqualTypeOf<SourceStatus>();
    expectTypeOf<Said<'SpendingShape'>>().toEqualTypeOf<Spending>();
    expectTypeOf<Said<'ReportRowShape'>>().toEqualTypeOf<ReportRow>();
  });

  it('hold all of a case and of an approval', () => {
    expectTypeOf<Exclude<keyof Case, 'said'>>().toExtend<keyof Said<'DetailShape'>>();
    expectTypeOf<Approval>().toExtend<Said<'ApprovalShape'>>();
    type Open = Exclude<keyof ApprovedReply, symbol>;
    expectTypeOf<keyof Said<'ApprovalShape'>['reply']>().toEqualTypeOf<Open>();
    expectTypeOf<keyof Said<'ApprovalShape'>>().toEqualTypeOf<keyof Approval>();
  });
});
