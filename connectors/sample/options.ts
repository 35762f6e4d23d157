import { z } from '#kit';

export const Options = z.object({
  file: z
    .string()
    .default('data/sample/mentions.jsonl')
    .describe(
      'A file with one invented mention per line (JSON). A path from the folder of Earshot, or an absolute one.',
    ),
});
export type Options = z.output<typeof Options>;

/** The file is read once; the cursor says that it was. */
export const Cursor = z.object({ done: z.literal(true) });
export type Cursor = z.output<typeof Cursor>;
