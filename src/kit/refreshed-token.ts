import { createHash } from 'node:crypto';
import * as z from 'zod';
import { ConnectorError } from '../core/failures.ts';
import type { Instant } from '../core/nouns.ts';
import { parseJson } from './answers.ts';
import type { Env } from './connector.ts';

const Answer = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().default(3600),
  /** Some services give a new one with each use, and the old one ends. */
  refresh_token: z.string().min(1).optional(),
});
/** The newest refresh token, with the mark of the one that was set: another one there makes this one worthless. */
const Kept = z.object({ of: z.string(), token: z.string() });
/** A token is renewed so long before its end. */
const EARLY_MS = 60_000;

/** What a token service is asked with (RFC 6749 section 6). */
export interface TokenService {
  /** Where it lives. */
  url: string;
  clientId: string;
  /** Empty for an app that has none. */
  clientSecret: string;
  /** As it was set. A newer one that the service gave counts more. */
  refreshToken: string;
  /** What a person does when the service gives no token: a sentence. */
  advice: string;
}

/** An access token that is got with a refresh token, as long as it is good; the newest refresh token outlives restarts. */
export class RefreshedToken {
  readonly #env: Pick<Env<unknown, never>, 'http' | 'keep' | 'now'>;
  readonly #service: TokenService;
  #token: { value: string; until: Instant } | undefined;

  constructor(env: Pick<Env<unknown, never>, 'http' | 'keep' | 'now'>, service: TokenService) {
    this.#env = env;
    this.#service = service;
  }

  /** @throws ConnectorError `unauthorized` when the service gives none, `unavailable` when it cannot be asked */
  async get(signal: AbortSignal): Promise<string> {
    const { keep, now } = this.#env;
    if (this.#token && now() < this.#token.until) return this.#token.value;
    const set = this.#service.refreshToken;
    const of = createHash('sha256').update(set).digest('hex');
    const kept = Kept.safeParse(parseJson(await keep.read('refresh token')));
    const answer = await this.#exchange(kept.success && kept.data.of === of ? kept.data.token : set, signal);
    const { access_token: value, expires_in: seconds, refresh_token: token } = answer;
    if (token) await keep.update('refresh token', () => JSON.stringify({ of, token }));
    this.#token = { value, until: now() + seconds * 1000 - EARLY_MS };
    return value;
  }

  async #exchange(refreshToken: string, signal: AbortSignal): Promise<z.output<typeof Answer>> {
    const { url, clientId, clientSecret, advice } = this.#service;
    const form = new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      client_id: clientId,
      ...(clientSecret && { client_secret: clientSecret }),
    });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const request = { url, method: 'POST' as const, headers, body: form.toString(), signal };
    const response = await this.#env.http.request(request).catch((thrown: unknown) => {
      // Nothing was posted by asking for a token, whatever became of it.
      if (!(thrown instanceof ConnectorError) || thrown.kind !== 'unknown-outcome') throw thrown;
      signal.throwIfAborted();
      throw new ConnectorError('unavailable', `The token service could not be asked: ${thrown.message}`);
    });
    const read = Answer.safeParse(parseJson(response.bytes));
    if (read.success && response.status === 200) return read.data;
    const kind = response.status >= 500 ? 'unavailable' : 'unauthorized';
    const what = `The token service answered ${response.status} and gave no access token.`;
    throw new ConnectorError(kind, `${what} ${advice}`);
  }
}
