import type { AccessStore } from '../../../../core/access.ts';
import type { Clock } from '../../../../core/ports.ts';
import type { Live } from '../live.ts';
import type { Session } from './sessions.ts';

export interface Watched {
  people: AccessStore;
  clock: Clock;
  live: Pick<Live, 'sessions' | 'drop'>;
}

/**
 * Ends the open pages of whoever is signed out, was let go or may do something else now, whichever machine it was said on.
 * Theirs come again at once, and see what they may do. Returns how to stop.
 */
export function endPagesOfGone(watched: Watched): () => void {
  return watched.people.watch(() => void look(watched));
}

async function look({ people, clock, live }: Watched): Promise<void> {
  const open = live.sessions();
  if (open.length === 0) return;
  try {
    const still = await whoIsHere(people, clock.now());
    live.drop(...open.filter((session) => still.get(session.id) !== markOf(session.person)));
  } catch {
    // Where the records cannot be asked, nobody can say who may stay: all come again and are asked for their key.
    live.drop(...open);
  }
}

/** What everybody with a session or a token is and may do, by the id of that. */
async function whoIsHere(people: AccessStore, now: number): Promise<Map<string, string>> {
  const [everybody, signedIn, tokens] = await Promise.all([people.people(), people.sessions(now), people.tokens()]);
  const marks = new Map(everybody.filter(({ disabled }) => !disabled).map((person) => [person.id, markOf(person)]));
  return new Map([...signedIn, ...tokens].map(({ id, personId }) => [id, marks.get(personId) ?? '']));
}

const markOf = ({ name, role }: Session['person']): string => `${role} ${name}`;
