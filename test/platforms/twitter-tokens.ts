import { randomUUID } from 'node:crypto';

/** Keys of OAuth 1.0a for tests. */
export const X_KEYS = {
  X_API_KEY: 'consumer-key-for-tests',
  X_API_SECRET: 'consumer-secret-for-tests',
  X_ACCESS_TOKEN: 'access-token-for-tests',
  X_ACCESS_SECRET: 'access-secret-for-tests',
};

/** Keys of OAuth 2.0 for tests. */
export const X_SIGN_IN = {
  X_CLIENT_ID: 'client-id-for-tests',
  X_CLIENT_SECRET: 'client-secret-for-tests',
  X_REFRESH_TOKEN: 'first-refresh-token-for-tests',
};

const LIFE_MS = 2 * 3_600_000;

/** Who may ask: one signed app, and one sign-in whose refresh tokens work once. An old one used again ends it for good. */
export class XTokens {
  #refresh = X_SIGN_IN.X_REFRESH_TOKEN;
  #access: { token: string; until: number } | undefined;
  readonly #used = new Set<string>();
  /** An old refresh token was used again: nothing works any more. */
  ended = false;
  renewals = 0;
  /** Refuse a signature whose time is more than five minutes off, as X does. Off where a test holds the clock still. */
  checksTime = false;
  /** What the sign-in may do. X may leave it out of its answer. */
  scope: string | undefined = 'tweet.read tweet.write users.read offline.access';

  accepts(authorization = '', now: number): boolean {
    if (authorization.startsWith('OAuth ')) {
      const named = ['oauth_consumer_key', 'oauth_token'].map((name) => authorization.includes(`${name}="`));
      const ours = authorization.includes(X_KEYS.X_API_KEY) && authorization.includes(X_KEYS.X_ACCESS_TOKEN);
      const signedAt = Number(/oauth_timestamp="(\d+)"/.exec(authorization)?.[1]) * 1000;
      if (this.checksTime && !(Math.abs(signedAt - now) < 5 * 60_000)) return false;
      return ours && named.every(Boolean) && /oauth_signature="[^"]{20,}"/.test(authorization);
    }
    const access = this.#access;
    return !this.ended && access !== undefined && authorization === `Bearer ${access.token}` && now < access.until;
  }

  renew(body: string, authorization: string | undefined, now: number): { status: number; body: unknown } {
    const fields = body.startsWith('{') ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body));
    const basic = `Basic ${Buffer.from(`${X_SIGN_IN.X_CLIENT_ID}:${X_SIGN_IN.X_CLIENT_SECRET}`).toString('base64')}`;
    if (authorization !== basic) return refused('Missing valid authorization header');
    if (this.#used.has(fields.refresh_token)) this.ended = true;
    if (this.ended || fields.grant_type !== 'refresh_token' || fields.refresh_token !== this.#refresh) {
      return refused('Value passed for the token was invalid.');
    }
    this.renewals++;
    this.#used.add(this.#refresh);
    this.#refresh = `refresh-${randomUUID()}`;
    this.#access = { token: `access-${randomUUID()}`, until: now + LIFE_MS };
    const { scope } = this;
    const pair = { access_token: this.#access.token, refresh_token: this.#refresh, expires_in: LIFE_MS / 1000 };
    return { status: 200, body: { token_type: 'bearer', ...(scope && { scope }), ...pair } };
  }

  /** X forgets the access token before its time. */
  dropAccess(): void {
    this.#access = undefined;
  }
}

function refused(error_description: string): { status: number; body: unknown } {
  return { status: 400, body: { error: 'invalid_request', error_description } };
}
