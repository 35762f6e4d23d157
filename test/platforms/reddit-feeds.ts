import type { ServerResponse } from 'node:http';
import type { RedditPlatform, Thing } from './reddit.ts';

/**
 * The Atom feeds that Reddit publishes without a key: new posts, new comments, and searches over posts. 25 entries, at most
 * 100, and nothing behind them; what an author wrote stands between two marks, among Reddit's own words.
 */
export function sendFeed(response: ServerResponse, platform: RedditPlatform, url: URL): void {
  const { searchParams: query, pathname } = url;
  const [, names, what] = /^(?:\/r\/([\w+]+))?\/(new|comments|search)\/?\.rss$/.exec(pathname) ?? [];
  const within = names?.toLowerCase().split('+');
  if (!what || within?.some((name) => !platform.subreddits.has(name))) {
    response.writeHead(404, { 'content-type': 'text/html' }).end('<!doctype html><title>page not found</title>');
    return;
  }
  const words = (query.get('q') ?? '').toLowerCase();
  const entries = platform.things
    .filter(({ deleted, kind }) => !deleted && kind === (what === 'comments' ? 't1' : 't3'))
    .filter(({ subreddit }) => !within || within.includes(subreddit.toLowerCase()))
    .filter(({ title, text }) => what !== 'search' || `${title} ${text}`.toLowerCase().includes(words))
    .toSorted((a, b) => b.created - a.created)
    .slice(0, Math.min(Number(query.get('limit') ?? 25), 100));
  const head =
    '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/">';
  const frame = `<id>${pathname}</id><title>${what}</title><updated>${timeOf(Math.floor(platform.now() / 1000))}</updated>`;
  response.writeHead(200, { 'content-type': 'application/atom+xml; charset=UTF-8' });
  response.end(`${head}${frame}${entries.map((thing) => entryOf(thing, platform)).join('')}</feed>`);
}

function entryOf(thing: Thing, { things }: RedditPlatform): string {
  const { kind, name, author, subreddit, text, created, link } = thing;
  const post = things.find((one) => one.name === link);
  const page = `https://www.reddit.com/r/${subreddit}/comments/${link.slice(3)}/a_title/${kind === 't1' ? `${name.slice(3)}/` : ''}`;
  const title = kind === 't1' ? `/u/${author} on ${post?.title ?? ''}` : (thing.title ?? '');
  const own = text && `<!-- SC_OFF --><div class="md"><p>${escaped(text)}</p>\n</div><!-- SC_ON -->`;
  const around =
    kind === 't3' ? ` submitted by <a href="https://www.reddit.com/user/${author}"> /u/${author} </a>` : '';
  return [
    `<entry><author><name>/u/${author}</name><uri>https://www.reddit.com/user/${author}</uri></author>`,
    `<category term="${subreddit}" label="r/${subreddit}"/>`,
    `<content type="html">${escaped(own + around)}</content><id>${name}</id><link href="${page}" />`,
    `<updated>${timeOf(created)}</updated>${kind === 't3' ? `<published>${timeOf(created)}</published>` : ''}`,
    `<title>${escaped(title)}</title></entry>`,
  ].join('');
}

const timeOf = (seconds: number) => new Date(seconds * 1000).toISOString().replace('.000Z', '+00:00');
const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
