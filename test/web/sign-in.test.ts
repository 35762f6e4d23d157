import { rm, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BASE } from '../../src/surfaces/web/api.ts';
import { type Answer, ask, cookieOf, openWebBench, PASSWORD, personWith, type WebBench } from './support.ts';

let bench: WebBench;
beforeEach(async () => {
  bench = await openWebBench();
});
afterEach(() => bench.close());

const SESSION = `${BASE}/session`;
const keyOf = (link: string) => new URL(link).searchParams.get('key') ?? '';

describe('the link of the start', () => {
  it('signs its owner in by one click and takes the key out of the address', async () => {
    const answer = await ask(bench.web.signInUrl());
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe('/');
    const me = await personWith(() => bench.web.url, answer).get('/me');
    expect(me.json).toMatchObject({ name: 'Mei', product: 'Wallet', version: '1.2.3', sample: false });
  });

  it('works once, even when two click at the same moment', async () => {
    const link = bench.web.signInUrl();
    const answers = await Promise.all([ask(link), ask(link), ask(link)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 401, 401]);
    expect(answers.filter((answer) => cookieOf(answer))).toHaveLength(1);
  });

  it('is not used up by a program that only asks whether it is alive', async () => {
    const link = bench.web.signInUrl();
    expect(cookieOf(await ask(link, { method: 'HEAD' }))).toBeUndefined();
    expect((await ask(link)).status).toBe(303);
  });

  it('clicked again by somebody who is signed in just opens the inbox', async () => {
    const link = bench.web.signInUrl();
    const cookie = cookieOf(await ask(link));
    const again = await ask(link, { cookie });
    expect([again.status, again.headers.location]).toEqual([303, '/']);
    expect(cookieOf(again)).toBeUndefined();
  });

  it('is worth nothing after the next start', async () => {
    const link = bench.web.signInUrl();
    await bench.restart();
    expect((await ask(link)).status).toBe(401);
    expect((await ask(bench.web.signInUrl())).status).toBe(303);
  });
});

