/** The invented mentions, as they lie in their file. */
import { cleanText, type FoundMention, type Instant, safeUrl, z } from '#kit';

const Text = z.string().transform(cleanText).pipe(z.string().min(1));

/** One line of the file. */
const Line = z.object({
  nativeId: Text,
  platform: Text,
  place: Text,
  author: z.object({ id: Text, handle: Text.optional(), name: Text.optional() }),
  text: Text,
  /** Before the moment of reading, so that a sample is never old. */
  minutesAgo: z.number().min(0).max(1_000_000),
  conversationId: Text.optional(),
  parentId: Text.optional(),
  langHint: Text.optional(),
  url: z.string().optional(),
});

/** A line of the file as a mention that was said `minutesAgo` before `now`. Throws what is wrong with it, in words. */
export function readLine(line: string, now: Instant): FoundMention {
  const { author, minutesAgo, url, ...rest } = Line.parse(JSON.parse(line));
  const address = safeUrl(url);
  return {
    ...withoutGaps(rest),
    author: withoutGaps(author),
    saidAt: now - Math.round(minutesAgo * 60_000),
    ...(address && { url: address }),
    permission: { how: 'by-hand', why: 'This is a sample: nothing is posted.' },
  };
}

type Filled<T> = { [Key in keyof T]: Exclude<T[Key], undefined> };

/** zod gives `undefined` for what is left out; a found mention has no such keys. */
function withoutGaps<T extends object>(value: T): Filled<T> {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Filled<T>;
}
