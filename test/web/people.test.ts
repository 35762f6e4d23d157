import { createHmac } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { may, ROLES } from '../../src/core/rights.ts';
import { BASE } from '../../src/surfaces/web/api.ts';
import { needsOf } from '../../src/surfaces/web/server/rights.ts';
import { ask, cookieOf, openWebBench, PASSWORD, type Person, type WebBench } from './support.ts';

let bench: WebBench;
beforeEach(async () => {
  bench = await openWebBench();
});
afterEach(() => bench.close());

const byPassword = (name: string, password: string) =>
  ask(`${bench.local}${BASE}/session`, { body: { name, password } });
const idOf = async (name: string) => (await bench.store.access.personByName(name))?.id as string;

describe('a password', () => {
  it('signs in under any spelling of the name, after the invitation set it', async () => {
    await bench.signIn('Jun');
    const answer = await byPassword(' ＪＵＮ', PASSWORD);
    expect(answer.status).toBe(204);
    expect(cookieOf(answer)).toMatch(/^earshot-\d+=[\w-]{43}$/);
  });

  it('is kept as a memory-hard hash only, and a session as the hash of its key', async () => {
    const jun = await bench.signIn('Jun');
    const kept = await bench.store.access.password(await idOf('Jun'));
    expect(kept).toMatch(/^scrypt\$32768\$8\$3\$[\w-]{22}\$[\w-]{43}$/);
    const disk =
      (await readFile(bench.file)).toString('latin1') + (await readFile(`${bench.file}-wal`)).toString('latin1');
    expect(disk).not.toContain(PASSWORD);
    expect(disk).not.toContain(jun.cookie.split('=')[1]);
  });

  it('that is wrong is refused like a name that is not there', async () => {
    await bench.signIn('Jun');
    const [wrong, nobody] = await Promise.all([byPassword('Jun', 'something else'), byPassword('Nobody', PASSWORD)]);
    expect([wrong.status, wrong.json]).toEqual([401, nobody.json]);
    expect(wrong.json.error.code).toBe('wrong-password');
  });

  it('is guessed five times, then has to wait, longer each time; the right one too', async () => {
    await bench.signIn('Jun');
    // Four of the five lie behind: each costs as much as it should.
    await bench.store.access.saveTries('jun|127.0.0.1', { failures: 4, until: 0 });
    await byPassword('Jun', 'guess 5');
    const locked = await byPassword('Jun', PASSWORD);
    expect([locked.status, locked.json.error.code]).toEqual([429, 'locked']);
    expect(locked.json.error.message).toMatch(/Wait a minute/);
    bench.clock.pass(61_000);
    await byPassword('Jun', 'guess 6');
    expect((await byPassword('Jun', PASSWORD)).json.error.message).toMatch(/Wait 2 minutes/);
    bench.clock.pass(121_000);
    expect((await byPassword('Jun', PASSWORD)).status).toBe(204);
    expect((await byPassword('Jun', 'guess 7')).json.error.code, 'the count began anew').toBe('wrong-password');
  });

  it.each(['short', 'aaaaaaaaaaaaaa', 'call-me-junko-1', 'x'.repeat(201)])(
    'that is weak is refused (%s)',
    async (password) => {
      const mei = await bench.signIn();
      const key = new URL((await mei.post('/invitations', { name: 'Junko' })).json.url).searchParams.get('key');
      const answer = await ask(`${bench.local}${BASE}/invitations/accept`, { body: { key, name: 'Junko', password } });
      expect([answer.status, answer.json.error.code]).toEqual([400, 'weak-password']);
      expect(await bench.store.access.personByName('Junko')).toBeUndefined();
    },
  );

  it('is changed by who knows it, and ends their other sessions', async () => {
    const jun = await bench.signIn('Jun');
    const other = await byPassword('Jun', PASSWORD);
    const change = (current: string) =>
      jun.ask('/me/password', { method: 'PUT', body: { current, password: 'quite another one' } });
    expect((await change('wrong')).json.error.code).toBe('wrong-password');
    expect((await change(PASSWORD)).status).toBe(204);
    expect((await jun.get('/me')).status).toBe(200);
    expect((await ask(`${bench.local}${BASE}/me`, { cookie: cookieOf(other) })).status).toBe(401);
    expect((await byPassword('Jun', 'quite another one')).status).toBe(204);
  });

  it('can be set by the owner, who came by the link of the start', async () => {
    const mei = await bench.signIn();
    expect((await mei.get('/me')).json).toMatchObject({ role: 'admin', hasPassword: false, alone: true });
    expect((await mei.ask('/me/password', { method: 'PUT', body: { password: PASSWORD } })).status).toBe(204);
    expect((await byPassword('Mei', PASSWORD)).status).toBe(204);
  });
});

