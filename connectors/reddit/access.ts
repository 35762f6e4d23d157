import { ConnectorError, type Env, type Finding } from '#kit';
import type { RedditApi } from './api.ts';
import type { Options } from './options.ts';

export const SECRETS = {
  clientId: {
    env: 'REDDIT_CLIENT_ID',
    describe: 'Id of an app that Reddit has approved. Without one, only the public feeds of subreddits are read',
    optional: true,
  },
  clientSecret: { env: 'REDDIT_CLIENT_SECRET', describe: 'Secret of the same app', optional: true },
  refreshToken: {
    env: 'REDDIT_REFRESH_TOKEN',
    describe: 'Lets the app speak as our account. The better way. Without an account the app reads, and no more',
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
} as const;
export type SecretName = keyof typeof SECRETS;

/**
 * How Reddit lets us in: as an account through an approved app, as the app alone, which may read what is public, or not at
 * all, and then there are the feeds that it publishes for everybody.
 */
export type Access = 'account' | 'app' | 'feeds';

/** @throws ConnectorError `unauthorized` where only a part of what belongs together is set */
export function accessBy(secrets: Env<Options, SecretName>['secrets']): Access {
  const isSet = (name: SecretName) => secrets[name].reveal() !== '';
  const pairs: [SecretName, SecretName][] = [
    ['clientId', 'clientSecret'],
    ['username', 'password'],
  ];
  for (const pair of pairs) {
    const [missing, ...others] = pair.filter((name) => !isSet(name));
    if (missing && others.length === 0) throw new ConnectorError('unauthorized', belongTogether(pair, missing));
  }
  const account = isSet('refreshToken') || isSet('username');
  if (isSet('clientId')) return account ? 'account' : 'app';
  if (!account) return 'feeds';
  const message =
    'An account alone does not open Reddit. Set REDDIT_CLIENT_ID and REDDIT_CLIENT_SECRET of its app, too.';
  throw new ConnectorError('unauthorized', message);
}

function belongTogether([one, other]: [SecretName, SecretName], missing: SecretName): string {
  return `${SECRETS[one].env} and ${SECRETS[other].env} belong together, and ${SECRETS[missing].env} is not set. Set it and start again.`;
}

/** What is not to be had this way, and how it would be. */
export function limitsOf(access: Access): string | undefined {
  if (access === 'app') {
    return 'Reddit is read by an app without an account: username mentions are not heard, and replies are posted by hand. Set REDDIT_REFRESH_TOKEN to change that.';
  }
  if (access === 'feeds') {
    return 'Without an approved app only the public feeds of Reddit are read: the newest posts and comments of each. Username mentions, edits and deletions are not seen, and replies are posted by hand. Set REDDIT_CLIENT_ID and REDDIT_CLIENT_SECRET once Reddit has approved an app.';
  }
  return undefined;
}

/** @throws ConnectorError `unauthorized` when the options ask for username mentions alone, and nobody is there to be named */
export function assertSomethingToHear(access: Access, { subreddits, searches }: Options): void {
  if (access === 'account' || subreddits.length + searches.length > 0) return;
  const message =
    'Username mentions need an account: set REDDIT_CLIENT_ID, REDDIT_CLIENT_SECRET and REDDIT_REFRESH_TOKEN of an app that Reddit has approved. Without one, name a subreddit or a search, and its public feed is read. connectors/reddit/README.md says how.';
  throw new ConnectorError('unauthorized', message);
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
