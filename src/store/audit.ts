import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { AuditEvent, NewAuditEvent, Store } from '../core/ports.ts';
import { clean, toJson } from './clean.ts';
import type { AuditTable, Tables } from './schema.ts';

/**
 * The audit log: append-only, each event bound to the one before by its hash, so that a changed, removed or inserted
 * event is found. It outlives erasure. Therefore `detail` never holds the text, author or address of a mention, nor the
 * text of a draft: revisions, states, template ids and reasons in our own words only.
 */

/** What the first event is bound to. */
const GENESIS = '0'.repeat(64);

/** JSON with sorted keys: the same event gives the same text on every engine. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

function hashOf(previous: string, event: Omit<AuditEvent, 'hash'>): string {
  const { seq, at, actor, action, subject, detail } = event;
  return createHash('sha256')
    .update(previous + canonical({ seq, at, actor, action, subject, detail }))
    .digest('hex');
}

/**
 * Adds events to the end of the log. Whoever adds holds the first row of `migration` until the commit, which stands for the
 * turn to add: the last event itself cannot, since the next one comes after it.
 */
export async function append(tx: Kysely<Tables>, events: readonly NewAuditEvent[]): Promise<void> {
  if (events.length === 0) return;
  await tx.selectFrom('migration').select('version').where('version', '=', 1).forUpdate().execute();
  const last = await tx.selectFrom('audit').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1).executeTakeFirst();
  let { seq, hash } = last ?? { seq: 0, hash: GENESIS };
  for (const event of events) {
    seq += 1;
    const detail_json = toJson(event.detail);
    const row = {
      seq,
      at: Math.trunc(event.at),
      actor: clean(event.actor),
      action: clean(event.action),
      subject: clean(event.subject),
    };
    hash = hashOf(hash, { ...row, detail: JSON.parse(detail_json) });
    await tx
      .insertInto('audit')
      .values({ ...row, detail_json, hash })
      .execute();
  }
}

export function eventOf(row: AuditTable): AuditEvent {
  const { detail_json, ...event } = row;
  return { ...event, detail: parseDetail(detail_json) };
}

/** A detail that somebody damaged shows as such, and breaks the chain, instead of making the log unreadable. */
function parseDetail(json: string): Record<string, unknown> {
  try {
    return JSON.parse(json) as Record<string, unknown>;
  } catch {
    return { unreadable: true };
  }
}

/**
 * Reads the whole log and checks every link. `brokenAt` is the `seq` at which the first event stands that does not
 * follow from the one before. An end that was cut off cannot be seen from inside: compare `events` with an older count.
 */
export async function verifyAudit(store: Pick<Store, 'audit'>): Promise<{ events: number; brokenAt?: number }> {
  let events = 0;
  let previous = GENESIS;
  for (;;) {
    const page = await store.audit(events, 1_000);
    for (const event of page) {
      if (event.seq !== events + 1 || event.hash !== hashOf(previous, event)) return { events, brokenAt: events + 1 };
      previous = event.hash;
      events += 1;
    }
    if (page.length === 0) return { events };
  }
}
