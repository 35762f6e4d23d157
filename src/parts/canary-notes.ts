import * as z from 'zod';
import type { CanaryState } from '../core/canary.ts';
import type { SourceId } from '../core/nouns.ts';
import type { Clock, Store } from '../core/ports.ts';

const SCOPE = 'canary';
/** As often as another process may write between a look and a note. */
const TRIES = 20;

const Note = z.object({
  token: z.string(),
  sentAt: z.number(),
  dueAt: z.number(),
  /** False until the platform has taken it: a process that died in between has posted nothing, or nobody knows. */
  out: z.boolean(),
  heardAt: z.number().optional(),
  deafSince: z.number().optional(),
  problem: z.string().optional(),
});
export type Note = z.output<typeof Note>;

/** What is written down about the last canary of each source, for all processes. */
export class CanaryNotes {
  readonly #kept: Store['kept'];

  constructor({ kept }: Pick<Store, 'kept'>) {
    this.#kept = kept;
  }

  async read(source: SourceId): Promise<Note | undefined> {
    return parsed(await this.#kept.read(SCOPE, source));
  }

  /** Writes what `change` makes of the note. Undefined leaves it as it is, and is what then comes back. */
  async change(source: SourceId, change: (before: Note | undefined) => Note | undefined): Promise<Note | undefined> {
    for (let tried = 0; tried < TRIES; tried += 1) {
      const text = await this.#kept.read(SCOPE, source);
      const after = change(parsed(text));
      if (after === undefined) return undefined;
      if (await this.#kept.replace(SCOPE, source, text, JSON.stringify(after))) return after;
    }
    throw new Error(`The note about the canary of "${source}" is written by many at once. It is tried again later.`);
  }
}

/** One that cannot be read is none: the next canary writes it anew. */
function parsed(text: string | undefined): Note | undefined {
  if (text === undefined) return undefined;
  try {
    return Note.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** How the canary of a source stands at this moment. */
export function standing(source: SourceId, note: Note, clock: Clock): CanaryState {
  const { sentAt, dueAt, heardAt, deafSince, problem } = note;
  const late = note.out && heardAt === undefined && clock.now() > dueAt;
  const since = deafSince ?? (late ? dueAt : undefined);
  const verdict =
    since !== undefined ? 'deaf' : problem !== undefined ? 'unsent' : heardAt !== undefined ? 'heard' : 'waiting';
  return {
    ...{ source, verdict, sentAt, dueAt },
    ...(heardAt !== undefined && { heardAt }),
    ...(since !== undefined && { deafSince: since }),
    ...(problem !== undefined && { problem }),
  };
}
