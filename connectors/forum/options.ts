import { z } from '#kit';

export const Options = z.object({
  software: z
    .enum(['discourse', 'nodebb', 'stackexchange', 'v2ex'])
    .describe('What the forum runs on. Stack Exchange and V2EX are read only.'),
  address: z
    .url({ protocol: /^https?$/ })
    .describe(
      'Where the forum lives, such as https://forum.example.org. For Stack Exchange https://api.stackexchange.com, for V2EX https://www.v2ex.com.',
    ),
  useKey: z
    .boolean()
    .default(true)
    .describe(
      'False for a second forum of the same kind: the key of the first is then not shown to it. It is only read.',
    ),
  account: z
    .string()
    .trim()
    .max(100)
    .default('')
    .describe(
      'The account that the key speaks as. Discourse: its user name, needed with a key. NodeBB: its number, needed with a master token only.',
    ),
  searches: z
    .array(z.string().trim().min(1).max(200))
    .max(20)
    .default([])
    .describe(
      "Searches in the forum's own language. Empty: everything new is read. Stack Exchange needs one at least.",
    ),
  keywords: z
    .array(z.string().trim().min(1))
    .default([])
    .describe(
      'Keep only posts with one of these words, in any letter case, also inside Chinese sentences. Empty: all.',
    ),
  site: z
    .string()
    .regex(/^[a-z\d.-]+$/)
    .default('stackoverflow')
    .describe('Stack Exchange only: which of its sites, such as money or stackoverflow.'),
  nodes: z
    .array(z.string().regex(/^[\w-]+$/))
    .max(20)
    .default([])
    .describe(
      'V2EX only: nodes whose topics are heard. Empty: the newest topics of all, of which V2EX shows about ten.',
    ),
});
export type Options = z.output<typeof Options>;

/** What is remembered of one listing. */
export const Place = z.object({
  /**
   * The newest rank of the last two walks, older first. A walk goes back to the first of them, so that each stretch is
   * read twice: what a forum showed late, or moved to another page while it was read, is not missed.
   */
  tops: z.array(z.number()).max(2),
});
export type Place = z.output<typeof Place>;

export const Cursor = z.object({
  /** Nothing older is kept. */
  since: z.number(),
  /** Until when every listing has been read. */
  seenTo: z.number(),
  places: z.record(z.string(), Place),
  /** A round that is not over: which listing, from which page on, and the newest rank met in it so far. */
  walk: z
    .object({
      listing: z.string(),
      at: z.string().optional(),
      top: z.number().optional(),
      startedAt: z.number(),
      /** Why something may be missing from a listing of this round. */
      cause: z.string().optional(),
    })
    .optional(),
});
export type Cursor = z.output<typeof Cursor>;