describe('roles', () => {
  /** One call of each kind of route, for a mention and a source that are there. */
  const calls = (id: string, version: number): [string, string, string, unknown?][] => [
    ['GET', '/me', '/me'],
    ['GET', '/queue', '/queue'],
    ['GET', '/sources', '/sources'],
    ['POST', '/mentions/:id/assign', `/mentions/${id}/assign`, { version: version + 100, to: null }],
    ['POST', '/mentions/:id/dismiss', `/mentions/${id}/dismiss`, { version: version + 100, reason: 'duplicate' }],
    ['POST', '/mentions/:id/edit', `/mentions/${id}/edit`, { version: version + 100, text: 'x' }],
    ['POST', '/mentions/:id/hold', `/mentions/${id}/hold`, {}],
    ['POST', '/mentions/:id/approve', `/mentions/${id}/approve`, { version: version + 100, revision: 1 }],
    ['POST', '/mentions/:id/settle', `/mentions/${id}/settle`, { version: version + 100, outcome: 'posted' }],
    ['POST', '/sources/:id/pull', '/sources/nothing/pull', {}],
    ['POST', '/sample/remove', '/sample/remove', {}],
    ['GET', '/people', '/people'],
    ['POST', '/invitations', '/invitations', { name: 'Somebody' }],
  ];

  it.each(ROLES)('%s: every route lets in exactly who has its right', async (role) => {
    const person = await bench.signIn('Jun', role);
    const { mention } = await bench.drafted();
    for (const [method, route, path, body] of calls(mention.id, mention.version)) {
      const needs = needsOf(method, BASE + route);
      const answer = await person.ask(path, { method, ...(body !== undefined && { body }) });
      const allowed = needs === 'self' || needs === 'open' || (needs !== undefined && may({ role }, needs));
      expect([`${method} ${route}`, answer.status === 403], answer.text).toEqual([`${method} ${route}`, !allowed]);
      if (!allowed) expect(answer.json.error.message).toContain(role);
    }
  });

  it('are changed by an admin, at once', async () => {
    const [mei, jun] = [await bench.signIn(), await bench.signIn('Jun', 'viewer')];
    const seen = await bench.drafted();
    const body = { version: seen.mention.version, revision: 1 };
    expect((await jun.post(`/mentions/${seen.mention.id}/approve`, body)).status).toBe(403);
    await mei.ask(`/people/${await idOf('Jun')}`, { method: 'PATCH', body: { role: 'approver' } });
    expect((await jun.post(`/mentions/${seen.mention.id}/approve`, body)).status).toBe(200);
  });

  it('never leave a workspace without an admin', async () => {
    const mei = await bench.signIn();
    const answer = await mei.ask(`/people/${await idOf('Mei')}`, { method: 'PATCH', body: { role: 'lead' } });
    expect([answer.status, answer.json.error.code]).toEqual([422, 'last-admin']);
  });

  it('end with everything when somebody is let go', async () => {
    const [mei, jun] = [await bench.signIn(), await bench.signIn('Jun')];
    const { key } = (await jun.post('/me/tokens', { name: 'report', scopes: ['read'] })).json;
    await mei.ask(`/people/${await idOf('Jun')}`, { method: 'PATCH', body: { disabled: true } });
    expect((await jun.get('/me')).status).toBe(401);
    expect((await byPassword('Jun', PASSWORD)).status).toBe(401);
    expect((await withToken(key).get('/queue')).status).toBe(401);
  });

  it('two people let a reply about fraud out, over the API as everywhere', async () => {
    const [mei, jun] = [await bench.signIn(), await bench.signIn('Jun')];
    const { mention } = await bench.drafted({}, { problemType: 'security-fraud', priority: 'urgent' });
    const approve = (who: Person, version: number) =>
      who.post(`/mentions/${mention.id}/approve`, { version, revision: 1 });
    const first = (await approve(mei, mention.version)).json;
    expect(first).toMatchObject({ needsTwo: true, mention: { state: 'drafted', firstApproval: { by: 'Mei' } } });
    expect((await approve(mei, first.mention.version)).json.error.code).toBe('second-person');
    await mei.ask('/me', { method: 'PATCH', body: { name: 'Mei Lin' } });
    expect((await approve(mei, first.mention.version)).json.error.code, 'a new name is no new person').toBe(
      'second-person',
    );
    const second = (await approve(jun, first.mention.version)).json;
    expect(second.approval.reply).toMatchObject({ approver: 'Jun', firstApprover: 'Mei' });
  });
});

