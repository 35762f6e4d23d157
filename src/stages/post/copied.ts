import type { Clock, Store } from '../../core/ports.ts';
import { eventOf } from './steps.ts';

const ALL = 100_000;

/**
 * In a copy of the records: what is approved there may go out after the copy was made, and would go out again where the
 * copy is put back. So it is of unknown outcome in the copy, as if its sender had died, and is settled as such.
 *
 * @returns how many replies that were
 */
export async function doubtUnsent({ store, clock }: { store: Store; clock: Clock }): Promise<number> {
  const made = new Date(clock.now()).toISOString().slice(0, 16).replace('T', ' ');
  const reason = `These records are a copy, made ${made} UTC. The reply may have gone out since.`;
  let doubted = 0;
  for (const { reply } of await store.outbox(['approved'], ALL)) {
    const event = (action: string, detail: object) =>
      eventOf({ clock, worker: 'backup' }, reply, action, { ...detail });
    const sending = event('sending', { copied: true });
    if (
      !(await store.step({ key: reply.key, from: 'approved', to: 'sending', leaseUntil: clock.now(), audit: sending }))
    )
      continue;
    await store.step({ key: reply.key, from: 'sending', to: 'unsure', reason, audit: event('unsure', { reason }) });
    doubted++;
  }
  return doubted;
}
