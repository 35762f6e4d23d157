/** A terminal and npm each pass Ctrl-C on, so that it comes twice at once: that is one wish, not two. */
const ECHO_MS = 1000;

/**
 * Aborted by the first SIGINT or SIGTERM. Whoever asks once more, later, does not want to wait: then the process ends at
 * once, which loses nothing that was stored.
 */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  let asked: number | undefined;
  const onSignal = (_: NodeJS.Signals, number: number) => {
    asked ??= performance.now();
    if (performance.now() - asked > ECHO_MS) process.exit(128 + number);
    stop.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, onSignal);
  return stop.signal;
}