describe('sessions', () => {
  it('are listed, and ended one by one, all others, or by an admin', async () => {
    const [mei, jun] = [await bench.signIn(), await bench.signIn('Jun')];
    const others = [
      await byPassword('Jun', PASSWORD),
      await byPassword('Jun', PASSWORD),
      await byPassword('Jun', PASSWORD),
    ];
    const alive = async () => {
      const answers = await Promise.all(
        others.map((one) => ask(`${bench.local}${BASE}/me`, { cookie: cookieOf(one) })),
      );
      return answers.filter(({ status }) => status === 200).length;
    };
    const list = (await jun.get('/me/sessions')).json;
    expect(list).toHaveLength(4);
    const stranger = list.find(({ here }: { here: boolean }) => !here);
    await mei.ask(`/me/sessions/${stranger.id}`, { method: 'DELETE' });
    expect(await alive(), 'nobody ends what is not theirs there').toBe(3);
    await jun.ask(`/me/sessions/${stranger.id}`, { method: 'DELETE' });
    expect(await alive()).toBe(2);
    await jun.ask('/me/sessions', { method: 'DELETE' });
    expect([await alive(), (await jun.get('/me')).status]).toEqual([0, 200]);
    await mei.ask(`/people/${await idOf('Jun')}/sessions`, { method: 'DELETE' });
    expect((await jun.get('/me')).status).toBe(401);
  });
});

const withToken = (key: string) => ({
  get: (path: string) => ask(bench.local + BASE + path, { headers: { authorization: `Bearer ${key}` } }),
  post: (path: string, body: unknown) =>
    ask(bench.local + BASE + path, { body, headers: { authorization: `Bearer ${key}` } }),
});

describe('a token', () => {
  it('does what it was given for, as its person, and nothing else', async () => {
    const jun = await bench.signIn('Jun');
    const made = (await jun.post('/me/tokens', { name: 'report', scopes: ['read', 'triage'] })).json;
    const program = withToken(made.key);
    const { mention } = await bench.drafted();
    expect((await program.get('/queue')).status).toBe(200);
    const assigned = await program.post(`/mentions/${mention.id}/assign`, { version: mention.version, to: 'Jun' });
    expect(assigned.json.history.at(-1)).toMatchObject({ actor: 'Jun', action: 'assigned' });
    const { version } = assigned.json.mention;
    expect((await program.post(`/mentions/${mention.id}/approve`, { version, revision: 1 })).status).toBe(403);
    for (const path of ['/me/tokens', '/me/sessions', '/people']) expect((await program.get(path)).status).toBe(403);
    const [listed] = (await jun.get('/me/tokens')).json;
    expect(listed).toMatchObject({ name: 'report', usedAt: bench.clock.now() });
    expect(JSON.stringify(listed)).not.toContain(made.key);
    await jun.ask(`/me/tokens/${made.id}`, { method: 'DELETE' });
    expect((await program.get('/queue')).status).toBe(401);
  });

  it('cannot have a right that its person lacks, nor keep one they lost', async () => {
    const [mei, jun] = [await bench.signIn(), await bench.signIn('Jun')];
    expect((await jun.post('/me/tokens', { name: 'x', scopes: ['people'] })).status).toBe(403);
    const { key } = (await jun.post('/me/tokens', { name: 'x', scopes: ['approve'] })).json;
    await mei.ask(`/people/${await idOf('Jun')}`, { method: 'PATCH', body: { role: 'viewer' } });
    const { mention } = await bench.drafted();
    const body = { version: mention.version, revision: 1 };
    expect((await withToken(key).post(`/mentions/${mention.id}/approve`, body)).status).toBe(403);
  });

  it('runs out, and is none when it is made up', async () => {
    const jun = await bench.signIn('Jun');
    const { key } = (await jun.post('/me/tokens', { name: 'x', scopes: ['read'], days: 1 })).json;
    bench.clock.pass(86_400_001);
    expect((await withToken(key).get('/queue')).status).toBe(401);
    expect((await withToken('a'.repeat(43)).get('/queue')).status).toBe(401);
  });
});

