/** The part of the API that is about views which people save under a name. */
import * as z from 'zod';
import { VIEWS } from './queue-api.ts';
import { InstantShape, named } from './shapes.ts';

const value = z.string().min(1).max(200);

/** A view of the queue with its filters, each with one value: what an address of the inbox holds. */
export const SavedQueryShape = named(
  'SavedQuery',
  z.object({
    view: z.enum(VIEWS),
    search: value.exactOptional(),
    problemType: value.exactOptional(),
    source: value.exactOptional(),
    lang: value.exactOptional(),
    unsure: z.enum(['true', 'false']).exactOptional(),
    assignee: value.exactOptional(),
    lane: value.exactOptional(),
    cameBack: z.literal('true').exactOptional(),
    removed: z.literal('true').exactOptional(),
  }),
);
export type SavedQuery = z.output<typeof SavedQueryShape>;

export const SavedViewShape = named(
  'SavedView',
  z.object({
    id: z.string(),
    name: z.string(),
    team: z.boolean().describe('Seen by everybody; else by me alone.'),
    by: z.string(),
    mayChange: z.boolean().describe('Mine, or I may change settings.'),
    at: InstantShape,
    query: SavedQueryShape,
  }),
);
export type SavedViewInfo = z.output<typeof SavedViewShape>;

export const SavedViewsShape = z.object({
  views: z.array(SavedViewShape).describe('By name.'),
  start: z
    .string()
    .exactOptional()
    .describe('What the inbox opens with for me: the id of one, or a view such as `urgent`.'),
});
export type SavedViews = z.output<typeof SavedViewsShape>;

export const SaveViewBody = z.object({
  name: z
    .string()
    .trim()
    .min(1, 'Give the view a name.')
    .max(60, 'A name has at most 60 characters.')
    .regex(/^\P{Cc}*$/u, 'A name holds no control characters.'),
  team: z.boolean().default(false),
  query: SavedQueryShape,
});
export type SaveView = z.input<typeof SaveViewBody>;

export const StartViewBody = z.object({ view: z.string().min(1).max(60).nullable() });

export const ViewCountsShape = z
  .record(z.string(), z.object({ count: z.number(), more: z.boolean().describe('There are at least so many.') }))
  .describe('By the id of the view.');
export type ViewCounts = z.output<typeof ViewCountsShape>;
