import { ConnectorError, defineConnector } from '#kit';
import { RedditApi } from './api.ts';
import { RedditClient } from './client.ts';
import { examine } from './examine.ts';
import { Cursor, Options } from './options.ts';
import { recheck } from './recheck.ts';
import { find, send } from './reply.ts';
import { nextPage } from './round.ts';

export const reddit = defineConnector({
  about: {
    id: 'reddit',
    name: 'Reddit',
    summary: 'Hears username mentions, subreddits and searches on Reddit, and answers with a comment.',
    docs: 'https://www.reddit.com/dev/api',
    rules: 'https://support.reddithelp.com/hc/en-us/articles/42728983564564-Responsible-Builder-Policy',
    status: 'experimental',
  },
  options: Options,
  secrets: {
    clientId: {
      env: 'REDDIT_CLIENT_ID',
      describe:
        'Id of an app that Reddit has approved. Without one, read the feeds of subreddits with the connector "feed": connectors/reddit/README.md says how',
    },
    clientSecret: { env: 'REDDIT_CLIENT_SECRET', describe: 'Secret of the same app' },
    refreshToken: {
      env: 'REDDIT_REFRESH_TOKEN',
      describe: 'Lets the app speak as our account. The better way',
      optional: true,
    },
    username: {
      env: 'REDDIT_USERNAME',
      describe: 'Instead of a refresh token, for an app of the type "script": the account that owns it',
      optional: true,
    },
    password: {
      env: 'REDDIT_PASSWORD',
      describe: 'Password of that account. Does not work with two-factor sign-in',
      optional: true,
    },
  },
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

  open: (env) => new RedditApi(new RedditClient(env)),

  async check(api, signal) {
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
