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
export const GENESIS = '0'.repeat(64);

/** JSON with sorted keys: the same event gives the same text on every engine. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** An event but for what it gets from the one before it. Its hash is that of `previous + head + seq + tail`. */
export interface Unbound extends Omit<AuditTable, 'seq' | 'hash'> {
  head: string;
  tail: string;
}

/** An event as it goes into the log. */
export function unbound(event: NewAuditEvent): Unbound {
  const detail_json = toJson(event.detail);
  const row = {
    at: Math.trunc(event.at),
    actor: clean(event.actor),
    action: clean(event.action),
    subject: clean(event.subject),
  };
  return { ...row, detail_json, ...around({ ...row, detail: JSON.parse(detail_json) }) };
}

/** The event in canonical form, before its number and after it: sorted, "seq" comes last but one. */
function around({ at, actor, action, subject, detail }: NewAuditEvent): Pick<Unbound, 'head' | 'tail'> {
  const head = canonical({ at, actor, action, detail });
  return { head: `${head.slice(0, -1)},"seq":`, tail: `,"subject":${canonical(subject)}}` };
}

function hashOf(previous: string, seq: number, { head, tail }: Pick<Unbound, 'head' | 'tail'>): string {
  return createHash('sha256').update(`${previous}${head}${seq}${tail}`).digest('hex');
}

/** Adds events to the end of the log, where nobody else writes meanwhile. */
export async function append(tx: Kysely<Tables>, events: readonly NewAuditEvent[]): Promise<void> {
  if (events.length === 0) return;
  const last = await tx.selectFrom('audit').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1).executeTakeFirst();
  let { seq, hash } = last ?? { seq: 0, hash: GENESIS };
  for (const event of events) {
    const { head, tail, ...row } = unbound(event);
    seq += 1;
    hash = hashOf(hash, seq, { head, tail });
    await tx
      .insertInto('audit')
      .values({ seq, ...row, hash })
      .execute();
  }
}

export const EVENT_COLUMNS = ['seq', 'at', 'actor', 'action', 'subject', 'detail_json', 'hash'] as const;

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
      if (event.seq !== events + 1 || event.hash !== hashOf(previous, event.seq, around(event)))
        return { events, brokenAt: events + 1 };
      previous = event.hash;
      events += 1;
    }
    if (page.length === 0) return { events };
  }
}
