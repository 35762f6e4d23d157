/** The part of the API that is about alerts and clocks, as schemas. */
import * as z from 'zod';
import { InstantShape, named } from './shapes.ts';

export const ClockShape = named(
  'Clock',
  z.object({
    mentionId: z.string(),
    lane: z.string(),
    dueAt: InstantShape.describe('When somebody should have decided, by the working hours.'),
    alerted: z.number().describe('Alerts that were sent.'),
    failing: z.boolean().describe('An alert could not be sent yet.'),
    acknowledgedBy: z.string().exactOptional(),
  }),
);
export type ClockInfo = z.output<typeof ClockShape>;