describe('POST /session', () => {
  it('sets a cookie that scripts cannot read and other sites cannot use', async () => {
    const answer = await ask(bench.web.url + SESSION, { body: { key: keyOf(bench.web.signInUrl()) } });
    expect(answer.status).toBe(204);
    const [cookie] = [answer.headers['set-cookie']].flat();
    expect(cookie).toMatch(/; HttpOnly/);
    expect(cookie).toMatch(/; SameSite=Strict/);
    expect(cookie).toMatch(/; Path=\//);
  });

  it.each(['wrong', '', 'x'.repeat(5000), '../../etc/passwd', '\u0000'])('refuses what is no key (%#)', async (key) => {
    const answer = await ask(bench.web.url + SESSION, { body: { key } });
    expect([400, 401]).toContain(answer.status);
    expect(answer.json.error.message).toMatch(/\w+ \w+/);
    expect(cookieOf(answer)).toBeUndefined();
  });

  it('slows down who keeps guessing', async () => {
    const tries = [];
    for (let n = 0; n < 25; n += 1) tries.push(await ask(bench.web.url + SESSION, { body: { key: `guess-${n}` } }));
    expect(tries.at(0)?.status).toBe(401);
    expect(tries.at(-1)?.status).toBe(429);
    expect(tries.at(-1)?.json.error).toEqual({ code: 'too-many', message: expect.stringContaining('Wait a minute') });
  });

  it('slows down nobody else behind the same proxy, whatever the one who guesses claims to be', async () => {
    const guess = (forwarded: string) =>
      ask(bench.web.url + SESSION, { body: { key: 'guess' }, headers: { 'x-forwarded-for': forwarded } });
    const statuses = [];
    for (let n = 0; n < 25; n += 1) statuses.push((await guess(`10.0.0.${n}, 203.0.113.9`)).status);
    expect([statuses[0], statuses.at(-1)]).toEqual([401, 429]);
    expect((await guess('203.0.113.10')).status).toBe(401);
    for (const odd of ['', 'unknown', '203.0.113.11:4711', '<script>', ',,,', '1'.repeat(5000)])
      expect([401, 429]).toContain((await guess(odd)).status);
  });
});

describe('a session', () => {
  it('survives a restart', async () => {
    const mei = await bench.signIn();
    await bench.restart();
    expect((await mei.get('/me')).status).toBe(200);
  });

  it('ends by signing out, for good', async () => {
    const mei = await bench.signIn();
    expect((await mei.ask('/session', { method: 'DELETE' })).status).toBe(204);
    expect((await mei.get('/me')).status).toBe(401);
    await bench.restart();
    expect((await mei.get('/me')).status).toBe(401);
  });

  it('ends after 30 days', async () => {
    const mei = await bench.signIn();
    bench.clock.pass(31 * 86_400_000);
    expect((await mei.get('/me')).json.error.code).toBe('signed-out');
  });

  it.each(['x', 'null', '.', 'a'.repeat(43), '%00', ''])('cannot be made up (%s)', async (made) => {
    const mei = await bench.signIn();
    const [name] = mei.cookie.split('=');
    expect((await ask(`${bench.web.url}${BASE}/me`, { cookie: `${name}=${made}` })).status).toBe(401);
  });

  it('does not start on a damaged access file of an older version, and says what to do', async () => {
    await writeFile(bench.parts.accessFile, '{"secret":');
    await expect(bench.restart()).rejects.toThrow(/is damaged. Delete it/);
    await rm(bench.parts.accessFile);
    await bench.restart({ port: 0 });
  });
});

describe('an invitation', () => {
  const look = (url: string) => ask(`${bench.local}${BASE}/invitations/look`, { body: { key: keyOf(url) } });
  const accept = (url: string, name: string) =>
    ask(`${bench.local}${BASE}/invitations/accept`, { body: { key: keyOf(url), name, password: PASSWORD } });

  it('is not used up by a program that looks at it, only by a name and a password', async () => {
    const mei = await bench.signIn();
    const { url, expiresAt } = (await mei.post('/invitations', { name: 'Jun', role: 'lead' })).json;
    expect(expiresAt).toBeGreaterThan(bench.clock.now());
    for (let n = 0; n < 2; n += 1) {
      expect(cookieOf(await ask(url))).toBeUndefined();
      expect((await look(url)).json).toEqual({ name: 'Jun', role: 'lead', by: 'Mei' });
    }
    const answers = await Promise.all([accept(url, 'Jun B'), accept(url, 'Jun B'), accept(url, 'Jun C')]);
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
    const jun = personWith(() => bench.web.url, answers.find(({ status }) => status === 204) as Answer);
    expect((await jun.get('/me')).json).toMatchObject({ name: expect.stringMatching(/^Jun [BC]$/), role: 'lead' });
    expect((await look(url)).status).toBe(401);
    expect((await ask(url)).status).toBe(401);
  });

  it('outlives a restart, and not its week; an admin takes it back', async () => {
    const mei = await bench.signIn();
    const url: string = (await mei.post('/invitations', { name: 'Jun' })).json.url;
    await bench.restart();
    expect((await look(url)).status).toBe(200);
    const { invitations } = (await mei.get('/people')).json;
    await mei.ask(`/invitations/${invitations[0].id}`, { method: 'DELETE' });
    expect((await look(url)).status).toBe(401);
    const other: string = (await mei.post('/invitations', { name: 'Lin' })).json.url;
    bench.clock.pass(8 * 86_400_000);
    expect((await look(other)).status).toBe(401);
  });

  it('brings back who was let go, and no name that is taken', async () => {
    const mei = await bench.signIn();
    await bench.signIn('Jun');
    const url: string = (await mei.post('/invitations', { name: 'Jun', role: 'drafter' })).json.url;
    expect((await accept(url, 'jun')).json.error.code).toBe('name-taken');
    const person = await bench.store.access.personByName('Jun');
    await mei.ask(`/people/${person?.id}`, { method: 'PATCH', body: { disabled: true } });
    expect((await accept(url, 'Jun')).status).toBe(204);
    expect(await bench.store.access.personByName('Jun')).toMatchObject({
      id: person?.id,
      role: 'drafter',
      disabled: false,
    });
  });
});

describe('a name', () => {
  it('is what decisions are recorded under', async () => {
    const jun = await bench.signIn('Jun');
    const { mention } = await bench.drafted();
    const { json } = await jun.post(`/mentions/${mention.id}/approve`, { version: mention.version, revision: 1 });
    expect(json.approval.reply.approver).toBe('Jun');
  });

  it('can be changed, which is written down', async () => {
    const mei = await bench.signIn();
    const answer = await mei.ask('/me', { method: 'PATCH', body: { name: ' Mei Lin ' } });
    expect(answer.json.name).toBe('Mei Lin');
    expect((await mei.get('/me')).json.name).toBe('Mei Lin');
    expect(await bench.store.audit(0, 10)).toContainEqual(
      expect.objectContaining({ actor: 'Mei', action: 'renamed', detail: { from: 'Mei', to: 'Mei Lin' } }),
    );
  });

  it.each(['Jun', 'ＪＵＮ', 'jun '])('cannot be a colleague’s (%s)', async (name) => {
    const mei = await bench.signIn();
    await bench.signIn('Jun');
    const answer = await mei.ask('/me', { method: 'PATCH', body: { name } });
    expect([answer.status, answer.json.error.code]).toEqual([409, 'name-taken']);
  });

  it.each(['', '   ', 'x'.repeat(61), 'a\u202eb', 'a\nb'])('cannot be unreadable (%j)', async (name) => {
    const mei = await bench.signIn();
    expect((await mei.ask('/me', { method: 'PATCH', body: { name } })).status).toBe(400);
  });
});
