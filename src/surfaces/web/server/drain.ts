import { setTimeout as wait } from 'node:timers/promises';
import type { App } from './app.ts';

/**
 * Closes an app without cutting off an answer: what is asked is answered, for at most `patienceMs`, then every connection
 * ends. Waiting for the connections themselves would wait for browsers that hold one open just in case.
 */
export function drained(app: App, patienceMs: number): () => Promise<void> {
  let open = 0;
  let whenIdle: (() => void) | undefined;
  app.addHook('onRequest', async (_request, answer) => {
    open += 1;
    // Not `onResponse`: that does not run when the other side hangs up.
    answer.raw.once('close', () => {
      open -= 1;
      if (open === 0) whenIdle?.();
    });
  });
  return async () => {
    const idle = new Promise<void>((resolve) => {
      whenIdle = resolve;
    });
    const closed = app.close();
    const patience = new AbortController();
    if (open > 0) await Promise.race([idle, wait(patienceMs, undefined, { signal: patience.signal }).catch(() => {})]);
    patience.abort();
    // Streams end in a hook of `close`; their last bytes are with the system by now.
    setImmediate(() => app.server.closeAllConnections());
    await closed;
  };
}
