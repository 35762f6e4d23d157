import type { Keeping } from '#kit';
import { ELSEWHERE, type LeaseDeps, underLease } from '../core/leases.ts';
import type { KeptTexts } from '../core/ports.ts';

/** As long as another process may need to change the same text. */
const PATIENCE_MS = 30_000;

/**
 * What connectors keep, in the store that all machines share. A change may take its time, such as a sign-in that is
 * renewed at the platform: a lease keeps others off meanwhile, and the text is written only if it is still the one that
 * the change began with.
 *
 * @param local where this machine kept texts before it shared them: read when the store has none yet
 */
export function keepInStore(kept: KeptTexts, leases: LeaseDeps, local: Keeping): Keeping {
  return (scope) => {
    const read = async (name: string) => (await kept.read(scope, name)) ?? (await local(scope).read(name));
    return {
      read,
      async update(name, change) {
        const { signal } = new AbortController();
        const work = async () => {
          const stored = await kept.read(scope, name);
          const before = stored ?? (await local(scope).read(name));
          const after = await change(before);
          if (after === stored || (await kept.replace(scope, name, stored, after))) return after;
          throw new Error(
            `Another process changed "${name}" of ${scope} meanwhile. It is tried again with the new one.`,
          );
        };
        const after = await underLease(leases, `kept ${scope} ${name}`, work, { signal, waitMs: PATIENCE_MS });
        if (after !== ELSEWHERE) return after;
        throw new Error(`Another process holds "${name}" of ${scope} for more than ${PATIENCE_MS / 1000} s.`);
      },
    };
  };
}
