import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openIdSettings } from '../../src/surfaces/web/server/index.ts';
import { OpenIdProvider } from '../platforms/open-id.ts';
import { type Answer, ask, cookieOf, openWebBench, personWith, type WebBench } from './support.ts';

let provider: OpenIdProvider;
let bench: WebBench;
const settings = (newcomers?: string) =>
  openIdSettings({
    EARSHOT_OIDC_ISSUER: provider.issuer,
    EARSHOT_OIDC_CLIENT_ID: provider.clientId,
    EARSHOT_OIDC_CLIENT_SECRET: provider.clientSecret,
    EARSHOT_OIDC_NAME: 'Acorn login',
    EARSHOT_OIDC_NEWCOMERS: newcomers,
  });
beforeEach(async () => {
  provider = await new OpenIdProvider().start();
  bench = await openWebBench({ openId: settings() });
});
afterEach(async () => {
  await bench.close();
  await provider.close();
});

/** What a browser does: out to the provider and back, with its cookies. */
async function throughProvider(key?: string, change: (back: string) => string = (back) => back): Promise<Answer> {
  const out = await ask(`${bench.local}/sign-in/openid${key ? `?key=${key}` : ''}`);
  const cookie = cookieOf(out) as string;
  const there = await ask(String(out.headers.location));
  return ask(change(String(there.headers.location)), { cookie });
}

const sessionOf = (answer: Answer) =>
  [answer.headers['set-cookie'] ?? []]
    .flat()
    .find((one) => /^earshot-\d+=./.test(one))
    ?.split(';')[0];
const invite = async (name: string, role = 'drafter') => {
  const { url } = (await (await bench.signIn()).post('/invitations', { name, role })).json;
  return new URL(url).searchParams.get('key') as string;
};

describe('a login elsewhere', () => {
  it('lets in who was invited, and knows them the next time', async () => {
    const first = await throughProvider(await invite('Somebody'));
    expect([first.status, first.headers.location]).toEqual([303, '/']);
    const ines = personWith(() => bench.local, { ...first, headers: { 'set-cookie': sessionOf(first) ?? '' } });
    expect((await ines.get('/me')).json).toMatchObject({ name: 'Ines', role: 'drafter', hasPassword: false });
    const again = await throughProvider();
    expect(again.status).toBe(303);
    expect((await bench.store.access.people()).map(({ name }) => name)).toEqual(['Ines', 'Mei']);
  });

  it('lets nobody in who was not invited, and says so', async () => {
    const answer = await throughProvider();
    expect(answer.status).toBe(403);
    expect(answer.text).toContain('Ines');
    expect(sessionOf(answer)).toBeUndefined();
  });

  it('lets everybody of the provider in where the environment says so, with the role it names', async () => {
    await bench.restart({ openId: settings('viewer') });
    expect((await throughProvider()).status).toBe(303);
    expect(await bench.store.access.personByName('Ines')).toMatchObject({ role: 'viewer' });
  });

  it('lets nobody in who was let go', async () => {
    await throughProvider(await invite('Ines'));
    const person = await bench.store.access.personByName('Ines');
    const mei = await bench.signIn();
    await mei.ask(`/people/${person?.id}`, { method: 'PATCH', body: { disabled: true } });
    expect((await throughProvider()).status).toBe(403);
  });

  it.each([
    ['another nonce', { nonce: 'x' }],
    ['another audience', { aud: 'somebody-else' }],
    ['another issuer', { iss: 'https://evil.example' }],
    ['an identity that has run out', { exp: 1 }],
  ])('refuses %s', async (_, claims) => {
    const key = await invite('Ines');
    provider.claims = claims;
    const answer = await throughProvider(key);
    expect(answer.status).toBe(502);
    expect(sessionOf(answer)).toBeUndefined();
    expect(await bench.store.access.personByName('Ines')).toBeUndefined();
  });

  it('refuses an answer to a question that was not asked here', async () => {
    const key = await invite('Ines');
    expect((await throughProvider(key, (back) => back.replace(/state=[^&]*/, 'state=other'))).status).toBe(502);
    expect((await ask(`${bench.local}/sign-in/openid/back?code=x&state=y`)).status).toBe(401);
  });

  it('keeps nobody else out while the provider is away', async () => {
    await provider.close();
    expect((await ask(`${bench.local}/sign-in/openid`)).status).toBe(502);
    expect((await (await bench.signIn()).get('/me')).status).toBe(200);
    provider = await new OpenIdProvider().start();
  });

  it('is named on the sign-in page, and nowhere where there is none', async () => {
    expect((await ask(`${bench.local}/api/v1/session/ways`)).json).toEqual({ login: 'Acorn login' });
    await bench.restart({ openId: undefined });
    expect((await ask(`${bench.local}/api/v1/session/ways`)).json).toEqual({});
  });
});

describe('its settings', () => {
  it.each([
    [{ EARSHOT_OIDC_ISSUER: 'http://id.example' }, /https/],
    [{ EARSHOT_OIDC_ISSUER: 'https://id.example' }, /CLIENT_ID/],
    [
      { EARSHOT_OIDC_ISSUER: 'https://id.example', EARSHOT_OIDC_CLIENT_ID: 'x', EARSHOT_OIDC_NEWCOMERS: 'admin' },
      /NEWCOMERS/,
    ],
  ])('that do not fit are refused with what to do (%#)', (variables, why) => {
    expect(() => openIdSettings(variables)).toThrow(why);
  });
});
