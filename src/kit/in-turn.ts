/**
 * Makes a queue of one: work begins when all work before it has ended, so that the allowance in one answer is known before
 * the next request. Who waits can be told to stop, and lets nobody past the others by that.
 */
export function inTurn() {
  let last: Promise<unknown> = Promise.resolve();
  return async <T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> => {
    const before = last;
    const { promise: over, resolve } = Promise.withResolvers<void>();
    last = before.then(() => over);
    const stopped = Promise.withResolvers<never>();
    const stop = () => stopped.reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    try {
      signal.throwIfAborted();
      await Promise.race([before, stopped.promise]);
      return await work();
    } finally {
      signal.removeEventListener('abort', stop);
      resolve();
    }
  };
}
