import { afterEach, beforeEach, expect, it } from 'vitest';
import type { AccessStore, Invitation, Person, SignedIn, Token } from '../../../src/core/access.ts';
import { type EngineUnderTest, event, fresh, MINUTE, T0 } from './support.ts';

const person = (id: string, over: Partial<Person> = {}): Person => ({
  id,
  name: `Person ${id}`,
  role: 'approver',
  hasPassword: false,
  disabled: false,
  since: T0,
  ...over,
});
const session = (id: string, personId: string, over: Partial<SignedIn> = {}): SignedIn => ({
  id,
  personId,
  at: T0,
  usedAt: T0,
  until: T0 + 60 * MINUTE,
  agent: 'Browser',
  ...over,
});
const invitation: Invitation = { id: 'i1', name: 'Jun', role: 'drafter', by: 'Mei', until: T0 + MINUTE };
const token: Token = { id: 't1', personId: 'mei', name: 'report', scopes: ['read'], at: T0 };
const said = (action: string) => event(action, 'people');

/** Who may come in: the same on every engine, and shared by all processes on one store. */
export function access(engine: EngineUnderTest): void {
  let place: Awaited<ReturnType<typeof fresh>>;
  let store: AccessStore;
  beforeEach(async () => {
    place = await fresh(engine);
    store = place.store.access;
    await store.savePerson(person('mei', { name: 'Mei', role: 'admin' }), said('joined'));
  });
  afterEach(() => place.done());

  it('knows people by id, by name however it is written, and by their login elsewhere', async () => {
    const login = { issuer: 'https://id.example', subject: '7' };
    const jun = await store.savePerson(person('jun', { name: 'Jun', login }), said('joined'));
    expect(await store.person('jun')).toEqual(jun);
    expect(await store.personByName(' ＪＵＮ ')).toEqual(jun);
    expect(await store.personByLogin('https://id.example', '7')).toEqual(jun);
    expect(await store.personByLogin('https://other.example', '7')).toBeUndefined();
    expect((await store.people()).map(({ name }) => name)).toEqual(['Jun', 'Mei']);
  });

  it('keeps one name for one person, also when eight come at once', async () => {
    const tries = await Promise.allSettled(
      Array.from({ length: 8 }, (_, n) => store.savePerson(person(`p${n}`, { name: 'Jun' }), said('joined'))),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(store.savePerson(person('x', { name: 'ｍｅｉ' }), said('joined'))).rejects.toMatchObject({
      code: 'name-taken',
    });
    await store.savePerson(person('mei', { name: 'MEI', role: 'admin' }), said('renamed'));
    expect((await place.store.audit(0, 20)).filter(({ action }) => action === 'joined')).toHaveLength(2);
  });

  it('never loses its last admin', async () => {
    for (const change of [{ role: 'lead' as const }, { role: 'admin' as const, disabled: true }])
      await expect(store.savePerson(person('mei', { name: 'Mei', ...change }), said('changed'))).rejects.toMatchObject({
        code: 'last-admin',
      });
    expect(await store.person('mei')).toMatchObject({ role: 'admin', disabled: false });
  });

  it('knows a person by their Discord account, which is one person at most', async () => {
    const account = '800000000000000001';
    await store.savePerson(person('mei', { name: 'Mei', role: 'admin', discord: account }), said('discord'));
    expect(await store.personByDiscord(account)).toMatchObject({ id: 'mei', discord: account });
    await expect(store.savePerson(person('jun', { discord: account }), said('joined'))).rejects.toMatchObject({
      code: 'discord-taken',
    });
    await store.savePerson(person('mei', { name: 'Mei', role: 'admin' }), said('discord'));
    expect(await store.personByDiscord(account)).toBeUndefined();
  });

  it('keeps a password beside the person, and hands it to nobody with them', async () => {
    expect(await store.password('mei')).toBeUndefined();
    await store.savePassword('mei', 'hash-1', said('password-set'));
    expect(await store.password('mei')).toBe('hash-1');
    expect(await store.person('mei')).toMatchObject({ hasPassword: true });
    await store.savePerson(person('mei', { name: 'Mei 2', role: 'admin' }), said('renamed'));
    expect(await store.password('mei'), 'a rename keeps it').toBe('hash-1');
    expect(JSON.stringify(await store.people())).not.toContain('hash-1');
  });

  it('opens a session by its hash until it ends, runs out, or its person is let go', async () => {
    await store.beginSession(session('s1', 'mei'), 'h1', said('signed-in'));
    await store.beginSession(session('s2', 'mei'), 'h2', said('signed-in'));
    expect(await store.session('h1', T0)).toMatchObject({ session: { id: 's1' }, person: { name: 'Mei', seenAt: T0 } });
    expect(await store.session('h1', T0 + 60 * MINUTE)).toBeUndefined();
    await store.touch({ sessionId: 's1' }, T0 + 5);
    expect((await store.sessions(T0, 'mei')).map(({ id, usedAt }) => [id, usedAt])).toEqual([
      ['s1', T0 + 5],
      ['s2', T0],
    ]);
    expect(await store.endSessions({ personId: 'mei', but: 's1' }, said('sessions-ended'))).toEqual(['s2']);
    expect(await store.session('h2', T0)).toBeUndefined();
    await store.savePerson(person('jun', { role: 'admin' }), said('joined'));
    await store.savePerson(person('mei', { name: 'Mei', disabled: true }), said('let-go'));
    expect(await store.session('h1', T0)).toBeUndefined();
    expect(await store.endSessions({ id: 's1' }, said('sessions-ended'))).toEqual(['s1']);
  });

  it('lets one person in by an invitation, once, with everything in one commit', async () => {
    await store.invite(invitation, 'h', said('invited'));
    expect(await store.invitation('h', T0)).toEqual(invitation);
    expect(await store.invitation('h', T0 + MINUTE)).toBeUndefined();
    await expect(store.accept('h', person('jun', { name: 'Mei' }), 'pw', said('joined'))).rejects.toMatchObject({
      code: 'name-taken',
    });
    expect(await store.invitations(T0), 'not used up by a name that was taken').toEqual([invitation]);
    const tries = await Promise.all(
      Array.from({ length: 6 }, (_, n) => store.accept('h', person(`p${n}`), 'pw', said('joined'))),
    );
    expect(tries.filter(Boolean)).toHaveLength(1);
    expect(await store.people()).toHaveLength(2);
    expect(await store.invitations(T0)).toEqual([]);
  });

  it('takes an invitation back', async () => {
    await store.invite(invitation, 'h', said('invited'));
    await store.withdraw('i1', said('invitation-withdrawn'));
    expect(await store.accept('h', person('jun'), undefined, said('joined'))).toBe(false);
  });

  it('opens for a token until it runs out or is removed, and knows when it was used last', async () => {
    await store.addToken(token, 'h', said('token-made'));
    await store.addToken({ ...token, id: 't2', until: T0 + MINUTE }, 'h2', said('token-made'));
    expect(await store.token('h', T0)).toMatchObject({ token, person: { name: 'Mei' } });
    expect(await store.token('h2', T0 + MINUTE)).toBeUndefined();
    await store.touch({ tokenId: 't1' }, T0 + 9);
    expect((await store.tokens('mei')).find(({ id }) => id === 't1')?.usedAt).toBe(T0 + 9);
    await store.removeToken('t1', said('token-removed'));
    expect(await store.token('h', T0)).toBeUndefined();
  });

  it('tells every process when somebody may be here no more or may do something else, and of nothing more', async () => {
    const jun = await store.savePerson(person('jun', { name: 'Jun' }), said('joined'));
    await store.addToken(token, 'h', said('token-made'));
    const other = (await place.open()).access;
    let [here, there, late] = [0, 0, 0];
    store.watch(() => here++);
    const stop = other.watch(() => there++);
    const steps: [string, () => Promise<unknown>][] = [
      ['a role taken away', () => store.savePerson({ ...jun, role: 'viewer' }, said('role-changed'))],
      ['a session ended', async () => store.endSessions({ personId: 'jun' }, said('sessions-ended'))],
      ['a token removed', () => store.removeToken('t1', said('token-removed'))],
    ];
    await store.beginSession(session('s1', 'jun'), 'h1', said('signed-in'));
    await store.touch({ sessionId: 's1' }, T0 + 1);
    const before = here;
    expect(before, 'signing in ends nothing').toBe(0);
    for (const [what, step] of steps) {
      const [was, wasThere] = [here, there];
      await step();
      await expect.poll(() => here > was, { message: what }).toBe(true);
      await expect.poll(() => there > wasThere, { message: `${what}, elsewhere`, timeout: 10_000 }).toBe(true);
    }
    stop();
    const stopped = there;
    other.watch(() => late++);
    await store.savePerson({ ...jun, role: 'drafter' }, said('role-changed'));
    await expect.poll(() => late > 0, { timeout: 10_000 }).toBe(true);
    expect(there).toBe(stopped);
  });

  it('counts failed tries, for every process on the store', async () => {
    expect(await store.tries('name:mei')).toEqual({ failures: 0, until: 0 });
    await store.saveTries('name:mei', { failures: 3, until: T0 });
    await store.saveTries('name:mei', { failures: 4, until: T0 + 1 });
    expect(await (await place.open()).access.tries('name:mei')).toEqual({ failures: 4, until: T0 + 1 });
    await store.saveTries('name:mei', undefined);
    expect(await store.tries('name:mei')).toEqual({ failures: 0, until: 0 });
  });
}
