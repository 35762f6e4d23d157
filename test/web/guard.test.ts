import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BASE } from '../../src/surfaces/web/api.ts';
import { ask, openWebBench, type WebBench } from './support.ts';

let bench: WebBench;
beforeEach(async () => {
  bench = await openWebBench();
});
afterEach(() => bench.close());

describe('the guard', () => {
  it.each([
    '/me',
    '/queue',
    '/counts',
    '/mentions/abcdef',
    '/events',
    '/sources',
    '/connectors',
    '/report',
    '/openapi.json',
    '/no/such',
  ])('asks for a session before %s', async (path) => {
    const answer = await ask(`${bench.web.url}${BASE}${path}`);
    expect([answer.status, answer.json.error.code]).toEqual([401, 'signed-out']);
  });

  it('sees through other spellings of the API’s address', async () => {
    for (const path of ['/api/v1/%6de', '//api/v1/me', '/api/v1/../v1/me', '/API/v1/me', '/api']) {
      const answer = await ask(bench.local, { path });
      expect([401, 404]).toContain(answer.status);
    }
  });

  it.each([
    ['another site', { origin: 'https://evil.example' }],
    ['another port of this machine', { origin: 'http://127.0.0.1:1' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['what the browser calls cross-site', { 'sec-fetch-site': 'cross-site' }],
    ['a sibling domain', { 'sec-fetch-site': 'same-site' }],
  ])('refuses a write that comes from %s', async (_who, headers) => {
    const mei = await bench.signIn();
    const { mention } = await bench.drafted();
    const answer = await mei.ask(`/mentions/${mention.id}/approve`, {
      body: { version: mention.version, revision: 1 },
      headers,
    });
    expect([answer.status, answer.json.error.code]).toEqual([403, 'other-origin']);
    expect((await bench.caseOf(mention.id)).mention.state).toBe('drafted');
  });

  it('lets the inbox itself write, and programs without a browser', async () => {
    const mei = await bench.signIn();
    const own = { origin: bench.web.url, 'sec-fetch-site': 'same-origin' };
    expect((await mei.ask('/presence', { body: { mentionId: null }, headers: own })).status).toBe(200);
    expect((await mei.post('/presence', { mentionId: null })).status).toBe(200);
  });

  it('takes no form of another site as a decision', async () => {
    const mei = await bench.signIn();
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const answer = await mei.ask('/presence', { raw: 'mentionId=x', headers: { 'content-type': type } });
      expect([type, answer.status]).toEqual([type, 415]);
    }
  });

  it.each([
    'evil.example',
    'evil.example:4600',
    '127.0.0.1.evil.example',
    'localhost.evil.example',
    '[::1].evil.example',
  ])('does not answer to the name %s (DNS rebinding)', async (host) => {
    const answer = await ask(`${bench.web.url}/healthz`, { headers: { host } });
    expect([answer.status, answer.json.error.code]).toEqual([421, 'unknown-host']);
  });

  it.each(['localhost', 'LOCALHOST:4600', '127.0.0.1', '[::1]:4600', '192.168.1.7:4600'])(
    'answers to %s',
    async (host) => {
      expect((await ask(`${bench.web.url}/healthz`, { headers: { host } })).status).toBe(200);
    },
  );

  it('leaves no answer of the API in a cache, whoever asked for what', async () => {
    const { mention } = await bench.drafted();
    const mei = await bench.signIn();
    for (const path of ['/queue', `/mentions/${mention.id}`, '/me'])
      expect([path, (await mei.get(path)).headers['cache-control']]).toEqual([path, 'no-store']);
    expect((await ask(`${bench.local}${BASE}/queue`)).headers['cache-control']).toBe('no-store');
  });

  it('answers to its public name behind a proxy, with cookies for https only', async () => {
    await bench.restart({ publicOrigin: 'https://inbox.example.com' });
    expect(bench.web.url).toBe('https://inbox.example.com');
    const headers = { host: 'inbox.example.com', origin: 'https://inbox.example.com' };
    const link = new URL(bench.web.signInUrl());
    const answer = await ask(`${bench.local}${BASE}/session`, { body: { key: link.searchParams.get('key') }, headers });
    expect(answer.status).toBe(204);
    expect(String(answer.headers['set-cookie'])).toMatch(/; Secure/);
    expect(answer.headers['strict-transport-security']).toMatch(/max-age/);
  });

  it('sends headers that let the page do no more than it needs', async () => {
    for (const path of ['/healthz', '/', `${BASE}/me`, '/nothing.js']) {
      const { headers } = await ask(bench.web.url + path);
      expect(headers['content-security-policy']).toBe(
        "default-src 'self';img-src 'self' data:;base-uri 'none';form-action 'self';frame-ancestors 'none';object-src 'none'",
      );
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'same-origin',
      });
      expect(headers).not.toHaveProperty('x-powered-by');
    }
  });
});
