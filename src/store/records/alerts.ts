import type { Alert, AlertStore, NewAlert } from '../../core/alerts.ts';
import type { Instant } from '../../core/nouns.ts';
import type { NewAuditEvent } from '../../core/ports.ts';
import { clean } from '../clean.ts';
import type { Engine } from '../engine.ts';
import type { AlertTable } from '../migrations/alert-schema.ts';

/** The outbox of alerts over any engine. What each function promises stands in `core/alerts.ts`. */
export function alertStore(engine: Engine): AlertStore {
  return {
    addAlerts: (alerts) => addAlerts(engine, alerts),
    takeAlerts: (now, forMs, limit) => takeAlerts(engine, now, forMs, limit),
    settleAlert: (id, outcome) => settleAlert(engine, id, outcome),
    alertsOf: async (subjects) => {
      if (subjects.length === 0) return [];
      const rows = await engine.read
        .selectFrom('alert')
        .selectAll()
        .where('subject', 'in', subjects)
        .orderBy('created_at')
        .orderBy('id')
        .execute();
      return rows.map(alertOf);
    },
    alertByToken: async (token) => {
      const row = await engine.read.selectFrom('alert').selectAll().where('token', '=', token).executeTakeFirst();
      return row && alertOf(row);
    },
    acknowledge: (subject, target, audit) => acknowledge(engine, subject, target, audit),
  };
}

function addAlerts(engine: Engine, alerts: readonly NewAlert[]): Promise<number> {
  if (alerts.length === 0) return Promise.resolve(0);
  return engine.write(async (tx, touched) => {
    let added = 0;
    for (const { id, kind, subject, target, step, token, createdAt } of alerts) {
      const row = { id, kind, subject, target: clean(target), step, token, created_at: Math.trunc(createdAt) };
      const made = await tx
        .insertInto('alert')
        .values({ ...row, state: 'waiting', attempts: 0, not_before: row.created_at })
        .onConflict((c) => c.column('id').doNothing())
        .executeTakeFirst();
      if ((made.numInsertedOrUpdatedRows ?? 0n) === 0n) continue;
      added += 1;
      if (kind === 'mention') touched.mentions.add(subject);
    }
    return added;
  });
}

/** Being taken is a time, not a state: whoever took it and died gives it back by that. */
function takeAlerts(engine: Engine, now: Instant, forMs: number, limit: number): Promise<Alert[]> {
  return engine.write(async (tx) => {
    const due = await tx
      .selectFrom('alert')
      .selectAll()
      .where('state', '=', 'waiting')
      .where('not_before', '<=', now)
      .orderBy('not_before')
      .orderBy('id')
      .limit(limit)
      .forUpdate()
      .skipLocked()
      .execute();
    if (due.length === 0) return [];
    await tx
      .updateTable('alert')
      .set((e) => ({ not_before: now + forMs, attempts: e('attempts', '+', 1) }))
      .where(
        'id',
        'in',
        due.map(({ id }) => id),
      )
      .execute();
    return due.map((row) => alertOf({ ...row, attempts: row.attempts + 1, not_before: now + forMs }));
  });
}

function settleAlert(
  engine: Engine,
  id: string,
  outcome: { sentAt: Instant } | { error: string; again?: Instant },
): Promise<void> {
  return engine.write(async (tx, touched) => {
    const columns =
      'sentAt' in outcome
        ? { state: 'sent' as const, sent_at: Math.trunc(outcome.sentAt), error: null }
        : outcome.again === undefined
          ? { state: 'given-up' as const, error: clean(outcome.error) }
          : { not_before: Math.trunc(outcome.again), error: clean(outcome.error) };
    await tx.updateTable('alert').set(columns).where('id', '=', id).where('state', '=', 'waiting').execute();
    const row = await tx.selectFrom('alert').select(['kind', 'subject']).where('id', '=', id).executeTakeFirst();
    if (row?.kind === 'mention') touched.mentions.add(row.subject);
  });
}

function acknowledge(
  engine: Engine,
  subject: string,
  target: string | undefined,
  audit: NewAuditEvent,
): Promise<boolean> {
  return engine.write(async (tx, touched) => {
    const done = await tx
      .updateTable('alert')
      .set({ acknowledged_at: Math.trunc(audit.at), acknowledged_by: clean(audit.actor) })
      .where('subject', '=', subject)
      .where('acknowledged_at', 'is', null)
      .$if(target !== undefined, (q) => q.where('target', '=', target as string))
      .executeTakeFirst();
    if (done.numUpdatedRows === 0n) return false;
    touched.mentions.add(subject);
    touched.events.push(audit);
    return true;
  });
}

function alertOf(row: AlertTable): Alert {
  return {
    id: row.id,
    kind: row.kind,
    subject: row.subject,
    target: row.target,
    step: row.step,
    token: row.token,
    state: row.state,
    attempts: row.attempts,
    notBefore: row.not_before,
    createdAt: row.created_at,
    ...(row.sent_at !== null && { sentAt: row.sent_at }),
    ...(row.acknowledged_at !== null && { acknowledgedAt: row.acknowledged_at }),
    ...(row.acknowledged_by !== null && { acknowledgedBy: row.acknowledged_by }),
    ...(row.error !== null && { error: row.error }),
  };
}
