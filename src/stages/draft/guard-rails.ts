import type { Check } from '../../core/nouns.ts';
import { nothingAboutAccount } from './guard-rails/account.ts';
import { knownLinks } from './guard-rails/links.ts';
import { noPersonalData } from './guard-rails/personal.ts';
import { noFaultAdmitted, noPromise } from './guard-rails/promises.ts';
import { type GuardRail, LONGEST_REPLY, type Reply } from './guard-rails/reply.ts';
import { nothingRuledOut } from './guard-rails/ruled-out.ts';
import { noSecretAsked } from './guard-rails/secrets.ts';
import {
  authorsLanguage,
  cleanCharacters,
  filled,
  length,
  noMassMention,
  notEmpty,
  notRepeated,
} from './guard-rails/wording.ts';

export type { GuardRail, Reply };

/**
 * What every reply must pass: at drafting, after every edit, and once more at approval. A reply that fails one cannot be
 * approved. In the order in which a reviewer sees them, the gravest first.
 */
export const GUARD_RAILS: readonly GuardRail[] = [
  noSecretAsked,
  noPersonalData,
  nothingAboutAccount,
  noPromise,
  noFaultAdmitted,
  nothingRuledOut,
  knownLinks,
  noMassMention,
  authorsLanguage,
  length,
  notRepeated,
  filled,
  cleanCharacters,
  notEmpty,
];

/** All guard rails over one text. Never throws. */
export function checkReply(reply: Reply): { checks: Check[]; length: { used: number; max: number } } {
  const checks = GUARD_RAILS.map(({ name, check }) => {
    const why = check(reply);
    return { name, ok: why === undefined, why: why ?? '' };
  });
  // Counting is the platform's own code; a text far beyond any limit is not put through it.
  const used = reply.text.length > LONGEST_REPLY ? reply.text.length : reply.limit.lengthOf(reply.text);
  return { checks, length: { used, max: reply.limit.max } };
}
