import type { Log } from '../observe/log.ts';

/** What a process waits for before it ends, by name. */
export class Endings {
  readonly #open = new Map<Promise<unknown>, string>();

  /** Hands the work back. Until it has ended, it is waited for under this name. */
  track<T>(name: string, work: Promise<T>): Promise<T> {
    this.#open.set(work, name);
    const over = () => void this.#open.delete(work);
    work.then(over, over);
    return work;
  }

  get names(): string[] {
    return [...new Set(this.#open.values())].sort();
  }
}

/**
 * From the stop on the process ends within a time: what has not ended by then is said by name, and not waited for. Where
 * every part has ended and something still holds the process, its kind is said.
 *
 * @returns to be called when all that is to be done is done: the process ends by itself now, or else in the same time
 */
export function endInTime(
  stop: AbortSignal,
  { endings, log, limitMs }: { endings: Endings; log: Pick<Log, 'error'>; limitMs: number },
): () => void {
  let timer: NodeJS.Timeout | undefined;
  const leave = () => {
    const parts = endings.names;
    const held = parts.length === 0 && { heldBy: process.getActiveResourcesInfo() };
    log.error('did not stop in time, and ends now; what was stored is safe', { parts, ...held });
    process.exit(1);
  };
  const begin = () => {
    timer = setTimeout(leave, limitMs);
  };
  if (stop.aborted) begin();
  else stop.addEventListener('abort', begin, { once: true });
  return () => timer?.unref();
}
