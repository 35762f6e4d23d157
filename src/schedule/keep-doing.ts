import type { Store } from '../core/ports.ts';
import type { Log } from './types.ts';

/** After work that threw: long enough not to fill a log, short enough for a person who waits. */
const REST_AFTER_ERROR_MS = 5_000;
/** After a run, so many times as long as it took, up to a second: where much changes, people who wait come first. */
const REST_TIMES = 2;
const REST_MAX_MS = 1_000;

/**
 * Does a stage's work again whenever something changed in the store, and every so often in any case (leases run out, and
 * waiting times end), one run at a time. Work that throws is logged and tried again.
 *
 * @param work does what there is to do, and returns how much that was
 * @returns resolves when `signal` was aborted and the run on its way has ended
 */
export async function keepDoing(
  name: string,
  work: () => Promise<unknown>,
  { store, everyMs, signal, log }: { store: Pick<Store, 'watch'>; everyMs: number; signal: AbortSignal; log: Log },
): Promise<void> {
  const bell = new Bell();
  const unwatch = store.watch(() => bell.ring());
  const onStop = () => bell.ring();
  signal.addEventListener('abort', onStop, { once: true });
  try {
    while (!signal.aborted) {
      bell.hush();
      const began = performance.now();
      const well = await work().then(
        () => true,
        (error) => {
          log.warn(`${name} failed`, {
            error: error instanceof Error ? (error.stack ?? error.message) : String(error),
          });
          return false;
        },
      );
      if (signal.aborted) break;
      await rest(well ? Math.min((performance.now() - began) * REST_TIMES, REST_MAX_MS) : REST_AFTER_ERROR_MS, signal);
      if (well) await bell.wait(everyMs);
    }
  } finally {
    unwatch();
    signal.removeEventListener('abort', onStop);
  }
}

/** Rung while nobody waits, it is heard all the same. */
class Bell {
  #rung = false;
  #wake = () => {};

  ring(): void {
    this.#rung = true;
    this.#wake();
  }

  hush(): void {
    this.#rung = false;
  }

  wait(ms: number): Promise<void> {
    if (this.#rung) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

async function rest(ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0 || signal.aborted) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
