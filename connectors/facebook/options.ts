import { z } from '#kit';

export const Options = z.object({
  page: z
    .string()
    .regex(/^\d{1,20}$/)
    .describe('Id of our Page, a number: on Facebook under About, Page transparency, Page ID.'),
  app: z
    .string()
    .regex(/^\d{0,20}$/)
    .default('')
    .describe('Id of the app. With it and FACEBOOK_APP_SECRET, the end of the token is told 14 days ahead.'),
  hear: z
    .array(z.enum(['feed', 'tagged']))
    .min(1)
    .default(['feed', 'tagged'])
    .describe(
      '"feed": what others write on our Page, and the comments under everything there. "tagged": posts elsewhere that tag our Page, and the comments under them.',
    ),
  postDays: z
    .int()
    .min(1)
    .max(365)
    .default(30)
    .describe('Comments are heard under posts that are no older than this many days. More days take more requests.'),
  postsPerRequest: z
    .int()
    .min(1)
    .max(100)
    .default(25)
    .describe('Posts in one request, each with its newest comments. Lower it where Facebook asks for less data.'),
  version: z
    .string()
    .regex(/^v\d{1,3}\.\d$/)
    .default('v25.0')
    .describe('Version of the Graph API. Each ends about two years after it came; Earshot says so when it has.'),
  address: z
    .url({ protocol: /^https?$/ })
    .default('https://graph.facebook.com')
    .describe('Where the Graph API lives. Another one only for trying things out.'),
});
export type Options = z.output<typeof Options>;

/** How far the Page is read. A round lists the posts, newest first, then reads on where many comments are new. */
export const Cursor = z.object({
  /** What was said before it is not heard: how far the operator wanted to look back. */
  floor: z.int(),
  /** Everything said before it has been read. */
  since: z.int(),
  round: z
    .object({
      startedAt: z.int(),
      /** Lists that are still to be read, the first one from `after` on. Empty: from its beginning. */
      edges: z.array(z.enum(['feed', 'tagged'])),
      after: z.string(),
      /** Posts with more new comments than came with the list. */
      behind: z.array(z.object({ post: z.string(), after: z.string() })),
    })
    .optional(),
});
export type Cursor = z.output<typeof Cursor>;
