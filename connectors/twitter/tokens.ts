import { createHash } from 'node:crypto';
import { ConnectorError, type Env, z } from '#kit';

export type SecretName =
  | 'apiKey'
  | 'apiSecret'
  | 'accessToken'
  | 'accessSecret'
  | 'clientId'
  | 'clientSecret'
  | 'refreshToken';

export const SECRETS = {
  apiKey: { env: 'X_API_KEY', describe: 'Consumer key of the app (OAuth 1.0a).', optional: true },
  apiSecret: { env: 'X_API_SECRET', describe: 'Consumer secret of the app (OAuth 1.0a).', optional: true },
  accessToken: { env: 'X_ACCESS_TOKEN', describe: 'Access token of our account (OAuth 1.0a).', optional: true },
  accessSecret: {
    env: 'X_ACCESS_SECRET',
    describe: 'Access token secret of our account (OAuth 1.0a).',
    optional: true,
  },
  clientId: { env: 'X_CLIENT_ID', describe: 'Client id of the app (OAuth 2.0).', optional: true },
  clientSecret: {
    env: 'X_CLIENT_SECRET',
    describe: 'Client secret, for a confidential OAuth 2.0 app.',
    optional: true,
  },
  refreshToken: { env: 'X_REFRESH_TOKEN', describe: 'First refresh token of our account (OAuth 2.0).', optional: true },
} as const;

/** What signs a request. */
export type Key = { appKey: string; appSecret: string; accessToken: string; accessSecret: string } | { bearer: string };

/** Asks X for a new pair of tokens. Gets the refresh token, which works only once. */
export type Renew = (
  refreshToken: string,
) => Promise<{ access: string; refresh: string; expiresInS: number; scope?: string[] | undefined }>;

const Pair = z.object({
  access: z.string(),
  refresh: z.string(),
  expiresAt: z.number(),
  scope: z.array(z.string()).optional(),
});
type Pair = z.output<typeof Pair>;

/** Renewed this long before it ends. */
const MARGIN_MS = 60_000;

/**
 * The keys of our account, shared by all its sources. A refresh token of X works once, and using an old one again ends the whole sign-in: so the new
 * pair is on the disk before it is used, and only one process at a time renews.
 */
export class Tokens {
  readonly #env: Pick<Env<unknown, SecretName>, 'secrets' | 'keepShared' | 'now'>;
  #refused: string | undefined;

  /** @throws ConnectorError `unauthorized` when neither set of secrets is complete. */
  constructor(env: Pick<Env<unknown, SecretName>, 'secrets' | 'keepShared' | 'now'>) {
    this.#env = env;
    if (!this.#signing() && !this.renewable) {
      throw new ConnectorError(
        'unauthorized',
        'X needs either X_API_KEY, X_API_SECRET, X_ACCESS_TOKEN and X_ACCESS_SECRET, or X_CLIENT_ID and X_REFRESH_TOKEN (and X_CLIENT_SECRET for a confidential app) in the environment. Set them and start again.',
      );
    }
  }

  /** OAuth 2.0. Keys of OAuth 1.0a never end, so they are preferred where both are there. */
  get renewable(): boolean {
    const { clientId, refreshToken } = this.#env.secrets;
    return !this.#signing() && clientId.reveal() !== '' && refreshToken.reveal() !== '';
  }

  async current(renew: Renew): Promise<Key> {
    const signing = this.#signing();
    if (signing) return signing;
    const { keepShared: keep } = this.#env;
    const name = `sign-in ${this.#seed()}`;
    const kept = this.#usable(await keep.read(name));
    if (kept) return { bearer: kept.access };
    const text = await keep.update(name, async (before) => {
      if (before !== undefined && this.#usable(before)) return before; // another process was quicker
      return JSON.stringify(await this.#renewed(before, renew));
    });
    return { bearer: Pair.parse(JSON.parse(text)).access };
  }

  /** What the sign-in allows, where it is one of OAuth 2.0 and X said so. */
  async scope(): Promise<readonly string[] | undefined> {
    if (!this.renewable) return undefined;
    return this.#read(await this.#env.keepShared.read(`sign-in ${this.#seed()}`))?.scope;
  }

  /** X did not accept this key although its time is not over. */
  refuse(key: Key): void {
    if ('bearer' in key) this.#refused = key.bearer;
  }

  #signing(): Extract<Key, { appKey: string }> | undefined {
    const { apiKey, apiSecret, accessToken, accessSecret } = this.#env.secrets;
    const [appKey, secret, token, tokenSecret] = [apiKey, apiSecret, accessToken, accessSecret].map((one) =>
      one.reveal(),
    );
    if (!appKey || !secret || !token || !tokenSecret) return undefined;
    return { appKey, appSecret: secret, accessToken: token, accessSecret: tokenSecret };
  }

  #read(text: string | undefined): Pair | undefined {
    try {
      return Pair.parse(JSON.parse(text ?? ''));
    } catch {
      return undefined;
    }
  }

  #usable(text: string | undefined): Pair | undefined {
    const pair = this.#read(text);
    return pair && pair.expiresAt - MARGIN_MS > this.#env.now() && pair.access !== this.#refused ? pair : undefined;
  }

  async #renewed(before: string | undefined, renew: Renew): Promise<Pair> {
    const { secrets, now } = this.#env;
    const askedAt = now();
    const pair = await renew(this.#read(before)?.refresh ?? secrets.refreshToken.reveal());
    const { access, refresh, expiresInS, scope } = pair;
    return { access, refresh, expiresAt: askedAt + expiresInS * 1000, ...(scope && { scope }) };
  }

  /** Another refresh token in the environment is another sign-in. */
  #seed(): string {
    return createHash('sha256').update(this.#env.secrets.refreshToken.reveal()).digest('hex').slice(0, 16);
  }
}
