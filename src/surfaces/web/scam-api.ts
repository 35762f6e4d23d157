/** The part of the API that is about scammers, as schemas. */
import * as z from 'zod';
import { SUSPECT_STATES } from '../../core/suspects.ts';
import { InstantShape, MentionShape, named, QueueRowShape } from './shapes.ts';

const AccountShape = z.object({ connector: z.string(), authorId: z.string() });
export const SuspectStateShape = z.enum(SUSPECT_STATES);

export const SuspectShape = named(
  'Suspect',
  AccountShape.extend({
    state: SuspectStateShape,
    by: z.string().exactOptional().describe('The person who confirmed or cleared it.'),
    at: InstantShape.exactOptional(),
    posts: z.number().describe('How many of their posts are held.'),
    likely: z.number().describe('How many of those look like a scam.'),
    scam: z.number().describe('The highest score of all, 0 to 1.'),
    firstAt: InstantShape,
    lastAt: InstantShape,
    latest: QueueRowShape,
  }),
);
const LookAlikeShape = named('LookAlike', z.object({ score: z.number(), reason: z.string() }));

export const SuspectsShape = z.array(
  z.object({ id: z.string(), suspect: SuspectShape, lookAlike: LookAlikeShape.exactOptional() }),
);
export type SuspectEntry = z.output<typeof SuspectsShape>[number];

export const SuspectFileShape = named(
  'SuspectFile',
  z.object({
    suspect: SuspectShape,
    lookAlike: LookAlikeShape.exactOptional(),
    posts: z.array(
      z.object({
        row: QueueRowShape,
        under: MentionShape.exactOptional().describe('The message below which it appeared.'),
      }),
    ),
  }),
);
export type SuspectFileInfo = z.output<typeof SuspectFileShape>;

const asked = { connector: z.string().min(1).max(60), authorId: z.string().min(1).max(300) };
export const AccountQuery = z.object(asked);
export type AccountAsked = z.output<typeof AccountQuery>;
export const SuspectsQuery = z.object({ cleared: z.enum(['true', 'false']).default('false') });
export const JudgeBody = z.object({ ...asked, from: SuspectStateShape, to: SuspectStateShape });
export type JudgeAsked = z.output<typeof JudgeBody>;
export const TakedownShape = z.object({
  text: z.string(),
  at: z.string().exactOptional().describe('Where the platform takes reports.'),
});
export type Takedown = z.output<typeof TakedownShape>;
export const WarnBody = z.object({ mentionId: z.string().min(4).max(40), version: z.int().min(0) });
