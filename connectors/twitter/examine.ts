import type { Finding } from '#kit';
import type { XClient } from './client.ts';

const NEEDED = ['tweet.read', 'tweet.write', 'users.read', 'offline.access'];

/** What the keys allow, and how much of the allowance is left. */
export async function examine(client: XClient, signal: AbortSignal): Promise<Finding[]> {
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
