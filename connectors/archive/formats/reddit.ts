import { safeUrl, z } from '#kit';
import type { Said } from '../messages.ts';
import { compact, instant } from '../text.ts';
import type { Format, Outcome } from './format.ts';
import { readLines } from './json.ts';

const text = z.string().nullish();
const time = z.union([z.number(), z.string(), z.boolean()]).nullish();

/** The fields we use of a post or comment, as the API and the public dumps write them. */
const Thing = z.object({
  id: z.string().min(1),
  author: text,
  subreddit: text,
  title: text,
  selftext: text,
  body: text,
  created_utc: time,
  edited: time,
  permalink: text,
  parent_id: z.union([z.string(), z.number()]).nullish(),
  link_id: text,
  removed_by_category: text,
});
type Thing = z.output<typeof Thing>;

const GONE = new Set(['[deleted]', '[removed]', '[deleted by user]', '[removed by moderator]', '[removed by reddit]']);

/** One post or comment a line. */
export const reddit: Format = {
  start: ({ file }) => ({ offset: file.bomLength, line: 0 }),
  read: (input, from) => readLines(input, from, outcomeOf),
};

function outcomeOf(record: Record<string, unknown>, where: string): Outcome {
  const thing = Thing.safeParse(record);
  if (!thing.success) {
    const field = thing.error.issues[0]?.path.join('.') || 'record';
    return { skip: `${where}: no Reddit post or comment (${field} is missing or of another kind)` };
  }
  const nativeId = fullName(thing.data);
  if (isGone(thing.data)) return { skip: `${where}: deleted or removed at Reddit`, nativeId };
  return { said: saidOf(thing.data, nativeId) };
}

function isGone({ author, title, selftext, body, removed_by_category }: Thing): boolean {
  return (
    Boolean(removed_by_category) ||
    [author, title, selftext, body].some((part) => GONE.has(part?.trim().toLowerCase() ?? ''))
  );
}

/** Comments are t1_…, posts t3_…. */
function fullName({ id, body }: Thing): string {
  return /^t\d_/.test(id) ? id : `${typeof body === 'string' ? 't1' : 't3'}_${id}`;
}

function saidOf(thing: Thing, id: string): Said {
  const { author, subreddit, title, selftext, body } = thing;
  const parent = typeof thing.parent_id === 'string' ? thing.parent_id : undefined;
  return compact<Said>({
    id,
    author: author
      ? { id: author, handle: author, url: `https://www.reddit.com/user/${encodeURIComponent(author)}` }
      : {},
    title: title ? unescapeHtml(title) : undefined,
    text: unescapeHtml(body ?? selftext ?? ''),
    saidAt: instant(thing.created_utc),
    editedAt: instant(thing.edited),
    url: addressOf(thing),
    conversationId: thing.link_id ?? (id.startsWith('t3_') ? id : undefined),
    parentId: parent,
    platform: 'reddit',
    place: subreddit ? `r/${subreddit}` : undefined,
  });
}

/** Dumps from before 2018 have no permalink for comments; it can be made from the ids. */
function addressOf({ id, permalink, link_id }: Thing): string | undefined {
  if (permalink) return safeUrl(permalink.startsWith('/') ? `https://www.reddit.com${permalink}` : permalink);
  const post = link_id?.replace(/^t3_/, '');
  return post ? safeUrl(`https://www.reddit.com/comments/${post}/_/${id.replace(/^t1_/, '')}/`) : undefined;
}

/** Reddit escapes these three, and only these, unless asked for raw JSON. */
function unescapeHtml(escaped: string): string {
  return escaped.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
