import { Refused } from '../../core/failures.ts';
import { isRegulated } from '../../core/lanes.ts';
import type { Draft, FirstApproval } from '../../core/nouns.ts';
import type { Case } from '../../core/ports.ts';
import { foldedName, isAtLeast, isSamePerson, mayBeSamePerson } from '../../core/rights.ts';
import type { ReviewParts } from './parts.ts';
import { rulesOf } from './rules.ts';
import type { Seen } from './who.ts';

type Parts = Pick<ReviewParts, 'problemTypes' | 'rules'>;

/**
 * Whether a reply to this mention needs two people: where its lane is regulated and the workspace asks for it. Nothing is
 * posted to a sample, so that one person can look around.
 */
export function needsTwo(parts: Parts, { mention, assessment }: Case): boolean {
  return isRegulatedType(parts, assessment?.problemType) && !mention.sample && rulesOf(parts).secondApprover;
}

/** Whoever says that a report of fraud is about something else does not let the reply out alone as well. */
export function tookItOut(parts: Parts, { mention, history, by }: Seen): boolean {
  if (mention.sample || !rulesOf(parts).secondApprover) return false;
  const last = history.findLast(({ action }) => action === 'corrected');
  return last !== undefined && foldedName(last.actor) === foldedName(by) && isRegulatedType(parts, last.detail.from);
}

function isRegulatedType({ problemTypes }: Parts, type: unknown): boolean {
  return isRegulated(problemTypes.find(({ id }) => id === type)?.lane);
}

/**
 * The first of two approvals, where it stands for exactly what is there now.
 *
 * @throws Refused `second-person` for the person who gave it, `second-unknown` for one who might be them, `second-role` for
 * one who may not give the second.
 */
export function firstOfTwo(
  parts: ReviewParts,
  seen: Seen,
  draft: Draft,
  fingerprint: string,
): FirstApproval | undefined {
  const first = seen.mention.firstApproval;
  if (!first || first.revision !== draft.revision || first.fingerprint !== fingerprint) return undefined;
  const firstPerson = { name: first.by, ...(first.person !== undefined && { id: first.person }) };
  if (isSamePerson(firstPerson, seen.actor)) {
    throw new Refused(
      'second-person',
      'You gave the first approval. Replies of this type need two people: somebody else has to give the second.',
    );
  }
  if (mayBeSamePerson(firstPerson, seen.actor)) {
    throw new Refused(
      'second-unknown',
      `${first.by} gave the first approval, and one of you is known by a Discord account alone: nobody can tell that you are two people. An admin can say on the page People whose account it is.`,
    );
  }
  const { secondApproverRole } = rulesOf(parts);
  if (isAtLeast(seen.actor.role, secondApproverRole)) return first;
  throw new Refused(
    'second-role',
    `The second approval here is for the role ${secondApproverRole}. ${first.by} gave the first.`,
  );
}
