import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Fleet, type Machine } from './fleet.ts';

/** Each machine is a process of its own, and other tests run beside them. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const JSON_BODY = { 'content-type': 'application/json' };
const PASSWORD = 'four words in a row';
const NEW_PASSWORD = 'quite another four words';

let fleet: Fleet;
beforeEach(async () => {
  fleet = await Fleet.open();
});
afterEach(() => fleet.close());

/** Asks one machine as whoever has the cookie. */
function askerAt({ link }: Machine, cookie = '') {
  const send = (method: string, path: string, body?: unknown) =>
    fetch(new URL(`/api/v1${path}`, link), {
      method,
      headers: { cookie, ...(body !== undefined && JSON_BODY) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const must = async (...asked: Parameters<typeof send>) =>
    expect((await send(...asked)).ok, asked.join(' ')).toBe(true);
  return { send, must, get: async (path: string) => (await send('GET', path)).json() };
}

const keyIn = (link: string) => new URL(link).searchParams.get('key');

/** The key of a session, without the name of the cookie: that holds the port of a machine. */
function sessionIn(answer: Response): string {
  expect(answer.ok, `${answer.status}`).toBe(true);
  const [set = ''] = answer.headers.getSetCookie();
  return /=([^;]+)/.exec(set)?.[1] ?? '';
}
const cookieAt = ({ link }: Machine, key: string) => `earshot-${new URL(link).port}=${key}`;

/** The live events of an open page; resolves when the page is there, and `ended` when the machine ended them. */
async function openPage(machine: Machine, key: string) {
  const headers = { cookie: cookieAt(machine, key), accept: 'text/event-stream' };
  const leaving = new AbortController();
  const { status, body } = await fetch(new URL('/api/v1/events', machine.link), { headers, signal: leaving.signal });
  expect(status).toBe(200);
  const reader = (body as ReadableStream<Uint8Array>).getReader();
  await reader.read();
  // Its connection goes with it, in the middle of an answer that has no length: whoever reads sees it cut.
  const ended = (async () => {
    while (!(await reader.read()).done);
  })().catch(() => {});
  return { ended, leave: () => leaving.abort() };
}

it('a session that ends, or a role that is taken away, on one machine ends the open pages of the other', async () => {
  const [one, two] = await Promise.all([fleet.start('one', 'web'), fleet.start('two', 'web')]);
  const owner = sessionIn(await askerAt(one).send('POST', '/session', { key: keyIn(one.link) }));
  const lin = askerAt(one, cookieAt(one, owner));
  const { url } = await (await lin.send('POST', '/invitations', { name: 'Mei', role: 'approver' })).json();
  const accepted = { key: keyIn(url), name: 'Mei', password: PASSWORD };
  const hers = sessionIn(await askerAt(one).send('POST', '/invitations/accept', accepted));
  const { people } = await lin.get('/people');
  const { id } = people.find(({ name }: { name: string }) => name === 'Mei');

  const mine = await openPage(two, owner);
  // Another role: the page is to come again at once and see what it may do.
  const first = await openPage(two, hers);
  await lin.must('PATCH', `/people/${id}`, { role: 'viewer' });
  await first.ended;

  // A new password ends all other sessions: this one, on the other machine, among them.
  const mei = askerAt(one, cookieAt(one, hers));
  const other = sessionIn(await askerAt(two).send('POST', '/session', { name: 'Mei', password: PASSWORD }));
  const second = await openPage(two, other);
  const kept = await openPage(two, hers);
  await mei.must('PUT', '/me/password', { current: PASSWORD, password: NEW_PASSWORD });
  await second.ended;

  // Signed out by an admin; what was open under the session that stayed ends, too.
  await lin.must('DELETE', `/people/${id}/sessions`);
  await kept.ended;
  expect((await askerAt(two, cookieAt(two, hers)).send('GET', '/queue')).status).toBe(401);

  // Cut off from the news while it happens: looked up as soon as the line is back.
  const third = sessionIn(await askerAt(two).send('POST', '/session', { name: 'Mei', password: NEW_PASSWORD }));
  const last = await openPage(two, third);
  two.proxy.cut();
  await lin.must('DELETE', `/people/${id}/sessions`);
  two.proxy.mend();
  await last.ended;

  // All the time nobody else was disturbed.
  const still = await Promise.race([mine.ended.then(() => 'ended'), lin.get('/me').then(() => 'open')]);
  expect(still).toBe('open');
  mine.leave();
  await mine.ended;
});
