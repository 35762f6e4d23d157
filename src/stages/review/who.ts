import { Conflict, Refused } from '../../core/failures.ts';
import type { MentionId } from '../../core/nouns.ts';
import type { Case, Store } from '../../core/ports.ts';
import { type Actor, foldedName, may, type Right } from '../../core/rights.ts';
import type { ReviewParts } from './parts.ts';
import type { Asked } from './review.ts';

const NAME_MAX = 60;

/** A case that a person decides about. */
export type Seen = Case & { by: string; actor: Actor };

/**
 * The case a decision is about, once it is sure that a named person who may decide it saw this very version, and that
 * nobody else is writing there.
 */
export async function seenCase(parts: Pick<ReviewParts, 'store' | 'clock'>, asked: Asked, right: Right): Promise<Seen> {
  const actor = actorOf(asked.by);
  mustMay(actor, right);
  const found = await caseOf(parts.store, asked.mentionId);
  if (found.mention.version !== asked.version) throw new Conflict();
  mustBeFree(found, actor, parts.clock.now());
  return { ...found, by: actor.name, actor };
}

export async function caseOf(store: Store, id: MentionId): Promise<Case> {
  const found = await store.find(id);
  // A prefix is for looking things up; a decision needs the whole id.
  if (found?.mention.id === id && found.mention.state !== 'erased') return found;
  throw new Refused('unknown-mention', 'This mention is not there any more. It may have been deleted at its source.');
}

/** A bare name comes from a program that whoever runs Earshot runs themselves, such as the command line. */
export function actorOf(by: string | Actor): Actor {
  const actor: Actor = typeof by === 'string' ? { name: by, role: 'admin' } : by;
  return { ...actor, name: personName(actor.name) };
}

/** @throws Refused `no-name`: an approval that nobody signed is none. */
export function personName(name: string): string {
  const clean = name.trim();
  if (clean === '') throw new Refused('no-name', 'A decision needs the name of the person who makes it.');
  if (clean.length > NAME_MAX || /\p{Cc}/u.test(clean)) {
    throw new Refused('no-name', `A name has at most ${NAME_MAX} characters and no control characters.`);
  }
  return clean;
}

const MISSING: Record<Right, string> = {
  read: 'see this',
  triage: 'sort mentions',
  draft: 'write replies',
  approve: 'approve replies',
  settings: 'change settings',
  people: 'manage people',
};

/** @throws Refused `no-right`, with who can help. */
export function mustMay(actor: Actor, right: Right): void {
  if (may(actor, right)) return;
  const why = actor.scopes
    ? 'This token was not given that right'
    : `As ${actor.role} you may not ${MISSING[right]} here`;
  throw new Refused('no-right', `${why}. Ask an admin of this workspace.`);
}

/** @throws Refused `held` while somebody else is writing. */
export function mustBeFree({ mention: { hold } }: Pick<Case, 'mention'>, actor: Actor, now: number): void {
  if (!hold || hold.until <= now || foldedName(hold.by) === foldedName(actor.name)) return;
  throw new Refused('held', `${hold.by} is writing a reply here. Wait until they are done, or take it over.`);
}
