/** Feeds on one screen: what they are, what is allowed, and who does what. */
import { defineConnector, replyLimitFor } from '#kit';
import { FeedClient } from './client.ts';
import { lookAtAll, nextPage } from './listen.ts';
import { Cursor, Options, WORDS } from './settings.ts';
import { SAID } from './words.ts';

export const feed = defineConnector({
  about: {
    id: 'feed',
    name: 'Feeds',
    summary: 'Hears what forums, blogs and question sites publish as RSS, Atom, RDF or JSON Feed. Needs no account.',
    docs: 'https://www.rssboard.org/rss-specification',
    rules: 'https://www.rfc-editor.org/rfc/rfc9309.html',
    status: 'stable',
    words: WORDS,
    said: SAID,
  },
  options: Options,
  secrets: {},
  cursor: Cursor,
  limits: {
    // Replies are posted by hand; what a page takes depends on the site.
    maxReplyChars: 5000,
    // No feed sets numbers of its own beyond Retry-After and caching; these are polite.
    pullEverySeconds: 300,
    requests: { count: 60, perSeconds: 60 },
    verified: { at: 'https://www.rfc-editor.org/rfc/rfc9110.html#name-retry-after', on: '2026-11-22' },
  },

  open: (env) => new FeedClient(env),

  async check(client, signal) {
    return { id: 'no account', note: await lookAtAll(client, signal) };
  },

  pull: (client, from, signal) =>
    nextPage(client, 'cursor' in from ? from.cursor : { since: from.since, feeds: {} }, signal),

  replyLimit: replyLimitFor,
});
