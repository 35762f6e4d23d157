import type { Configuration } from 'openid-client';
import type { Person } from '../../../../core/access.ts';
import { ROLES, type Role } from '../../../../core/rights.ts';

/** A login elsewhere, from the environment. */
export interface OpenIdSettings {
  issuer: string;
  clientId: string;
  clientSecret: string | undefined;
  /** What the button says. */
  name: string;
  /** Everybody who can sign in there gets in, with this role. Undefined: by invitation only. */
  newcomers: Role | undefined;
}

/** What a browser carries from the start of a sign-in to its end, in a cookie of its own. */
export interface Underway {
  state: string;
  nonce: string;
  verifier: string;
  /** The key of an invitation that is accepted by this sign-in. */
  invitation?: string;
}

export interface Known {
  login: NonNullable<Person['login']>;
  /** As they are called there. */
  name: string;
}

/**
 * Reads `EARSHOT_OIDC_ISSUER`, `EARSHOT_OIDC_CLIENT_ID`, `EARSHOT_OIDC_CLIENT_SECRET`, `EARSHOT_OIDC_NAME` and
 * `EARSHOT_OIDC_NEWCOMERS`. Undefined without an issuer.
 *
 * @throws Error in a sentence when they do not fit together
 */
export function openIdSettings(variables: Readonly<Record<string, string | undefined>>): OpenIdSettings | undefined {
  const issuer = variables.EARSHOT_OIDC_ISSUER;
  if (!issuer) return undefined;
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined;
  if (!url || (url.protocol !== 'https:' && !isLoopback(url)))
    throw new Error('EARSHOT_OIDC_ISSUER must be the https address of your OpenID Connect provider.');
  const clientId = variables.EARSHOT_OIDC_CLIENT_ID;
  if (!clientId) throw new Error('EARSHOT_OIDC_ISSUER is set, but EARSHOT_OIDC_CLIENT_ID is not. Set both or neither.');
  const newcomers = variables.EARSHOT_OIDC_NEWCOMERS || undefined;
  const role = ROLES.find((one) => one === newcomers && one !== 'admin');
  if (newcomers && !role)
    throw new Error(`EARSHOT_OIDC_NEWCOMERS is "${newcomers}", but it can be viewer, drafter, approver or lead.`);
  return {
    issuer,
    clientId,
    clientSecret: variables.EARSHOT_OIDC_CLIENT_SECRET || undefined,
    name: variables.EARSHOT_OIDC_NAME || url.hostname,
    newcomers: role,
  };
}

/** A provider on this machine, for trying out. */
function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
}

/** Sign-in through a provider: authorization code with PKCE, checked by a certified library. */
export class OpenId {
  readonly settings: OpenIdSettings;
  #found: Promise<Configuration> | undefined;

  constructor(settings: OpenIdSettings) {
    this.settings = settings;
  }

  /** Where to send the browser, and what it has to bring back. */
  async begin(redirectUri: string, invitation?: string): Promise<{ url: string; underway: Underway }> {
    const oidc = await import('openid-client');
    const underway: Underway = {
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
      verifier: oidc.randomPKCECodeVerifier(),
      ...(invitation !== undefined && { invitation }),
    };
    const url = oidc.buildAuthorizationUrl(await this.#provider(), {
      redirect_uri: redirectUri,
      scope: 'openid profile',
      state: underway.state,
      nonce: underway.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(underway.verifier),
      code_challenge_method: 'S256',
    });
    return { url: url.href, underway };
  }

  /** Who came back. @throws whatever the library finds wrong with it */
  async end(address: URL, { state, nonce, verifier }: Underway): Promise<Known> {
    const oidc = await import('openid-client');
    const tokens = await oidc.authorizationCodeGrant(await this.#provider(), address, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (!claims) throw new Error('The provider sent no identity.');
    const { iss, sub, name, preferred_username } = claims;
    const called = [name, preferred_username].find((one) => typeof one === 'string' && one.trim() !== '');
    return { login: { issuer: iss, subject: sub }, name: String(called ?? sub).slice(0, 60) };
  }

  /** Looked up when first needed, so that a provider that is away keeps nobody else out. */
  #provider(): Promise<Configuration> {
    this.#found ??= this.#discover().catch((thrown) => {
      this.#found = undefined;
      throw thrown;
    });
    return this.#found;
  }

  async #discover(): Promise<Configuration> {
    const oidc = await import('openid-client');
    const { issuer, clientId, clientSecret } = this.settings;
    const auth = clientSecret ? oidc.ClientSecretPost(clientSecret) : oidc.None();
    const insecure = new URL(issuer).protocol === 'http:' ? { execute: [oidc.allowInsecureRequests] } : {};
    return oidc.discovery(new URL(issuer), clientId, clientSecret, auth, insecure);
  }
}
