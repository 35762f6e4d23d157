import type { Selectable } from 'kysely';
import type { Assessment, MentionId } from '../../core/nouns.ts';
import type { Correction, Dismissal } from '../../core/ports.ts';
import { clean, instant, toJson } from '../clean.ts';
import type { Engine, Tx } from '../engine.ts';
import type { CorrectionTable } from '../schema.ts';

/** Keeps a person's word about a mention, or forgets the last one about it. */
export async function keepCorrection(tx: Tx, id: MentionId, correction: Correction | 'take-back'): Promise<void> {
  if (correction === 'take-back') {
    const newest = tx
      .selectFrom('correction')
      .select((e) => e.fn.max('no').as('no'))
      .where('mention_id', '=', id);
    await tx.deleteFrom('correction').where('no', '=', newest).execute();
    return;
  }
  await tx
    .insertInto('correction')
    .values({
      mention_id: id,
      text: clean(correction.text),
      from_type: clean(correction.from),
      to_type: clean(correction.to),
      by: clean(correction.by),
      at: instant(correction.at, 0),
      before_json: correction.before === undefined ? null : toJson(correction.before),
    })
    .execute();
}

export async function corrections(engine: Engine): Promise<Correction[]> {
  const rows = await engine.read
    .selectFrom('correction')
    .select(['mention_id', 'text', 'from_type', 'to_type', 'by', 'at'])
    .orderBy('no')
    .execute();
  return rows.map(correctionOf);
}

export async function lastCorrection(engine: Engine, id: MentionId): Promise<Correction | undefined> {
  const row = await engine.read
    .selectFrom('correction')
    .selectAll()
    .where('mention_id', '=', id)
    .orderBy('no', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row) return undefined;
  const before = row.before_json === null ? undefined : (JSON.parse(row.before_json) as Assessment);
  return { ...correctionOf(row), ...(before && { before }) };
}

function correctionOf(row: Omit<Selectable<CorrectionTable>, 'no' | 'before_json'>): Correction {
  const { mention_id, text, from_type, to_type, by, at } = row;
  return { mentionId: mention_id, text, from: from_type, to: to_type, by, at };
}

/** Dismissals that are looked at in one go: their reasons stand in the log, as JSON that no engine reads. */
const PAGE = 500;

export async function dismissals(engine: Engine, reasons: readonly string[], limit: number): Promise<Dismissal[]> {
  const found: Dismissal[] = [];
  let before = { at: Number.MAX_SAFE_INTEGER, no: 0 };
  while (found.length < limit) {
    const rows = await page(engine, before);
    for (const row of rows) {
      const { reason } = JSON.parse(row.detail_json) as { reason?: unknown };
      if (typeof reason !== 'string' || !reasons.includes(reason)) continue;
      const { id, text, problem_type, actor, at } = row;
      found.push({ mentionId: id, text, problemType: problem_type, reason, by: actor, at });
    }
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) break;
    before = { at: last.at, no: last.no };
  }
  return found.slice(0, limit);
}

/** Mentions that stand dismissed with the event that dismissed them, last dismissed first. */
function page(engine: Engine, before: { at: number; no: number }) {
  const lastEvent = engine.read
    .selectFrom('audit')
    .select((e) => ['subject', e.fn.max('seq').as('seq')])
    .where('action', '=', 'dismissed')
    .groupBy('subject')
    .as('last_event');
  return engine.read
    .selectFrom('mention')
    .innerJoin(lastEvent, 'last_event.subject', 'mention.id')
    .innerJoin('audit', 'audit.seq', 'last_event.seq')
    .select(['mention.no', 'mention.id', 'mention.text', 'mention.problem_type', 'audit.actor', 'audit.detail_json'])
    .select((e) => e.fn.coalesce('mention.dismissed_at', e.lit(0)).as('at'))
    .where('mention.state', '=', 'dismissed')
    .where((e) => e(e.refTuple('mention.dismissed_at', 'mention.no'), '<', e.tuple(before.at, before.no)))
    .orderBy('mention.dismissed_at', 'desc')
    .orderBy('mention.no', 'desc')
    .limit(PAGE)
    .execute();
}
