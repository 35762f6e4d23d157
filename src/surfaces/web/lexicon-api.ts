/** The part of the API that is about the keywords that mentions are sorted by, as schemas. */
import * as z from 'zod';
import { named } from './shapes.ts';

const phrase = z.string().trim().min(1).max(120);
const OwnShape = z.object({
  phrase,
  problemType: z.string().min(1).max(60),
  weight: z.int().min(1).max(3).describe('3 names the problem outright, 2 points to it strongly, 1 leans towards it.'),
  off: z.boolean().describe('Not used, also where it came along.'),
});
export type OwnKeywordAsked = z.output<typeof OwnShape>;

export const OwnKeywordShape = named(
  'OwnKeyword',
  OwnShape.extend({ by: z.string().exactOptional(), at: z.string().exactOptional().describe('ISO 8601, UTC.') }),
);
export type OwnKeyword = z.output<typeof OwnKeywordShape>;

export const KeywordListShape = named(
  'KeywordList',
  z.object({
    came: z
      .array(
        z.object({ phrase: z.string(), problemType: z.string(), weight: z.number(), language: z.enum(['en', 'zh']) }),
      )
      .describe('Those that came along.'),
    own: z.array(OwnKeywordShape).describe('What the team added, and changed about the others.'),
  }),
);
export type KeywordList = z.output<typeof KeywordListShape>;

const own = z.array(OwnShape).max(2000);
export const KeywordListTryBody = z.object({ own });
export const KeywordListBody = z.object({
  before: own.describe('As it was read: another list there now is a conflict.'),
  own,
});
export type KeywordListChange = z.output<typeof KeywordListBody>;
export const KeywordBackBody = z.object({ revision: z.int().min(0) });

const ChangeShape = z.object({
  phrase: z.string(),
  problemType: z.string(),
  before: z
    .object({ weight: z.number(), off: z.boolean() })
    .exactOptional()
    .describe('Left out where it was as it came, or not there.'),
  after: z.object({ weight: z.number(), off: z.boolean() }).exactOptional(),
});
export type KeywordChange = z.output<typeof ChangeShape>;

export const KeywordVersionShape = named(
  'KeywordVersion',
  z.object({
    revision: z.number().describe('Of the settings.'),
    by: z.string(),
    at: z.string().describe('ISO 8601, UTC.'),
    changes: z.array(ChangeShape).describe('To the version before.'),
  }),
);
export type KeywordVersion = z.output<typeof KeywordVersionShape>;

export const KeywordListTryShape = named(
  'KeywordListTry',
  z.object({
    looked: z.number().describe('So many mentions were looked at, the last heard.'),
    words: z
      .array(z.object({ phrase: z.string(), problemType: z.string(), found: z.number() }))
      .describe('Each keyword that differs from those in force, and in how many mentions it stands.'),
    retagged: z.number().describe('So many mentions would have another problem type.'),
    types: z.array(z.object({ type: z.string(), gained: z.number(), lost: z.number() })),
    examples: z
      .array(
        z.object({
          id: z.string(),
          text: z.string(),
          place: z.string().exactOptional(),
          words: z.array(z.string()),
          from: z.string().describe('The problem type as it would be sorted now.'),
          to: z.string(),
        }),
      )
      .describe('Those that would change first, then the last heard; in part and with personal data covered.'),
  }),
);
export type KeywordListTry = z.output<typeof KeywordListTryShape>;
