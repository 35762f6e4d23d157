import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

interface LocalAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

interface Asked {
  clientId: string;
  redirectUri: string;
  nonce: string;
  challenge: string;
}

/** A local OpenID Connect provider: discovery, keys, authorization code with PKCE, signed identities. It trusts everybody. */
export class OpenIdProvider {
  readonly #keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  readonly #codes = new Map<string, Asked>();
  readonly #server: Server;
  readonly clientId = 'earshot';
  readonly clientSecret = 'local-only-secret';
  /** Who signs in. */
  who = { sub: 'u-1', name: 'Ines' };
  /** Changes what is signed, for what must be refused. */
  claims: Record<string, unknown> = {};

  constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const url = new URL(request.url ?? '/', this.issuer);
        const body = new URLSearchParams(Buffer.concat(chunks).toString());
        const answer = this.#answer(url, body);
        response.writeHead(answer.status, answer.headers);
        response.end(answer.body);
      });
    });
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer(url: URL, body: URLSearchParams): LocalAnswer {
    const json = (status: number, value: unknown) => ({
      status,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(value),
    });
    if (url.pathname === '/.well-known/openid-configuration') return json(200, this.#discovery());
    if (url.pathname === '/keys')
      return json(200, {
        keys: [{ ...this.#keys.publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'RS256', use: 'sig' }],
      });
    if (url.pathname === '/authorize') return this.#authorize(url.searchParams);
    if (url.pathname === '/token') return this.#token(body, json);
    return json(404, { error: 'not_found' });
  }

  #discovery() {
    return {
      issuer: this.issuer,
      authorization_endpoint: `${this.issuer}/authorize`,
      token_endpoint: `${this.issuer}/token`,
      jwks_uri: `${this.issuer}/keys`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: ['client_secret_post'],
    };
  }

  #authorize(query: URLSearchParams): LocalAnswer {
    const need = (name: string) => query.get(name) ?? '';
    const code = randomBytes(12).toString('hex');
    this.#codes.set(code, {
      clientId: need('client_id'),
      redirectUri: need('redirect_uri'),
      nonce: need('nonce'),
      challenge: need('code_challenge'),
    });
    const back = new URL(need('redirect_uri'));
    back.searchParams.set('code', code);
    back.searchParams.set('state', need('state'));
    return { status: 302, headers: { location: back.href }, body: '' };
  }

  #token(body: URLSearchParams, json: (status: number, value: unknown) => LocalAnswer): LocalAnswer {
    const asked = this.#codes.get(body.get('code') ?? '');
    this.#codes.delete(body.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(body.get('code_verifier') ?? '')
      .digest('base64url');
    const fits =
      asked?.challenge === challenge &&
      asked.redirectUri === body.get('redirect_uri') &&
      body.get('client_id') === this.clientId &&
      body.get('client_secret') === this.clientSecret;
    if (!fits) return json(400, { error: 'invalid_grant' });
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: this.issuer, aud: this.clientId, iat: now, exp: now + 300, nonce: asked.nonce, ...this.who };
    return json(200, {
      access_token: randomBytes(12).toString('hex'),
      token_type: 'Bearer',
      id_token: this.#signed({ ...claims, ...this.claims }),
    });
  }

  #signed(claims: object): string {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const text = `${part({ alg: 'RS256', kid: 'k', typ: 'JWT' })}.${part(claims)}`;
    return `${text}.${sign('sha256', Buffer.from(text), this.#keys.privateKey).toString('base64url')}`;
  }
}
