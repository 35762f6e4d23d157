import { z } from '#kit';

export const Options = z.object({
  urls: z
    .array(z.url({ protocol: /^https?$/ }))
    .min(1)
    .max(200)
    .describe('Addresses of the feeds: RSS, Atom, RDF or JSON Feed.'),
  keywords: z
    .array(z.string().trim().min(1))
    .default([])
    .describe(
      'Keep only items with one of these words, in any letter case, also inside Chinese sentences. Empty: all.',
    ),
  ourNames: z
    .array(z.string().trim().min(1))
    .default([])
    .describe('Names that our own people post under on these sites. Their items are left out.'),
  maxBytes: z
    .int()
    .min(10_000)
    .max(50 * 1024 * 1024)
    .default(10 * 1024 * 1024)
    .describe('The largest feed that is read, in bytes after unpacking.'),
});
export type Options = z.output<typeof Options>;

/** What is remembered of one feed. Saved together with its items, so validators never run ahead of them. */
export const FeedState = z.object({
  /** Sent back exactly as they came. */
  etag: z.string().optional(),
  lastModified: z.string().optional(),
  /** Parser and filters they were stored under. Under others the feed is read whole again. */
  filter: z.string().optional(),
  /** Where the feed lives now; ids stay bound to the address in the options. */
  movedTo: z.string().optional(),
  /** The site said that the feed is gone for good. */
  gone: z.boolean().optional(),
  /** When it was last read without trouble. */
  readAt: z.number().optional(),
  /** Hashes of items seen, newest reading first, to notice when a whole window went by unseen. */
  seen: z.array(z.string()).default([]),
});
export type FeedState = z.output<typeof FeedState>;

/** A round reads each feed once, one page per feed. */
export const Round = z.object({
  left: z.array(z.string()),
  /** Feeds that answered in this round. */
  answered: z.int(),
  failures: z.array(
    z.object({ kind: z.string(), message: z.string(), until: z.number().optional(), blocked: z.boolean().optional() }),
  ),
  /** When the last page was read. A round broken off long ago starts again with the first feed. */
  at: z.number(),
});
export type Round = z.output<typeof Round>;

export const Cursor = z.object({
  /** How far back the first reading of a feed looks. */
  since: z.number(),
  feeds: z.record(z.string(), FeedState),
  round: Round.optional(),
});
export type Cursor = z.output<typeof Cursor>;
