/**
 * Who may do what, as one table. Review asks it before every decision, the server before every route, and the page shows
 * by it what it offers.
 */

/** From the least to the most. Each role may do what the one before it may. */
export const ROLES = ['viewer', 'drafter', 'approver', 'lead', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/**
 * `read`: see mentions, sources and numbers. `triage`: assign, snooze, escalate, dismiss, correct the problem type.
 * `draft`: write replies. `approve`: let them out, take them back, settle what became of them; dismiss in regulated lanes.
 * `settings`: sources, and what else decides how Earshot works. `people`: invite, roles, sessions and tokens of others.
 */
export const RIGHTS = ['read', 'triage', 'draft', 'approve', 'settings', 'people'] as const;
export type Right = (typeof RIGHTS)[number];

const RIGHTS_OF: Record<Role, readonly Right[]> = {
  viewer: ['read'],
  drafter: ['read', 'triage', 'draft'],
  approver: ['read', 'triage', 'draft', 'approve'],
  lead: ['read', 'triage', 'draft', 'approve', 'settings'],
  admin: ['read', 'triage', 'draft', 'approve', 'settings', 'people'],
};

/** Somebody who asks for something: a person, or a program with a token of theirs. */
export interface Actor {
  /** What decisions are recorded under. */
  name: string;
  /** Who it is, whatever they are called: a person's id, or `discord:` and an account. */
  id?: string;
  role: Role;
  /** With a token: the only rights of the person that it was given. */
  scopes?: readonly Right[];
}

export function rightsOf({ role, scopes }: Pick<Actor, 'role' | 'scopes'>): Right[] {
  return RIGHTS_OF[role].filter((right) => scopes === undefined || scopes.includes(right));
}

export function may(actor: Pick<Actor, 'role' | 'scopes'>, right: Right): boolean {
  return rightsOf(actor).includes(right);
}

export function isAtLeast(role: Role, least: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(least);
}

/** Nobody may sign as a colleague: width, case and what does not show make no other name. */
export function foldedName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** What begins the id of somebody who is known by their Discord account alone. */
export const DISCORD_ID = 'discord:';

/**
 * Whether nobody can say that two are not one person: one is known by their Discord account alone, the other decided
 * elsewhere, and names can be chosen.
 */
export function mayBeSamePerson(one: Pick<Actor, 'id'>, other: Pick<Actor, 'id'>): boolean {
  return (one.id?.startsWith(DISCORD_ID) ?? false) !== (other.id?.startsWith(DISCORD_ID) ?? false);
}

/** Whether two records speak of one person: by who they are where that is known of both, and always by name. */
export function isSamePerson(one: Pick<Actor, 'name' | 'id'>, other: Pick<Actor, 'name' | 'id'>): boolean {
  return (one.id !== undefined && one.id === other.id) || foldedName(one.name) === foldedName(other.name);
}
