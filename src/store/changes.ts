import type { Change } from '../core/ports.ts';
import type { Touched } from './engine.ts';

/** Commits within this time are told as one. */
const GATHER_MS = 40;
/** From here on "look again" is cheaper than a list. */
const MOST_IDS = 500;

/** Tells whoever watches what was committed, a few times a second at most. Keeps no process alive. */
export class Changes {
  #listeners = new Set<(change: Change) => void>();
  #settings = new Set<() => void>();
  #access = new Set<() => void>();
  #mentions = new Set<string>();
  #sources = false;
  #lookAgain = false;
  #timer: NodeJS.Timeout | undefined;

  get watched(): boolean {
    return this.#listeners.size > 0 || this.#settings.size > 0 || this.#access.size > 0;
  }

  listen(listener: (change: Change) => void): () => void {
    // Wrapped, so that one function that listens twice can stop once.
    const own = (change: Change) => listener(change);
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }

  listenToSettings(listener: () => void): () => void {
    return join(this.#settings, listener);
  }

  listenToAccess(listener: () => void): () => void {
    return join(this.#access, listener);
  }

  committed({ mentions, sources, settings, access }: Omit<Touched, 'events'>): void {
    if (settings) tellAll(this.#settings);
    if (access) tellAll(this.#access);
    if (!this.watched || (mentions.size === 0 && !sources)) return;
    for (const id of mentions) this.#mentions.add(id);
    this.#sources ||= sources;
    this.#schedule();
  }

  /** Somebody else committed, and we do not know what. */
  committedElsewhere(): void {
    tellAll(this.#settings);
    tellAll(this.#access);
    this.#lookAgain = true;
    this.#sources = true;
    this.#schedule();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#listeners.clear();
    this.#settings.clear();
    this.#access.clear();
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => this.#tell(), GATHER_MS).unref();
  }

  #tell(): void {
    const all = this.#lookAgain || this.#mentions.size > MOST_IDS;
    const change: Change = { mentions: all ? [] : [...this.#mentions], sources: this.#sources };
    this.#timer = undefined;
    this.#mentions.clear();
    this.#lookAgain = false;
    this.#sources = false;
    for (const listener of this.#listeners) guarded(() => listener(change));
  }
}

/** Wrapped, so that one function that listens twice can stop once. */
function join(listeners: Set<() => void>, listener: () => void): () => void {
  const own = () => listener();
  listeners.add(own);
  return () => void listeners.delete(own);
}

function tellAll(listeners: ReadonlySet<() => void>): void {
  for (const listener of listeners) guarded(listener);
}

function guarded(tell: () => void): void {
  try {
    tell();
  } catch (thrown) {
    process.emitWarning(`A listener to changes of the store failed: ${String(thrown)}`);
  }
}
