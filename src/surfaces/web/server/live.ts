import type { Change } from '../../../core/ports.ts';
import type { ChangeEvent, PresenceEvent } from '../api.ts';
import type { Session } from './access/sessions.ts';
import { type Passing, Presence } from './presence.ts';

/** Changes are bundled over this time, so that a flood of mentions is not a flood of requests from every open page. */
const BUNDLE_MS = 150;
/** More ids than this are told as "look again". */
const IDS_MAX = 200;

/** One open page. */
export interface Stream {
  /** Resolves when the client can take more. */
  send(event: string, data: unknown): Promise<void>;
  end(): void;
}

interface Listener {
  session: Session;
  stream: Stream;
  waiting: { change?: ChangeEvent; presence?: PresenceEvent };
  sending: boolean;
}

/** Everybody who has the inbox open: what changed goes out to them, and who looks at what is known. */
export class Live {
  readonly #listeners = new Set<Listener>();
  readonly #presence: Presence;
  #bundle: ChangeEvent | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  /** @param passing how other machines are reached, where there are some */
  constructor(passing?: Passing) {
    this.#presence = new Presence(passing, () => this.#tellPresence());
  }

  /** Returns how to leave. */
  join(session: Session, stream: Stream): () => void {
    const listener: Listener = { session, stream, waiting: {}, sending: false };
    if (this.#closed) {
      stream.end();
      return () => {};
    }
    this.#listeners.add(listener);
    this.#presence.come(session);
    return () => {
      if (this.#listeners.delete(listener)) this.#presence.leave(session);
    };
  }

  /** Something was committed. The first news goes out at once, what follows within the bundle's time. */
  changed(change: Change): void {
    this.#bundle = merge(this.#bundle, change);
    if (!this.#timer) this.#flush();
  }

  lookAt(session: Session, mentionId: string | null): void {
    this.#presence.look(session, mentionId);
  }

  /** Names of the others who have this mention open. */
  othersAt(mentionId: string, me: Session): string[] {
    const people = this.presence().people.filter((person) => person.mentionId === mentionId);
    return [...new Set(people.map(({ name }) => name))].filter((name) => name !== me.name);
  }

  presence(): PresenceEvent {
    return { people: this.#presence.people() };
  }

  /** Who has a page open, once for each page. */
  sessions(): Session[] {
    return [...this.#listeners].map(({ session }) => session);
  }

  /** Sessions that ended, or changed: their open pages hear nothing more, until they come again. */
  drop(...gone: Session[]): void {
    for (const { session, stream } of this.#listeners) if (gone.includes(session)) stream.end();
  }

  /** Ends all streams: open ones would keep the server from closing. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#presence.close();
    for (const { stream } of this.#listeners) stream.end();
    this.#listeners.clear();
  }

  #flush(): void {
    const change = this.#bundle;
    this.#bundle = undefined;
    this.#timer = undefined;
    if (!change || this.#closed) return;
    for (const listener of this.#listeners) {
      listener.waiting.change = merge(listener.waiting.change, change);
      void pump(listener);
    }
    this.#timer = setTimeout(() => this.#flush(), BUNDLE_MS).unref();
  }

  #tellPresence(): void {
    const presence = this.presence();
    for (const listener of this.#listeners) {
      listener.waiting.presence = presence;
      void pump(listener);
    }
  }
}

/** Sends what waits, one after the other. While a slow client takes its time, news is merged instead of piled up. */
async function pump(listener: Listener): Promise<void> {
  if (listener.sending) return;
  listener.sending = true;
  try {
    for (;;) {
      const { change, presence } = listener.waiting;
      listener.waiting = {};
      if (!change && !presence) break;
      if (change) await listener.stream.send('change', change);
      if (presence) await listener.stream.send('presence', presence);
    }
  } catch {
    listener.stream.end(); // the page is gone; it reconnects and looks again
  } finally {
    listener.sending = false;
  }
}

/** An empty list of ids means "look again at everything", sources too, so it swallows every other news. */
function merge(one: ChangeEvent | undefined, other: Change): ChangeEvent {
  const lists = one ? [one.mentions, other.mentions] : [other.mentions];
  const ids = new Set(lists.flat());
  const lookAgain = ids.size > IDS_MAX || lists.some((list) => list.length === 0);
  if (lookAgain) return { mentions: [], sources: false };
  return { mentions: [...ids], sources: other.sources || (one?.sources ?? false) };
}
