import { ConnectorError } from '../../core/failures.ts';

/**
 * Runs one call of a connector with a time limit that holds even when the connector does not look at its signal. One
 * source that hangs must not stay silent for ever.
 *
 * @throws ConnectorError `unavailable` after `limitMs`; the signal's own reason when that was aborted
 */
export async function withLimit<T>(
  limitMs: number,
  signal: AbortSignal,
  what: string,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const controller = new AbortController();
  const { promise: over, reject } = Promise.withResolvers<never>();
  const end = (reason: unknown) => {
    reject(reason);
    controller.abort(reason);
  };
  const onAbort = () => end(signal.reason);
  const timer = setTimeout(() => {
    end(new ConnectorError('unavailable', `${what} gave no answer within ${limitMs / 1000} s. It is tried again.`));
  }, limitMs);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([call(controller.signal), over]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}
