/** The part of the API that is about numbers, as schemas. */
import * as z from 'zod';
import { InstantShape, named, ReportRowShape, SpendingShape } from './shapes.ts';

const days = z.coerce.number().int().min(1).max(366).default(30).describe('UTC days, today as far as it goes.');
export const ReportQuery = z.object({ days });
export const CSV_TABLES = ['volume', 'answers', 'decisions', 'quality', 'incidents', 'spending'] as const;
export type CsvTable = (typeof CSV_TABLES)[number];
export const CsvQuery = z.object({ days, table: z.enum(CSV_TABLES) });

const TotalsShape = z.object({
  heard: z.number(),
  posted: z.number(),
  dismissed: z.number(),
  solved: z.number(),
  unsolved: z.number(),
  cameBack: z.number(),
});

const AnswerTimesShape = z.object({
  count: z.number().describe('Mentions whose first answer went out.'),
  medianMs: z.number().exactOptional().describe('From when the mention was heard, by the clock.'),
  p90Ms: z.number().exactOptional(),
  withTarget: z.number(),
  within: z.number().describe('Of those that have a target, how many met it, by the working hours.'),
});

const DecisionsShape = z.object({
  approved: z.number(),
  edited: z.number().describe('Of the approved: in a person’s own words.'),
  inIncident: z.number().describe('Of the approved: the reply to everybody of an incident.'),
  dismissed: z.number(),
});

const QualityShape = z.object({
  decided: z.number().describe('Answered or dismissed.'),
  corrected: z.number().describe('Sorted otherwise by a person.'),
  byType: z.array(
    z.object({
      problemType: z.string(),
      decided: z.number(),
      wrong: z.number().describe('Sorted as this, and it was something else.'),
      missed: z.number().describe('Sorted as something else, and it was this.'),
      precision: z.number().exactOptional(),
      recall: z.number().exactOptional(),
    }),
  ),
  mixedUp: z.array(z.object({ from: z.string(), to: z.string(), count: z.number() })),
});

export const ReportShape = named(
  'Report',
  z.object({
    from: InstantShape,
    to: InstantShape.describe('Without this moment itself.'),
    rows: z.array(ReportRowShape),
    days: z.number().describe('How many days a row is for: `day` is the first of them.'),
    totals: TotalsShape,
    answers: AnswerTimesShape.extend({
      byType: z.array(AnswerTimesShape.extend({ problemType: z.string(), targetMinutes: z.number().exactOptional() })),
      byDay: z.array(AnswerTimesShape.extend({ day: InstantShape })),
    }),
    decisions: DecisionsShape.extend({ byType: z.array(DecisionsShape.extend({ problemType: z.string() })) }),
    quality: QualityShape,
    incidents: z.array(
      z.object({
        id: z.string(),
        problemType: z.string(),
        openedAt: InstantShape,
        closedAt: InstantShape.exactOptional(),
        closeReason: z.enum(['solved', 'false-alarm', 'quiet', 'other']).exactOptional(),
        mentions: z.number(),
      }),
    ),
    spending: z
      .array(SpendingShape.extend({ source: z.string(), name: z.string() }))
      .describe('This month, for each source that costs money, whatever period the rows are for.'),
    before: z.object({ totals: TotalsShape, answers: AnswerTimesShape }).describe('The same time before.'),
  }),
);
export type Report = z.output<typeof ReportShape>;
