import { ConnectorError, defineConnector, type Identity } from '#kit';
import { examine, SECRETS } from './access.ts';
import { RedditApi } from './api.ts';
import { listingsOf } from './listings.ts';
import { Cursor, Options } from './options.ts';
import { recheck } from './recheck.ts';
import { find, send } from './reply.ts';
import { nextPage } from './round.ts';
import { WORDS } from './words.ts';

export const reddit = defineConnector({
  about: {
    id: 'reddit',
    name: 'Reddit',
    summary: 'Hears username mentions, subreddits and searches on Reddit, and answers with a comment.',
    docs: 'https://www.reddit.com/dev/api',
    rules: 'https://support.reddithelp.com/hc/en-us/articles/42728983564564-Responsible-Builder-Policy',
    status: 'experimental',
    words: WORDS,
    reports: {
      at: 'https://www.reddit.com/report',
      asks: 'Reddit asks for links to the posts and the name of the account; the moderators of the community can remove posts at once.',
    },
  },
  options: Options,
  secrets: SECRETS,
  cursor: Cursor,
  limits: {
    maxReplyChars: 10_000,
    pullEverySeconds: 60,
    // Per app, on average over some minutes. What the headers say counts; see client.ts.
    requests: { count: 100, perSeconds: 60 },
    verified: {
      at: 'https://support.reddithelp.com/hc/en-us/articles/16160319875092-Reddit-Data-API-Wiki',
      on: '2026-11-22',
    },
  },

  open: (env) => new RedditApi(env),

  async check(api, signal) {
    if (api.access !== 'account') return checkWithoutAccount(api, signal);
    const me = await api.me(signal);
    if (me.is_suspended) {
      throw new ConnectorError(
        'unauthorized',
        `Reddit has suspended u/${me.name}. Ask Reddit why, at reddit.com/appeals.`,
      );
    }
    return { id: `t2_${me.id}`, handle: me.name };
  },

  examine,

  pull: nextPage,
  recheck,
  reply: { once: 'look-up', send, find },
});

/** Nobody is called like this on Reddit: no post is taken for ours. */
const NOBODY = 'without an account';

async function checkWithoutAccount(api: RedditApi, signal: AbortSignal): Promise<Identity> {
  if (api.access === 'app') {
    await api.prove(signal);
    return { id: NOBODY, note: 'as an app without an account' };
  }
  const [first] = listingsOf(api);
  if (first) await api.listing(first.key, first.uri, first.query(api.now(), api.now()), signal);
  return { id: NOBODY, note: 'by the public feeds, without an approved app' };
}
