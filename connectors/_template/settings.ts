/** What an operator sets, and what is remembered from page to page. */
import { z } from '#kit';

export const Options = z.object({
  address: z
    .url({ protocol: /^https?$/ })
    .describe('Where the platform lives, such as https://example.org. Without a slash at the end.'),
  search: z.string().trim().min(1).describe('Words that a post must hold to be found.'),
  pageSize: z.int().min(1).max(100).default(50).describe('Posts per request.'),
});
export type Options = z.output<typeof Options>;

/** Ids of this platform are numbers that only grow, written as text: they may be larger than JavaScript's numbers. */
export const Cursor = z.object({ after: z.string() });
export type Cursor = z.output<typeof Cursor>;
