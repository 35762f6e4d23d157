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
/** And in all: older ones say little about today, and there may be millions. */
const MOST_LOOKED_AT = 50_000;

export async function dismissals(engine: Engine, reasons: readonly string[], limit: number): Promise<Dismissal[]> {
  const found: Dismissal[] = [];
  let before = { at: Number.MAX_SAFE_INTEGER, no: 0 };
  for (let looked = 0; found.length < limit && looked < MOST_LOOKED_AT; looked += PAGE) {
    const rows = await page(engine, before);
    for (const row of rows) {
      const { reason } = JSON.parse(row.detail_json) as { reason?: unknown };
      if (typeof reason !== 'string' || !reasons.includes(reason)) continue;
      const { id, text, problem_type, actor, at } = row;
      found.push({ mentionId: id, text, problemType: problem_type, reason, by: actor, at: at ?? 0 });
    }
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) break;
    before = { at: last.at ?? 0, no: last.no };
  }
  return found.slice(0, limit);
}

/** Mentions that stand dismissed with the event that dismissed them, last dismissed first: a walk along two indexes. */
function page(engine: Engine, before: { at: number; no: number }) {
  const last = engine.read
    .selectFrom('mention')
    .select(['no', 'id', 'text', 'problem_type', 'dismissed_at'])
    .where('state', '=', 'dismissed')
    // Said twice, since the planner takes the first alone for a place in the index.
    .where('dismissed_at', '<=', before.at)
    .where('dismissed_at', 'is not', null)
    .where((e) => e(e.refTuple('dismissed_at', 'no'), '<', e.tuple(before.at, before.no)))
    .orderBy('dismissed_at', 'desc')
    .orderBy('no', 'desc')
    .limit(PAGE)
    .as('last');
  return engine.read
    .selectFrom(last)
    .innerJoin('audit', (join) =>
      join.on('audit.seq', '=', (e) =>
        e
          .selectFrom('audit as event')
          .select((f) => f.fn.max('event.seq').as('seq'))
          .whereRef('event.subject', '=', 'last.id')
          .where('event.action', '=', 'dismissed'),
      ),
    )
    .select(['last.no', 'last.id', 'last.text', 'last.problem_type', 'last.dismissed_at as at'])
    .select(['audit.actor', 'audit.detail_json'])
    .orderBy('last.dismissed_at', 'desc')
    .orderBy('last.no', 'desc')
    .execute();
}
