import { createHash } from 'node:crypto';
import type { Alert } from '../core/alerts.ts';
import type { Note } from '../core/notes.ts';
import type { Instant } from '../core/nouns.ts';
import type { AuditEvent, Case, Store } from '../core/ports.ts';

/** Everything that is known about a mention and what was done about it, as one file that proves itself. */
export interface EvidencePack {
  format: 'earshot-evidence/1';
  madeAt: string;
  madeBy: string;
  mention: Case['mention'];
  assessment?: Case['assessment'];
  drafts: Case['drafts'];
  approval?: Case['approval'];
  receipt?: Case['receipt'];
  conversation: Case['conversation'];
  /** What colleagues wrote to each other about it. */
  notes: Note[];
  alerts: Omit<Alert, 'token'>[];
  /** Decisions, edits at the source and all else that happened, each with its hash in the log's chain. */
  history: AuditEvent[];
  /** The whole log up to now: how many events, and the hash of the last. `earshot audit verify` checks the chain. */
  log: { events: number; lastHash: string };
  /** SHA-256 of the pack as JSON without this line. */
  sha256: string;
}

/**
 * Makes the pack, and writes into the log that it was made. The words stand as they were seen: keep it where only those
 * may read it who must.
 */
export async function evidencePack(store: Store, found: Case, by: string, now: Instant): Promise<EvidencePack> {
  const { mention, assessment, drafts, approval, receipt, conversation } = found;
  await store.appendAudit({ at: now, actor: by, action: 'evidence-exported', subject: mention.id, detail: {} });
  const fresh = await store.find(mention.id);
  const last = await lastEvent(store);
  const pack = {
    format: 'earshot-evidence/1' as const,
    madeAt: new Date(now).toISOString(),
    madeBy: by,
    mention,
    ...(assessment && { assessment }),
    drafts,
    ...(approval && { approval }),
    ...(receipt && { receipt }),
    conversation,
    notes: await store.notes(mention.id),
    alerts: (await store.alertsOf([mention.id])).map(({ token: _, ...alert }) => alert),
    history: fresh?.history ?? found.history,
    log: { events: last?.seq ?? 0, lastHash: last?.hash ?? '' },
  };
  return { ...pack, sha256: createHash('sha256').update(JSON.stringify(pack)).digest('hex') };
}

async function lastEvent(store: Store): Promise<AuditEvent | undefined> {
  let last: AuditEvent | undefined;
  for (;;) {
    const page = await store.audit(last?.seq ?? 0, 10_000);
    const newest = page.at(-1);
    if (!newest) return last;
    last = newest;
  }
}
