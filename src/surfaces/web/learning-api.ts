/** The part of the API that is about learning from people and trying changes, as schemas. */
import * as z from 'zod';
import { InstantShape, named } from './shapes.ts';

const ContrastShape = z.object({
  champion: z.number(),
  challenger: z.number(),
  difference: z.number().describe('Challenger less champion.'),
  low: z.number().describe('In 95 of 100 samples like this one the difference lies between this and `high`.'),
  high: z.number(),
});
export type ContrastInfo = z.output<typeof ContrastShape>;
const LabelContrastShape = ContrastShape.extend({ label: z.string(), n: z.number() });
const ComparisonShape = z.object({
  n: z.number().describe('Texts it was measured on.'),
  labels: z.array(LabelContrastShape).describe('F1 of each problem type.'),
  macroF1: ContrastShape,
  accuracy: ContrastShape,
});

export const MeasuredShape = named(
  'Measured',
  z.object({
    at: InstantShape,
    by: z.string(),
    champion: z.string().describe('A version, or `shipped`.'),
    challenger: z.string(),
    first: z.boolean().describe('The model in use knows none of the problem types: the challenger is beside itself.'),
    lessons: z.number().describe('Of the texts: how many people here taught.'),
    comparison: ComparisonShape,
    worse: z.array(z.string()).describe('Protected types that get worse: they stand against a promotion.'),
    unproven: z.array(z.string()).describe('Protected types with too few texts to tell.'),
  }),
);
export type MeasuredInfo = z.output<typeof MeasuredShape>;

const TrainedShape = z.object({
  version: z.string(),
  by: z.string().exactOptional(),
  at: InstantShape.exactOptional(),
  examples: z.number().exactOptional(),
  lessons: z.number().exactOptional(),
});
export type TrainedInfo = z.output<typeof TrainedShape>;

/** What a replay tries. Nothing named: the challenger. */
const ChangeShape = z.object({
  setting: z
    .object({ section: z.string().min(1).max(60), value: z.unknown().optional() })
    .optional()
    .describe('A section of the settings as it would be, such as `brand`.'),
  template: z
    .object({ id: z.string().max(120), text: z.string().max(20_000).optional(), off: z.boolean().optional() })
    .optional()
    .describe('A template with other words, or out of use.'),
});

export const JobBody = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('train') }),
  z.object({ kind: z.literal('compare') }),
  z.object({ kind: z.literal('promote') }),
  z.object({
    kind: z.literal('replay'),
    days: z.int().min(1).max(90),
    change: ChangeShape.default({}),
  }),
]);
export type JobAsked = z.input<typeof JobBody>;
export type Job = z.output<typeof JobBody>;

export const JobShape = named(
  'Job',
  z.object({
    id: z.string(),
    kind: z.enum(['train', 'compare', 'promote', 'replay']),
    by: z.string(),
    at: InstantShape,
    phase: z.enum(['starting', 'training', 'comparing', 'replaying', 'done', 'failed', 'cancelled']),
    share: z.number().describe('Of this phase, from 0 to 1.'),
    code: z.string().exactOptional().describe('Why it failed, as a word for machines.'),
    message: z.string().exactOptional().describe('Why it failed, in a sentence.'),
  }),
);
export type JobInfo = z.output<typeof JobShape>;

export const JobsShape = z.object({ job: JobShape.exactOptional() });

export const LearningShape = named(
  'Learning',
  z.object({
    taught: z.object({
      total: z.number().describe('Mentions whose problem type people settled.'),
      corrected: z.number(),
      dismissed: z.number().describe('By a reason that names a type.'),
      fresh: z.number().describe('Since the model in use was made.'),
      byType: z.array(z.object({ problemType: z.string(), n: z.number() })),
      mixedUp: z.array(z.object({ from: z.string(), to: z.string(), n: z.number() })),
      people: z.array(z.object({ name: z.string(), n: z.number() })),
    }),
    protectedTypes: z.array(z.string()),
    champion: TrainedShape,
    promoted: z
      .array(z.object({ version: z.string(), by: z.string(), at: InstantShape }))
      .describe('Oldest first; the last is in use. Empty: the shipped model is.'),
    challenger: TrainedShape.exactOptional(),
    measured: MeasuredShape.exactOptional().describe('The last comparison of these two.'),
    job: JobShape.exactOptional().describe('What runs, or ran last.'),
  }),
);
export type Learning = z.output<typeof LearningShape>;

const counted = z.object({ gained: z.number(), lost: z.number() });
export const ReplayShape = named(
  'Replay',
  z.object({
    job: z.string(),
    days: z.number(),
    mentions: z.number(),
    changed: z.number(),
    retagged: z.number(),
    types: z.array(counted.extend({ type: z.string() })),
    priority: z.object({ n: z.number(), newlyUrgent: z.number(), noLongerUrgent: z.number() }),
    unsure: counted,
    scam: counted,
    drafts: counted.extend({ changed: z.number(), otherTemplate: z.number() }),
    corrections: ComparisonShape.describe('Both on what people corrected, without what either has learned.'),
    examples: z
      .array(
        z.object({
          id: z.string(),
          text: z.string(),
          problemType: z.tuple([z.string(), z.string()]).exactOptional(),
          priority: z.tuple([z.string(), z.string()]).exactOptional(),
          template: z.tuple([z.string().nullable(), z.string().nullable()]).exactOptional(),
          words: z.tuple([z.string().nullable(), z.string().nullable()]).exactOptional(),
        }),
      )
      .describe('The most serious of what changes, personal data covered.'),
  }),
);
export type ReplayAnswer = z.output<typeof ReplayShape>;
