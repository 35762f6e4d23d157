/** X on one screen: what it is, what it allows, who does what, and what `earshot doctor` says of it. */
import { defineConnector, type Finding, xLength } from '#kit';
import { XClient } from './client.ts';
import { nextPage, recheck } from './listen.ts';
import { find, priceOf, send } from './messages.ts';
import { Cursor, Options, SECRETS, WORDS } from './settings.ts';
import { SAID } from './words.ts';

const MAX_LENGTH = 280;

export const twitter = defineConnector({
  about: {
    id: 'twitter',
    name: 'X',
    summary: 'Hears mentions of our account and saved searches on X, and answers those who turned to us.',
    docs: 'https://docs.x.com/x-api/introduction',
    rules: 'https://docs.x.com/developer-guidelines',
    status: 'experimental',
    words: WORDS,
    said: SAID,
    reports: {
      at: 'https://help.x.com/en/forms/authenticity/impersonation',
      asks: 'X asks which account is impersonated and for the profile of the one that does it; a scam without impersonation is reported from the post itself.',
    },
  },
  options: Options,
  secrets: SECRETS,
  cursor: Cursor,
  limits: {
    maxReplyChars: MAX_LENGTH,
    pullEverySeconds: 60,
    // For each account and each kind of request; the headers of X say more and are obeyed.
    requests: { count: 300, perSeconds: 900 },
    verified: { at: 'https://docs.x.com/x-api/fundamentals/rate-limits', on: '2026-11-22' },
  },

  open: (env) => new XClient(env),

  async check(client, signal) {
    const { id, username } = await client.me(signal, true);
    return { id, handle: username };
  },

  examine,

  pull: (client, from, signal) =>
    nextPage(client, 'cursor' in from ? from.cursor : { since: from.since, streams: {} }, signal),

  recheck,

  reply: { once: 'look-up', send, find, onlyOnce: 'X allows one automated reply to a message.' },

  replyLimit: () => ({ max: MAX_LENGTH, lengthOf: xLength }),

  replyPrice: priceOf,

  spending: (client) => client.spend.forecast(),
});

const NEEDED = ['tweet.read', 'tweet.write', 'users.read', 'offline.access'];

/** What the keys allow, and how much of the allowance is left. */
async function examine(client: XClient, signal: AbortSignal): Promise<Finding[]> {
  // Asked anew: what was known before may have changed since.
  const headers = await client.probe(signal);
  const findings = [rightsOf(headers, await client.scope()), limitsOf(headers), deletionsOf(client)];
  return findings.filter((finding) => finding !== undefined);
}

/** What was deleted at X has to go here within 24 hours. Looking costs money, so the operator decides how. */
function deletionsOf({ options: { followDeletions, prices } }: XClient): Finding {
  const each = `$${(prices.post + prices.user).toFixed(3)}`;
  const message = followDeletions
    ? `followed twice a day, at ${each} for each post that is held`
    : `not followed. X wants what was deleted there to go here within 24 hours: set followDeletions (${each} for each post that is held, twice a day), or see to it by hand`;
  return { what: 'deletions', ok: true, message };
}

/** X names the rights of a token of OAuth 1.0a with each answer, and those of a sign-in with its tokens. */
function rightsOf(headers: Headers, scope: readonly string[] | undefined): Finding | undefined {
  const what = 'rights';
  const level = headers.get('x-access-level');
  if (level !== null && scope === undefined) {
    if (level.includes('write')) return { what, ok: true, message: `the access token may read and post (${level})` };
    const message =
      'The access token may only read, so no reply goes out. Switch "Read and write" on under "User authentication settings" at developer.x.com, and then make the access token and secret anew.';
    return { what, ok: false, message };
  }
  const missing = scope && NEEDED.filter((right) => !scope.includes(right));
  if (!missing) return undefined;
  if (missing.length === 0) return { what, ok: true, message: 'the sign-in may read and post' };
  const message = `The sign-in lacks ${missing.join(', ')}. Sign in anew with the scopes ${NEEDED.join(' ')}, and replace X_REFRESH_TOKEN.`;
  return { what, ok: false, message };
}

function limitsOf(headers: Headers): Finding | undefined {
  const [left, of, reset] = ['remaining', 'limit', 'reset'].map((name) => headers.get(`x-rate-limit-${name}`));
  if (!left || !of || !reset) return undefined;
  const until = new Date(Number(reset) * 1000).toISOString().slice(11, 16);
  return { what: 'limits', ok: true, message: `${left} of ${of} requests of this kind are left until ${until} UTC` };
}
