/** The part of the API that is about incidents, as schemas. */
import * as z from 'zod';
import {
  CheckShape,
  InstantShape,
  LengthShape,
  named,
  OtherWordsShape,
  QueueRowShape,
  ReplyLanguageShape,
  StateShape,
} from './shapes.ts';

const MasterReplyShape = z.object({
  zh: z.array(z.string()),
  en: z.array(z.string()),
  by: z.string(),
  at: InstantShape,
  revision: z.number(),
});

export const IncidentShape = named(
  'Incident',
  z.object({
    id: z.string(),
    version: z.number(),
    state: z.enum(['open', 'closed']),
    sample: z.boolean(),
    problemType: z.string(),
    openedAt: InstantShape,
    openedBy: z.string().describe('`earshot` where the alarm opened it.'),
    alarm: z
      .object({
        at: InstantShape,
        count: z.number().describe('Each author of a platform counted once.'),
        minutes: z.number(),
        usualPerHour: z.number(),
        hoursOfHistory: z.number(),
        littleHistory: z.boolean(),
        chance: z.number(),
        platforms: z.array(z.string()),
      })
      .exactOptional(),
    terms: z.record(z.string(), z.number()),
    answer: MasterReplyShape,
    solved: MasterReplyShape,
    lastMentionAt: InstantShape,
    closedAt: InstantShape.exactOptional(),
    closedBy: z.string().exactOptional(),
    closeReason: z.enum(['solved', 'false-alarm', 'quiet', 'other']).exactOptional(),
  }),
);
export type IncidentInfo = z.output<typeof IncidentShape>;

export const IncidentSummaryShape = z.object({ incident: IncidentShape, mentionIds: z.array(z.string()) });
export type IncidentSummaryInfo = z.output<typeof IncidentSummaryShape>;

export const IncidentDetailShape = named(
  'IncidentDetail',
  z.object({
    incident: IncidentShape,
    members: z.array(
      z.object({ mentionId: z.string(), joinedAt: InstantShape, joinedBy: z.string(), row: QueueRowShape }),
    ),
  }),
);
export type IncidentDetail = z.output<typeof IncidentDetailShape>;

const KindShape = z.enum(['answer', 'solved']);

export const PlanQuery = z.object({ kind: KindShape.default('answer') });
export const PlanRowShape = named(
  'PlanRow',
  z.object({
    mentionId: z.string(),
    version: z.number(),
    state: StateShape,
    platform: z.string(),
    place: z.string().exactOptional(),
    author: z.string(),
    how: z.enum(['api', 'by-hand', 'cannot', 'done']),
    why: z.string().exactOptional().describe('A short word such as `check-failed` or a state, else the rule in words.'),
    whyIn: OtherWordsShape.exactOptional(),
    as: z.string().exactOptional(),
    lang: ReplyLanguageShape.exactOptional(),
    text: z.string().exactOptional(),
    twin: z.string().exactOptional(),
    checks: z.array(CheckShape),
    length: LengthShape.exactOptional(),
    own: z.boolean().exactOptional().describe('A person wrote this text for this mention.'),
  }),
);
export type PlanRowInfo = z.output<typeof PlanRowShape>;

const mentionId = z.string().min(4).max(40);
const wordings = z.array(z.string().max(2000)).min(1).max(8);

export const INCIDENT_BODIES = {
  start: z.object({ mentionIds: z.array(mentionId).min(1).max(500) }),
  join: z.object({ mentionId }),
  leave: z.object({ mentionId }),
  reply: z.object({ version: z.int().min(0), kind: KindShape, zh: wordings, en: wordings }),
  close: z.object({ reason: z.enum(['solved', 'false-alarm', 'quiet', 'other']) }),
  reopen: z.object({}),
  approve: z.object({
    kind: KindShape,
    revision: z.int().min(0).describe('Of the reply to everybody, as it was on screen.'),
    rows: z
      .array(z.object({ mentionId, version: z.int().min(0), text: z.string().max(50_000) }))
      .min(1)
      .max(500),
  }),
} as const;
export type IncidentBody<Name extends keyof typeof INCIDENT_BODIES> = z.input<(typeof INCIDENT_BODIES)[Name]>;

export const RowResultShape = z.object({
  mentionId: z.string(),
  outcome: z.enum(['approved', 'by-hand', 'waiting', 'refused']),
  why: z.string().exactOptional(),
  code: z.string().exactOptional().describe('With `why`: a stable word, such as `conflict`.'),
  notBefore: InstantShape.exactOptional(),
});
export type RowOutcome = z.output<typeof RowResultShape>;
