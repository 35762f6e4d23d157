/** The part of the API that is about the queue and its views. */
import * as z from 'zod';
import type { QueuePageShape } from './shapes.ts';

export const VIEWS = ['urgent', 'waiting', 'mine', 'by-hand', 'scam', 'later', 'done', 'all'] as const;
export type View = (typeof VIEWS)[number];

const oneOrMore = z
  .union([z.string().min(1).max(100), z.array(z.string().min(1).max(100)).max(50)])
  .transform((value) => (Array.isArray(value) ? value : [value]));

export const QueueQueryShape = z.object({
  view: z.enum(VIEWS).default('waiting'),
  search: z.string().max(200).optional().describe('Words that must all occur, also inside Chinese sentences.'),
  problemType: oneOrMore.optional().describe('May be given several times.'),
  source: oneOrMore.optional(),
  lang: oneOrMore.optional(),
  unsure: z
    .enum(['true', 'false'])
    .optional()
    .describe('`true`: only those the classifier is unsure about. `false`: only those it is sure about.'),
  assignee: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe('`me`, `nobody`, or `@` and the name of a person, such as `@Lin`.'),
  lane: z
    .string()
    .min(1)
    .max(60)
    .optional()
    .describe('Only problem types of this lane: `general`, `quiet`, `security`, `legal`.'),
  cameBack: z.literal('true').optional().describe('Only those whose author wrote again after our answer.'),
  removed: z.literal('true').optional().describe('Only those whose answer is not at the source any more.'),
  order: z.enum(['urgency', 'newest']).optional().describe('Default: by urgency; `done` and `all` by newest.'),
  after: z.string().max(500).optional().describe('The `next` of the page before.'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type QueueQueryInput = z.input<typeof QueueQueryShape>;

export const CountsShape = z.object({
  urgent: z.number(),
  waiting: z.number(),
  mine: z.number(),
  byHand: z.number(),
  scam: z.number(),
  later: z.number(),
  done: z.number(),
  sample: z.number(),
});
export type CountsAnswer = z.output<typeof CountsShape>;

export type { QueuePage, QueueRow } from '../../core/ports.ts';
export type QueueAnswer = z.output<typeof QueuePageShape>;
