/** The tables of access, apart from the others: see `schema.ts` for what is said of all. */
export interface PersonTable {
  id: string;
  name: string;
  /** The name as it is compared. */
  folded: string;
  role: string;
  password: string | null;
  issuer: string | null;
  subject: string | null;
  discord: string | null;
  disabled: number;
  since: number;
  seen_at: number | null;
}

export interface SessionTable {
  /** SHA-256 of what the cookie holds. */
  hash: string;
  id: string;
  person_id: string;
  at: number;
  used_at: number;
  until: number;
  agent: string;
}

export interface InvitationTable {
  hash: string;
  id: string;
  name: string;
  role: string;
  by: string;
  until: number;
}

export interface TokenTable {
  hash: string;
  id: string;
  person_id: string;
  name: string;
  scopes_json: string;
  at: number;
  used_at: number | null;
  until: number | null;
}

export interface TriesTable {
  subject: string;
  failures: number;
  until: number;
}
