import type { Instant } from './nouns.ts';
import type { NewAuditEvent } from './records.ts';
import type { Right, Role } from './rights.ts';

/** Somebody with an account in this workspace. */
export interface Person {
  id: string;
  /** What decisions are recorded under; no two are alike, whatever their case and width. */
  name: string;
  role: Role;
  /** Whether there is a password to sign in with. */
  hasPassword: boolean;
  /** An account elsewhere that signs in here: issuer and subject of OpenID Connect. */
  login?: { issuer: string; subject: string };
  /** Id of their account on Discord, where they decide on cards as themselves. */
  discord?: string;
  /** May not sign in any more. Kept for what they decided. */
  disabled: boolean;
  since: Instant;
  seenAt?: Instant;
}

/** One browser that is signed in. */
export interface SignedIn {
  id: string;
  personId: string;
  at: Instant;
  usedAt: Instant;
  until: Instant;
  /** The program, as it calls itself. */
  agent: string;
}

/** A link that lets one person in, once. */
export interface Invitation {
  id: string;
  /** As they are called until they say otherwise. */
  name: string;
  role: Role;
  by: string;
  until: Instant;
}

/** A key for a program, which acts as its person with some of their rights. */
export interface Token {
  id: string;
  personId: string;
  name: string;
  scopes: Right[];
  at: Instant;
  usedAt?: Instant;
  until?: Instant;
}

/** Failed tries to sign in under one name, from one address, or both. */
export interface Tries {
  failures: number;
  /** Nobody may try again before this. */
  until: Instant;
}

/**
 * Who may come in. Of every key and token only a hash is kept. What changes something comes with its audit event, in one
 * commit.
 */
export interface AccessStore {
  people(): Promise<Person[]>;
  person(id: string): Promise<Person | undefined>;
  personByName(name: string): Promise<Person | undefined>;
  personByLogin(issuer: string, subject: string): Promise<Person | undefined>;
  personByDiscord(account: string): Promise<Person | undefined>;
  /**
   * Adds a person, or changes one: name, role, login, Discord account, disabled.
   *
   * @throws Refused `name-taken`, `discord-taken`, `last-admin`.
   */
  savePerson(person: Person, audit: NewAuditEvent): Promise<Person>;
  /** The hash of a person's password, or undefined where there is none. */
  password(personId: string): Promise<string | undefined>;
  savePassword(personId: string, hash: string, audit?: NewAuditEvent): Promise<void>;

  beginSession(session: SignedIn, hash: string, audit: NewAuditEvent): Promise<void>;
  session(hash: string, now: Instant): Promise<{ session: SignedIn; person: Person } | undefined>;
  sessions(now: Instant, personId?: string): Promise<SignedIn[]>;
  /** Says that it was used. */
  touch(what: { sessionId: string } | { tokenId: string }, at: Instant): Promise<void>;
  /** Ends one session, or all of a person but one. Returns those that ended. */
  endSessions(which: { id: string } | { personId: string; but?: string }, audit: NewAuditEvent): Promise<string[]>;

  invite(invitation: Invitation, hash: string, audit?: NewAuditEvent): Promise<void>;
  invitations(now: Instant): Promise<Invitation[]>;
  invitation(hash: string, now: Instant): Promise<Invitation | undefined>;
  /** Uses an invitation up, for a new person, in one commit. False when somebody else did before. */
  accept(hash: string, person: Person, password: string | undefined, audit: NewAuditEvent): Promise<boolean>;
  withdraw(invitationId: string, audit: NewAuditEvent): Promise<void>;

  addToken(token: Token, hash: string, audit: NewAuditEvent): Promise<void>;
  token(hash: string, now: Instant): Promise<{ token: Token; person: Person } | undefined>;
  tokens(personId?: string): Promise<Token[]>;
  removeToken(id: string, audit: NewAuditEvent): Promise<void>;

  tries(subject: string): Promise<Tries>;
  saveTries(subject: string, tries: Tries | undefined): Promise<void>;

  /**
   * Calls back when somebody may be here no more, or may do something else than before, whichever process did it: a session
   * or a token ended, a person was changed. Also where that may have been missed. Returns how to stop.
   */
  watch(onChange: () => void): () => void;
}
