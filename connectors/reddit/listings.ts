import type { Instant } from '#kit';
import type { Access } from './access.ts';
import type { Options } from './options.ts';

/** One list of things that Reddit shows, newest first. */
export interface ListingSpec {
  /** Names it in the cursor and in messages. */
  key: string;
  uri: string;
  query(since: Instant, now: Instant): Record<string, string | number>;
  /** Keep only what holds one of the keywords. */
  filtered: boolean;
}

/** Every listing that these options ask for and that is open to us. */
export function listingsOf({ options, access }: { options: Options; access: Access }): ListingSpec[] {
  const plain = { query: () => ({}), filtered: false };
  const mentions: ListingSpec = { ...plain, key: 'username mentions', uri: '/message/mentions' };
  const ofSubreddits = unique(options.subreddits).flatMap((name): ListingSpec[] => [
    { ...plain, filtered: true, key: `r/${name}, comments`, uri: `/r/${name}/comments` },
    { ...plain, filtered: true, key: `r/${name}, posts`, uri: `/r/${name}/new` },
  ]);
  const searches = [...new Set(options.searches)].map((words) => searchFor(words, unique(options.searchIn)));
  return [...(options.usernameMentions && access === 'account' ? [mentions] : []), ...ofSubreddits, ...searches];
}

function searchFor(words: string, places: string[]): ListingSpec {
  const within = places.length > 0;
  return {
    key: `search for "${words}"${within ? ` in r/${places.join('+')}` : ''}`,
    uri: within ? `/r/${places.join('+')}/search` : '/search',
    query: (since, now) => ({
      q: words,
      sort: 'new',
      type: 'link',
      t: reachFor(now - since),
      ...(within && { restrict_sr: 1 }),
    }),
    filtered: false,
  };
}

const DAY = 86_400_000;

/** The shortest of Reddit's periods that surely holds everything since then. */
function reachFor(ms: number): string {
  if (ms < 6 * DAY) return 'week';
  if (ms < 27 * DAY) return 'month';
  return ms < 360 * DAY ? 'year' : 'all';
}

/** Names without "r/", each once. */
function unique(names: readonly string[]): string[] {
  const plain = names.map((name) => name.replace(/^\/?r\//, ''));
  return [...new Map(plain.map((name) => [name.toLowerCase(), name])).values()];
}
