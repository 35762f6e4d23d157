import type { AccessStore, Invitation, Person } from '../../../../core/access.ts';
import { CallRefused } from '../../../../core/failures.ts';
import type { Clock, NewAuditEvent } from '../../../../core/ports.ts';
import type { Role } from '../../../../core/rights.ts';
import { hashOf, newId, newKey } from './keys.ts';
import { Lockout } from './lockout.ts';
import { hashPassword, isPassword, mustBeStrong } from './passwords.ts';
import { StartKeys } from './start-keys.ts';

const INVITATION_MS = 7 * 86_400_000;

/** How a newcomer signs in from now on. */
export type Credentials = { password: string } | { login: NonNullable<Person['login']> };

/** The ways in: the link of the start, an invitation, a name with its password, a login elsewhere. */
export class Access {
  readonly startKeys = new StartKeys();
  readonly #store: AccessStore;
  readonly #clock: Clock;
  readonly #owner: string;
  readonly #lockout: Lockout;

  constructor(store: AccessStore, clock: Clock, owner: string) {
    this.#store = store;
    this.#clock = clock;
    this.#owner = owner;
    this.#lockout = new Lockout(store, clock);
  }

  /** Whoever reads what the process prints runs this Earshot: an admin, whatever they were before. */
  async byStartKey(key: string): Promise<Person | undefined> {
    if (!this.startKeys.take(key)) return undefined;
    const known = await this.#store.personByName(this.#owner);
    if (known && known.role === 'admin' && !known.disabled) return known;
    const person: Person = { ...(known ?? this.#newPerson(this.#owner, 'admin')), role: 'admin', disabled: false };
    return this.#store.savePerson(person, this.#event(person.name, 'joined', { role: 'admin', how: 'start link' }));
  }

  /** @throws CallRefused `wrong-password`, the same for a name that is not there; `locked` */
  async byPassword(name: string, password: string, address: string): Promise<Person> {
    await this.#lockout.mustBeOpen(name, address);
    const person = await this.#store.personByName(name);
    const kept = person && !person.disabled ? await this.#store.password(person.id) : undefined;
    if (person && (await isPassword(password, kept))) {
      await this.#lockout.succeeded(name, address);
      return person;
    }
    if (!person) await isPassword(password, undefined);
    await this.#lockout.failed(name, address);
    throw new CallRefused(401, 'wrong-password', 'Name and password do not fit together. Check both, then try again.');
  }

  async byLogin(login: NonNullable<Person['login']>): Promise<Person | undefined> {
    const person = await this.#store.personByLogin(login.issuer, login.subject);
    return person?.disabled ? undefined : person;
  }

  async invite(name: string, role: Role, by: string): Promise<{ key: string; expiresAt: number }> {
    const key = newKey();
    const until = this.#clock.now() + INVITATION_MS;
    const invitation: Invitation = { id: newId(), name, role, by, until };
    await this.#store.invite(invitation, hashOf(key), this.#event(by, 'invited', { name, role, expiresAt: until }));
    return { key, expiresAt: until };
  }

  /** Who an invitation is for, without using it up. */
  invitation(key: string): Promise<Invitation | undefined> {
    return this.#store.invitation(hashOf(key), this.#clock.now());
  }

  /**
   * A new person by their invitation; one who was let go and is invited again comes back.
   *
   * @throws CallRefused `bad-key`, `weak-password`; Refused `name-taken`
   */
  async accept(key: string, name: string, credentials: Credentials): Promise<Person> {
    const invitation = await this.invitation(key);
    if (!invitation) throw badKey();
    if ('password' in credentials) mustBeStrong(credentials.password, name);
    const known = await this.#store.personByName(name);
    const back = known?.disabled ? { ...known, disabled: false, role: invitation.role } : undefined;
    const person: Person = {
      ...(back ?? this.#newPerson(name, invitation.role)),
      ...('login' in credentials && { login: credentials.login }),
    };
    const hash = 'password' in credentials ? await hashPassword(credentials.password) : undefined;
    const event = this.#event(person.name, 'joined', { role: person.role, invitedBy: invitation.by });
    if (!(await this.#store.accept(hashOf(key), person, hash, event))) throw badKey();
    return { ...person, hasPassword: hash !== undefined };
  }

  /** @throws CallRefused `wrong-password` where there is one and it is not repeated; `weak-password` */
  async setPassword(person: Person, given: { current?: string | undefined; password: string }, address: string) {
    if (person.hasPassword) await this.byPassword(person.name, given.current ?? '', address);
    mustBeStrong(given.password, person.name);
    const event = this.#event(person.name, 'password-set', {});
    await this.#store.savePassword(person.id, await hashPassword(given.password), event);
  }

  /** For who was signed in by an older version, and for a login that a workspace trusts by itself. */
  async join(name: string, role: Role, how: string, login?: Person['login']): Promise<Person> {
    const known = login ? undefined : await this.#store.personByName(name);
    if (known) return known;
    const person: Person = { ...this.#newPerson(name, role), ...(login && { login }) };
    return this.#store.savePerson(person, this.#event(name, 'joined', { role, how }));
  }

  #newPerson(name: string, role: Role): Person {
    return { id: newId(), name, role, hasPassword: false, disabled: false, since: this.#clock.now() };
  }

  #event(actor: string, action: string, detail: Record<string, unknown>): NewAuditEvent {
    return { at: this.#clock.now(), actor, action, subject: 'people', detail };
  }
}

export function badKey(): CallRefused {
  return new CallRefused(
    401,
    'bad-key',
    'This link was used already, or it is none. Ask a colleague for a new one, or start Earshot again.',
  );
}
