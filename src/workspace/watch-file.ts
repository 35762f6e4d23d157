import { stat } from 'node:fs/promises';

/**
 * Calls back when a file has changed and is at rest again (an editor writes in several steps). Looks at it from time to
 * time instead of asking the system for events, which network drives and containers do not deliver. The first look always calls
 * back, since the file may have changed before the watch began.
 *
 * @returns how to stop
 */
export function watchFile(file: string, everyMs: number, onChange: () => Promise<unknown>): () => void {
  let known: string | undefined;
  let last: string | undefined;
  let busy = false;

  const look = async () => {
    const now = await signature(file);
    const rests = now === last;
    last = now;
    if (!rests || now === known) return;
    known = now;
    await onChange();
  };
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    look()
      .catch(() => {}) // the next look tells more
      .finally(() => {
        busy = false;
      });
  }, everyMs).unref();
  return () => clearInterval(timer);
}

async function signature(file: string): Promise<string> {
  try {
    const { ino, size, mtimeNs } = await stat(file, { bigint: true });
    return `${ino}/${size}/${mtimeNs}`;
  } catch {
    return 'missing';
  }
}
