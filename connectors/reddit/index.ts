/** Reddit on one screen: what it is, what it allows, who does what, and what `earshot doctor` says of it. */
import { ConnectorError, defineConnector, type Finding, type Identity } from '#kit';
import { type Access, limitsOf } from './access.ts';
import { RedditApi } from './client.ts';
import { nextPage, recheck } from './listen.ts';
import { find, send } from './messages.ts';
import { Cursor, listingsOf, Options, SECRETS, WORDS } from './settings.ts';
import { SAID } from './words.ts';

export const reddit = defineConnector({
  about: {
    id: 'reddit',
    name: 'Reddit',
    summary: 'Hears username mentions, subreddits and searches on Reddit, and answers with a comment.',
    docs: 'https://www.reddit.com/dev/api',
    rules: 'https://support.reddithelp.com/hc/en-us/articles/42728983564564-Responsible-Builder-Policy',
    status: 'experimental',
    words: WORDS,
    said: SAID,
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
    // Per app, on average over some minutes. What the headers say counts; see access.ts.
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

/** Fine only for whoever does not ask for what is not to be had. */
function accessFinding(access: Access, { usernameMentions }: Options): Finding[] {
  const message = limitsOf(access);
  if (!message) return [];
  const advice = usernameMentions ? ' If this is how it is meant to be, set usernameMentions to false.' : '';
  return [{ what: 'access', ok: !usernameMentions, message: message + advice }];
}

/** What the key holds of the rights that the options need, and how much of the allowance is left. */
export async function examine(api: RedditApi, signal: AbortSignal): Promise<Finding[]> {
  if (api.access !== 'account') return accessFinding(api.access, api.options);
  await api.me(signal);
  return [...rightsOf(api), ...allowanceOf(api)];
}

function rightsOf(api: RedditApi): Finding[] {
  const what = 'rights';
  const needed = {
    read: 'to hear anything',
    ...(api.options.usernameMentions && { privatemessages: 'to hear username mentions' }),
    submit: 'to answer; without it replies are posted by hand',
    history: 'to look for a reply whose answer was lost',
  };
  const missing = Object.entries(needed).filter(([right]) => !api.may(right));
  if (missing.length === 0) return [{ what, ok: true, message: 'the key holds all that are needed' }];
  return missing.map(([right, why]) => ({
    what,
    ok: false,
    message: `The key lacks the right ${right} (${why}). Make a new refresh token with the rights that connectors/reddit/README.md names.`,
  }));
}

function allowanceOf({ allowance }: RedditApi): Finding[] {
  if (!allowance) return [];
  const seconds = Math.ceil(allowance.resetMs / 1000);
  return [
    {
      what: 'limits',
      ok: allowance.left >= 1,
      message: `${Math.floor(allowance.left)} requests are left for the next ${seconds} s${allowance.left < 1 ? '. Earshot waits by itself; a second program on the same app would explain it' : ''}`,
    },
  ];
}
