import type { Clock, Store } from '../../core/ports.ts';
import { eventOf } from './steps.ts';
import type { OutboxDeps } from './types.ts';

const ALL = 100_000;
const PUT_BACK =
  'These records were put back from a copy, or another database server took over. The reply may have gone out before.';

interface Copied {
  store: Pick<Store, 'outbox' | 'step'>;
  clock: Clock;
}

/**
 * In a copy of the records: what is approved there may go out after the copy was made, and would go out again where the
 * copy is put back. So it is of unknown outcome in the copy, as if its sender had died, and is settled as such.
 *
 * @returns how many replies that were
 */
export function doubtUnsent(copy: Copied): Promise<number> {
  const made = new Date(copy.clock.now()).toISOString().slice(0, 16).replace('T', ' ');
  return doubt(copy, 'backup', `These records are a copy, made ${made} UTC. The reply may have gone out since.`);
}

/**
 * The same where the database was copied by tools of its own, so that it shows only once the copy is in use. May be done by
 * several processes at once; what one of them has begun and not done is begun again.
 *
 * @returns how many replies are of unknown outcome now
 */
export async function doubtPutBack({
  store,
  clock,
  log,
}: Copied & { store: Pick<Store, 'belongsHere'>; log: OutboxDeps['log'] }): Promise<number> {
  const replies = await doubt({ store, clock }, 'put-back', PUT_BACK);
  await store.belongsHere();
  log.warn('the records were put back from a copy, or another server took over', { unsure: replies });
  return replies;
}

/** @param worker what the log says did it: no sender, but what happened to the records */
async function doubt({ store, clock }: Copied, worker: string, reason: string): Promise<number> {
  let doubted = 0;
  for (const { reply } of await store.outbox(['approved'], ALL)) {
    const event = (action: string, detail: object) => eventOf({ clock, worker }, reply, action, { ...detail });
    // Whoever looks for it looks from there on.
    const sending = event('sending', { copied: true, since: reply.approvedAt });
    if (
      !(await store.step({ key: reply.key, from: 'approved', to: 'sending', leaseUntil: clock.now(), audit: sending }))
    )
      continue;
    await store.step({ key: reply.key, from: 'sending', to: 'unsure', reason, audit: event('unsure', { reason }) });
    doubted++;
  }
  return doubted;
}