describe('a Discord account', () => {
  it('is set and taken away by an admin, checked for its form, and one person at most', async () => {
    const mei = await bench.signIn();
    const of = async (name: string) => `/people/${await idOf(name)}`;
    await bench.signIn('Jun', 'drafter');
    const set = async (name: string, discord: string) =>
      mei.ask(await of(name), { method: 'PATCH', body: { discord } });
    const account = '800000000000000001';
    expect((await set('Jun', account)).json).toMatchObject({
      people: expect.arrayContaining([expect.objectContaining({ name: 'Jun', discord: account, role: 'drafter' })]),
    });
    expect((await set('Mei', account)).status).toBe(422);
    expect((await set('Mei', 'jun#1234')).status).toBe(400);
    expect(JSON.stringify((await set('Jun', '')).json)).not.toContain(account);
    expect((await bench.store.audit(0, 100)).map(({ action }) => action)).toContain('discord-account-set');
  });
});

describe('the log', () => {
  it('tells who came, who let whom in, what changed, and no secret', async () => {
    const [mei, jun] = [await bench.signIn(), await bench.signIn('Jun', 'drafter')];
    await jun.post('/me/tokens', { name: 'report', scopes: ['read'] });
    await mei.ask(`/people/${await idOf('Jun')}`, { method: 'PATCH', body: { role: 'approver' } });
    await mei.ask(`/people/${await idOf('Jun')}/sessions`, { method: 'DELETE' });
    const log = await bench.store.audit(0, 100);
    const told = log.map(({ actor, action }) => `${actor} ${action}`);
    for (const one of [
      'Mei joined',
      'Mei invited',
      'Jun joined',
      'Jun signed-in',
      'Jun token-made',
      'Mei role-changed',
      'Mei sessions-ended',
    ])
      expect(told).toContain(one);
    expect(JSON.stringify(log)).not.toContain(PASSWORD);
  });
});

describe('access as an older version kept it', () => {
  const secret = 's'.repeat(43);
  const signed = (payload: object) => {
    const value = Buffer.from(JSON.stringify(payload)).toString('base64url');
    const mac = createHmac('sha256', secret).update(value).digest('base64').replace(/=+$/, '');
    return encodeURIComponent(`${value}.${mac}`);
  };
  const hash = async (key: string) => (await import('node:crypto')).createHash('sha256').update(key).digest('hex');

  it('keeps its invitations and its sessions, and what was ended stays so', async () => {
    const at = bench.clock.now();
    const invitations = [{ hash: await hash('old-key'), name: 'Lena', expiresAt: at + 1_000_000 }];
    const file = { secret, invitations, ended: [{ session: 'gone', at }] };
    await writeFile(bench.parts.accessFile, JSON.stringify(file));
    await bench.restart();
    const port = new URL(bench.local).port;
    const me = (payload: object) => ask(`${bench.local}${BASE}/me`, { cookie: `earshot-${port}=${signed(payload)}` });
    const answer = await me({ id: 'old', name: 'Omar', at });
    expect([answer.status, answer.json.name, answer.json.role]).toEqual([200, 'Omar', 'approver']);
    expect(cookieOf(answer), 'a session of today').toMatch(/^earshot-\d+=[\w-]{43}$/);
    expect((await me({ id: 'gone', name: 'Eve', at })).status).toBe(401);
    expect((await me({ id: 'late', name: 'Eve', at: at - 31 * 86_400_000 })).status).toBe(401);
    const forged = await ask(`${bench.local}${BASE}/me`, {
      cookie: `earshot-${port}=${signed({ id: 'x', name: 'Eve', at })}x`,
    });
    expect(forged.status).toBe(401);

    const accept = () =>
      ask(`${bench.local}${BASE}/invitations/accept`, { body: { key: 'old-key', name: 'Lena', password: PASSWORD } });
    expect((await accept()).status).toBe(204);
    await bench.restart();
    expect((await accept()).status, 'used up for good').toBe(401);
  });
});
