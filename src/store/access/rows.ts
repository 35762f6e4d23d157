import type { Selectable } from 'kysely';
import type { Invitation, Person, SignedIn, Token } from '../../core/access.ts';
import { foldedName, type Right, type Role } from '../../core/rights.ts';
import { clean, toJson } from '../clean.ts';
import type { InvitationTable, PersonTable, SessionTable, TokenTable } from './tables.ts';

export const PERSON_COLUMNS = [
  'person.id',
  'name',
  'folded',
  'role',
  'password',
  'issuer',
  'subject',
  'discord',
  'disabled',
  'since',
  'seen_at',
] as const;

export function personOf(row: Selectable<PersonTable>): Person {
  return {
    id: row.id,
    name: row.name,
    role: row.role as Role,
    hasPassword: row.password !== null,
    ...(row.issuer !== null && row.subject !== null && { login: { issuer: row.issuer, subject: row.subject } }),
    ...(row.discord !== null && { discord: row.discord }),
    disabled: row.disabled === 1,
    since: row.since,
    ...(row.seen_at !== null && { seenAt: row.seen_at }),
  };
}

/** All of a person but their password, which is saved on its own. */
export function personColumns({ id, name, role, login, discord, disabled, since }: Person) {
  return {
    id,
    name: clean(name),
    folded: clean(foldedName(name)),
    role,
    issuer: login ? clean(login.issuer) : null,
    subject: login ? clean(login.subject) : null,
    discord: discord === undefined ? null : clean(discord),
    disabled: disabled ? 1 : 0,
    since,
  };
}

export function sessionOf(row: Selectable<SessionTable>): SignedIn {
  const { id, person_id, at, used_at, until, agent } = row;
  return { id, personId: person_id, at, usedAt: used_at, until, agent };
}

export function invitationOf({ id, name, role, by, until }: Selectable<InvitationTable>): Invitation {
  return { id, name, role: role as Role, by, until };
}

export function tokenOf(row: Selectable<TokenTable>): Token {
  return {
    id: row.id,
    personId: row.person_id,
    name: row.name,
    scopes: JSON.parse(row.scopes_json) as Right[],
    at: row.at,
    ...(row.used_at !== null && { usedAt: row.used_at }),
    ...(row.until !== null && { until: row.until }),
  };
}

export function tokenColumns({ id, personId, name, scopes, at, until }: Token) {
  return { id, person_id: personId, name: clean(name), scopes_json: toJson(scopes), at, until: until ?? null };
}
