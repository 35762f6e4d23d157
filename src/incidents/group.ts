import type { RecentRow } from '../core/incidents.ts';
import type { Instant, MentionId } from '../core/nouns.ts';
import { fitOf, type TermReader, type Terms } from './terms.ts';

/** A mention with what it speaks of. */
export interface Heard {
  id: MentionId;
  problemType: string;
  platform: string;
  connector: string;
  /** Unique on its platform, and compared with nobody elsewhere. */
  author: string;
  conversation: string | undefined;
  saidAt: Instant;
  terms: Terms;
  row: RecentRow;
}

export interface Group {
  problemType: string;
  members: Heard[];
  profile: ReadonlyMap<string, number>;
}

export function heardFrom(row: RecentRow, reader: TermReader): Heard | undefined {
  const { mention, assessment } = row;
  if (!assessment) return undefined;
  return {
    id: mention.id,
    problemType: assessment.problemType,
    platform: mention.platform,
    connector: mention.connector,
    author: `${mention.connector}\0${mention.platform}\0${mention.author.id}`,
    conversation: mention.conversationId && `${mention.connector}\0${mention.conversationId}`,
    saidAt: mention.saidAt,
    terms: reader.read(mention.text),
    row,
  };
}

/** What a group speaks of: term to the share of it that does. Rare terms are left out. */
export function profileOf(members: readonly Pick<Heard, 'terms'>[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { terms } of members) for (const term of terms.all) counts.set(term, (counts.get(term) ?? 0) + 1);
  const least = Math.max(2, members.length * 0.2);
  return new Map(
    [...counts].filter(([, count]) => count >= least).map(([term, count]) => [term, count / members.length]),
  );
}

/**
 * The mentions of one type about one problem: what most of them share is the problem, and those that do not share it fall
 * out. Done until nothing falls out any more.
 */
export function largestGroup(problemType: string, heard: readonly Heard[], reader: TermReader): Group {
  let members = heard.filter((one) => one.problemType === problemType);
  let profile = coreProfile(members, reader);
  for (let round = 0; round < 5; round++) {
    const group = { problemType, profile };
    const next = members.filter(
      (one) => fitOf({ terms: one.terms, assessment: one, sameConversation: false }, group, reader) !== undefined,
    );
    if (next.length === members.length) break;
    members = next;
    profile = coreProfile(members, reader);
  }
  return { problemType, members, profile };
}

/** The profile as seen from the strongest shared term, so that two problems of one type do not count as one. */
function coreProfile(members: readonly Heard[], reader: TermReader): Map<string, number> {
  const profile = profileOf(members);
  const strong = [...profile].filter(([term]) => reader.isStrong(term)).sort(([, a], [, b]) => b - a);
  const [top] = strong;
  if (!top || top[1] < 0.5) return profile;
  return profileOf(members.filter(({ terms }) => terms.all.has(top[0])));
}

/** Each author of a platform once: the first of what they said. */
export function distinctAuthors(heard: readonly Heard[]): Heard[] {
  const seen = new Set<string>();
  return [...heard]
    .sort((a, b) => a.saidAt - b.saidAt)
    .filter(({ author }) => {
      if (seen.has(author)) return false;
      seen.add(author);
      return true;
    });
}
