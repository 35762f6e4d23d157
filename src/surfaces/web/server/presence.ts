import { randomUUID } from 'node:crypto';
import type { Machines } from '../../../core/ports.ts';
import type { PresenceEvent } from '../api.ts';
import type { Session } from './access/sessions.ts';

/** How other machines are reached. Left out where there are none. */
export type Passing = Pick<Machines, 'say' | 'hear'>;

/** Who is here is said again this often, for those who did not hear it. */
const BEAT_MS = 15_000;
/** A machine that was silent for so long is gone, and nobody is there any more. */
const SILENT_MS = 3 * BEAT_MS;

type Id = Session['id'];
/** What a session looks at, and which of its looks that is: a later one is not undone by somebody who missed it. */
interface Look {
  at: string | null;
  no: number;
}
/** What machines tell each other. A session may have its page on one machine and say what it looks at on another. */
type Said =
  | { by: string; here: Id; name: string; look?: Look | undefined }
  | { by: string; left: Id }
  | { by: string; looks: Id; look: Look }
  | { by: string; asks: true }
  | { by: string; ends: true };

/** Who has the inbox open and which mention they look at, on this machine and the others. Kept nowhere. */
export class Presence {
  readonly #me = randomUUID();
  readonly #passing: Passing | undefined;
  readonly #onChange: () => void;
  readonly #elapsed: () => number;
  readonly #here = new Map<Id, { name: string; pages: number }>();
  readonly #elsewhere = new Map<string, { names: Map<Id, string>; heardAt: number }>();
  readonly #looking = new Map<Id, Look>();
  readonly #unhear: () => void;
  readonly #beat: NodeJS.Timeout | undefined;

  constructor(passing: Passing | undefined, onChange: () => void, elapsed: () => number = () => performance.now()) {
    this.#passing = passing;
    this.#onChange = onChange;
    this.#elapsed = elapsed;
    this.#unhear = passing?.hear((text) => this.#hear(text)) ?? (() => {});
    this.#beat = passing && setInterval(() => this.#sayAll(), BEAT_MS).unref();
    this.#say({ by: this.#me, asks: true });
  }

  /** A page was opened. */
  come({ id, name }: Session): void {
    const before = this.#here.get(id);
    this.#here.set(id, { name, pages: (before?.pages ?? 0) + 1 });
    if (!before) this.#sayHere(id, name);
    this.#onChange();
  }

  /** A page was closed. */
  leave({ id, name }: Session): void {
    const pages = (this.#here.get(id)?.pages ?? 0) - 1;
    if (pages > 0) this.#here.set(id, { name, pages });
    else {
      this.#here.delete(id);
      this.#say({ by: this.#me, left: id });
      this.#forget([id]);
    }
    this.#onChange();
  }

  look({ id }: Session, at: string | null): void {
    const before = this.#looking.get(id);
    if (before?.at === at) return;
    const look = { at, no: (before?.no ?? 0) + 1 };
    this.#looking.set(id, look);
    this.#say({ by: this.#me, looks: id, look });
    this.#onChange();
  }

  people(): PresenceEvent['people'] {
    const everybody = new Map<Id, string>([...this.#here].map(([id, { name }]) => [id, name]));
    for (const { names } of this.#elsewhere.values()) for (const [id, name] of names) everybody.set(id, name);
    return [...everybody].map(([id, name]) => ({ name, mentionId: this.#looking.get(id)?.at ?? null }));
  }

  /** Nobody is here any more. */
  close(): void {
    clearInterval(this.#beat);
    this.#unhear();
    this.#say({ by: this.#me, ends: true });
  }

  #hear(text: string | undefined): void {
    const said = parse(text);
    if (!said) {
      // The line was broken: others may have come, and nobody heard that we are here.
      this.#say({ by: this.#me, asks: true });
      this.#sayAll();
      return;
    }
    const machine = this.#elsewhere.get(said.by) ?? { names: new Map<Id, string>(), heardAt: 0 };
    machine.heardAt = this.#elapsed();
    this.#elsewhere.set(said.by, machine);
    if ('here' in said) {
      machine.names.set(said.here, said.name);
      this.#learn(said.here, said.look);
    } else if ('left' in said) {
      machine.names.delete(said.left);
      this.#forget([said.left]);
    } else if ('looks' in said) this.#learn(said.looks, said.look);
    else if ('ends' in said) this.#lose(said.by);
    else this.#sayAll();
    this.#onChange();
  }

  #learn(id: Id, look: Look | undefined): void {
    if (look && look.no >= (this.#looking.get(id)?.no ?? 0)) this.#looking.set(id, look);
  }

  #sayAll(): void {
    for (const [id, { name }] of this.#here) this.#sayHere(id, name);
    const silent = [...this.#elsewhere].filter(([, { heardAt }]) => this.#elapsed() - heardAt > SILENT_MS);
    for (const [machine] of silent) this.#lose(machine);
    if (silent.length > 0) this.#onChange();
  }

  #lose(machine: string): void {
    const names = this.#elsewhere.get(machine)?.names ?? new Map();
    this.#elsewhere.delete(machine);
    this.#forget(names.keys());
  }

  /** What those who have no page anywhere any more looked at. */
  #forget(ids: Iterable<Id>): void {
    const machines = [...this.#elsewhere.values()];
    for (const id of ids) {
      if (!this.#here.has(id) && !machines.some(({ names }) => names.has(id))) this.#looking.delete(id);
    }
  }

  #sayHere(id: Id, name: string): void {
    this.#say({ by: this.#me, here: id, name, look: this.#looking.get(id) });
  }

  /** Where it does not arrive, the next beat says it again. */
  #say(said: Said): void {
    this.#passing?.say(JSON.stringify(said)).catch(() => {});
  }
}

function parse(text: string | undefined): Said | undefined {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as Said);
  } catch {
    return undefined;
  }
}
