/** The part of the API that is about standing answers, as schemas. */
import * as z from 'zod';
import { CheckShape, named, ReplyLanguageShape } from './shapes.ts';

const words = z.object({ title: z.string().trim().min(1).max(200), text: z.string().trim().min(1).max(20_000) });
const WrittenShape = z.object({ en: words, 'zh-Hans': words });
export type WrittenAnswer = z.output<typeof WrittenShape>;

const SaidShape = z.object({ id: z.string(), lang: ReplyLanguageShape, title: z.string(), text: z.string() });
const FailedShape = CheckShape.extend({ lang: ReplyLanguageShape });
const found = {
  version: z.string().describe('Of the text in all languages: what an approval is bound to.'),
  failed: z.array(FailedShape).describe('Guard rails that stand against it.'),
  said: z.array(SaidShape).describe('As members read it in a chat.'),
};

export const AnswerShape = named(
  'StandingAnswer',
  z.object({
    id: z.string(),
    ...found,
    state: z.enum(['approved', 'changed', 'waiting']).describe('Members are given only what is `approved`.'),
    approval: z.object({ by: z.string(), at: z.string() }).exactOptional(),
    written: WrittenShape.exactOptional().describe('As it is written, with {{names}}. Left out while only proposed.'),
    check: z
      .object({
        owner: z.string().describe('The team that answers for it.'),
        checked: z.string().describe('The day somebody last compared it with the product: "2026-11-23".'),
        by: z.string().exactOptional().describe('Whoever said so here.'),
        due: z.string().describe('The day of the next check.'),
        overdue: z.boolean(),
      })
      .exactOptional()
      .describe('Left out while only proposed.'),
    own: z.boolean().describe('Written here.'),
    came: z.boolean().describe('One of this name came along.'),
    proposal: z.object({ by: z.string(), at: z.string(), written: WrittenShape, ...found }).exactOptional(),
  }),
);
export type AnswerInfo = z.output<typeof AnswerShape>;
export const AnswersShape = z.array(AnswerShape);

const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,60}$/);
export const ProposeBody = WrittenShape.extend({ id: id.optional().describe('Left out: a new answer.') });
export type ProposeAsked = z.input<typeof ProposeBody>;
export const AnswerTryShape = z.object({
  fault: z.string().exactOptional().describe('Why it cannot be read.'),
  ...found,
});
export type AnswerTry = z.output<typeof AnswerTryShape>;
export const AnswerIdBody = z.object({ id });
export const ApproveAnswerBody = z.object({ id, version: z.string().max(64).describe('As it was read.') });

export const AnswerVersionShape = z.object({
  revision: z.number(),
  by: z.string(),
  at: z.string().describe('ISO 8601, UTC.'),
  what: z.string(),
  written: WrittenShape.exactOptional(),
});
export type AnswerVersion = z.output<typeof AnswerVersionShape>;
