/** Lists that people put together and come back to. Data only. */
import type { Instant } from './nouns.ts';
import type { NewAuditEvent } from './records.ts';

/** A view of the queue under a name: of one person, or of the whole team. */
export interface SavedView {
  id: string;
  name: string;
  /** Seen by everybody; else by its author alone. */
  team: boolean;
  /** The author: who they are, and what they were called when they saved it last. */
  person: string;
  by: string;
  at: Instant;
  /** What it shows, as the surface that saved it says it. Names of filters and their values. */
  query: Readonly<Record<string, string>>;
}

export interface SavedViewStore {
  /** Those of the team and those of this person, by name. */
  savedViews(personId: string): Promise<SavedView[]>;
  savedView(id: string): Promise<SavedView | undefined>;
  /** Adds one, or replaces the one with its id. @throws Refused `name-taken` when the team, or the person, has another of that name */
  saveView(view: SavedView, audit: NewAuditEvent): Promise<void>;
  removeView(id: string, audit: NewAuditEvent): Promise<void>;
  /** What the inbox opens with for this person, where they chose something: the id of a saved view, or a view's own name. */
  startView(personId: string): Promise<string | undefined>;
  /** Undefined: as it was before they chose. */
  setStartView(personId: string, view: string | undefined): Promise<void>;
}
