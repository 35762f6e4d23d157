import { z } from '#kit';

const column = (what: string) => z.string().min(1).optional().describe(`Column or field that holds ${what}.`);

/** Which column holds what, for files whose names are not recognised. JSON fields may be dotted: `user.screen_name`. */
export const Columns = z.object({
  id: column("the record's own id"),
  title: column('a title or subject; it becomes the first line of the text'),
  text: column('what was said'),
  author: column("the author's handle, or an object that describes the author"),
  authorId: column("the author's id at the platform"),
  authorName: column("the author's name as shown"),
  time: column('when it was said'),
  url: column('the address where a person can read it'),
  parent: column('the id of the record that this one answers'),
  conversation: column('the id of the thread'),
  lang: column('the language'),
  place: column('the room, forum or product it was said in'),
  platform: column('the platform it was said on'),
});

export const FORMATS = ['jsonl', 'json', 'csv', 'discord', 'reddit', 'mbox'] as const;

export const Options = z.object({
  file: z.string().min(1).describe('Path of the file. It may be packed as .gz or .zst.'),
  format: z
    .enum(['auto', ...FORMATS])
    .default('auto')
    .describe('What the file is. `auto` looks at its content first, then at its name.'),
  preset: z
    .enum(['auto', 'none', 'twitter-support'])
    .default('auto')
    .describe(
      'A known CSV layout. `twitter-support`: tweet_id, author_id, inbound, text, …; only what customers wrote is read.',
    ),
  columns: Columns.prefault({}).describe('Which column or field holds what. Common names are found without it.'),
  delimiter: z
    .string()
    .length(1)
    .optional()
    .describe('What separates CSV columns. Found from the first line if left out.'),
  encoding: z
    .string()
    .default('auto')
    .refine((label) => label === 'auto' || isEncoding(label), 'No such encoding. Try utf-8, gb18030, big5 or utf-16le.')
    .describe('Encoding of the text: utf-8, gb18030, big5, utf-16le … `auto` goes by byte order mark and content.'),
  platform: z
    .string()
    .min(1)
    .optional()
    .describe('Where it was first said, such as `twitter`, if the file does not tell.'),
  place: z.string().min(1).optional().describe('The room or product it was said in, if the file does not tell.'),
  pageSize: z.int().min(1).max(5000).default(500).describe('Mentions stored at a time.'),
  since: z.iso.date().optional().describe('Leave out what was said before this day (yyyy-mm-dd, UTC).'),
  keywords: z
    .array(z.string().min(1))
    .default([])
    .describe('Keep only what contains one of these words. Empty keeps all.'),
});
export type Options = z.output<typeof Options>;

function isEncoding(label: string): boolean {
  try {
    new TextDecoder(label);
    return true;
  } catch {
    return false;
  }
}

const count = z.int().nonnegative();

/** Where reading stopped. Offsets count bytes of the unpacked text as UTF-8, so they hold for packed files too. */
export const Cursor = z.object({
  /** Size, time, content and reading of the file. Another value means another file: start over. */
  file: z.string(),
  offset: count,
  /** Lines before `offset`, for messages to people; messages instead of lines in a JSON list. */
  line: count,
  found: count,
  skipped: count,
  /** Understood, but not asked for: written by the company, too old, without a keyword. */
  left: count,
  /** Characters that could not be read in the file's encoding. */
  unreadable: count,
  done: z.boolean(),
});
export type Cursor = z.output<typeof Cursor>;
