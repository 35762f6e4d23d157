import { sql } from 'kysely';
import { mayMove } from '../../core/moves.ts';
import type { Assessment, Draft, Instant, MentionId } from '../../core/nouns.ts';
import type { ClaimedRow } from '../../core/ports.ts';
import { clean } from '../clean.ts';
import type { Engine, Tx } from '../engine.ts';
import { assessmentColumns, draftColumns, type MentionRow } from '../rows.ts';
import { change, moved } from './mentions.ts';
import { queueRows } from './queue-rows.ts';
import { saidInThreads } from './said.ts';

/** Characters of text that one claim holds in memory at the most, unless a single mention is longer. */
const CLAIM_MAX = 10_000_000;

/**
 * Takes mentions for a stage, most urgent first, and keeps others off them until the lease runs out. A lease is not a
 * change: the version stays.
 */
export function claim(
  engine: Engine,
  stage: 'classify' | 'draft',
  worker: string,
  limit: number,
  leaseMs: number,
  now: Instant,
): Promise<ClaimedRow[]> {
  return engine.write(async (tx) => {
    const free = await tx
      .selectFrom('mention')
      .select(['no', sql<number>`length(text)`.as('size')])
      .where('state', '=', stage === 'classify' ? 'heard' : 'assessed')
      .where('claimed_until', '<=', now)
      .$if(stage === 'draft', (q) => q.where('trouble', 'is', null).where('draft_fresh', '=', 0))
      .orderBy('rank')
      .orderBy('said_at')
      .orderBy('no')
      .limit(limit)
      .forUpdate()
      .skipLocked()
      .execute();
    const numbers = withinSize(free);
    if (numbers.length === 0) return [];
    await tx
      .updateTable('mention')
      .set({ claimed_by: worker, claimed_until: now + leaseMs })
      .where('no', 'in', numbers)
      .execute();
    const rows = await queueRows(tx, numbers);
    const said = stage === 'draft' ? await saidInThreads(tx, numbers) : new Map<MentionId, string[]>();
    return rows.map((row) => ({ ...row, said: said.get(row.mention.id) ?? [] }));
  });
}

/** The first rows whose texts together stay within the limit, and at least one: long posts come in smaller batches. */
function withinSize(rows: readonly { no: number; size: number }[]): number[] {
  let sum = 0;
  const end = rows.findIndex(({ size }, at) => {
    sum += size;
    return at > 0 && sum > CLAIM_MAX;
  });
  return rows.slice(0, end < 0 ? rows.length : end).map(({ no }) => no);
}

export async function unsorted(engine: Engine, most: number): Promise<number> {
  const waiting = engine.read.selectFrom('mention').select('no').where('state', '=', 'heard').limit(most).as('waiting');
  const { count } = await engine.read
    .selectFrom(waiting)
    .select((e) => e.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Keeps assessments. One that nobody assessed yet moves on; one that stands further on stays where it is. */
export function saveAssessments(
  engine: Engine,
  rows: readonly { id: MentionId; version: number; assessment: Assessment }[],
): Promise<void> {
  return engine.write(async (tx, touched) => {
    for (const { row, work } of await unchanged(tx, rows)) {
      if (row.state === 'erased') continue;
      const next =
        row.state === 'heard' ? moved(row, 'assessed', work.assessment.at) : { claimed_by: null, claimed_until: 0 };
      await change(tx, touched, row, { ...next, ...assessmentColumns(work.assessment), trouble: null });
    }
  });
}

/** Keeps drafts, each under the next free revision, or what kept one from being written. */
export function saveDrafts(
  engine: Engine,
  rows: readonly { id: MentionId; version: number; draft?: Draft; trouble?: string }[],
): Promise<void> {
  return engine.write(async (tx, touched) => {
    for (const { row, work } of await unchanged(tx, rows)) {
      if (work.draft && mayMove(row.state, 'drafted')) {
        const revision = Math.max(work.draft.revision, row.draft_revision + 1);
        await tx
          .insertInto('draft')
          .values(draftColumns({ ...work.draft, mentionId: row.id, revision }))
          .execute();
        const drafted = { draft_revision: revision, draft_fresh: 1, trouble: null };
        await change(tx, touched, row, { ...moved(row, 'drafted', work.draft.at), ...drafted });
      } else if (work.trouble !== undefined && row.state !== 'erased') {
        await change(tx, touched, row, { trouble: clean(work.trouble), claimed_by: null, claimed_until: 0 });
      }
    }
  });
}

/** The stored rows of those whose version is still the one that was worked on. */
async function unchanged<W extends { id: MentionId; version: number }>(tx: Tx, works: readonly W[]) {
  const stored = new Map<MentionId, MentionRow>();
  const ids = works.map(({ id }) => id).sort();
  for (let start = 0; start < ids.length; start += 1_000) {
    const some = ids.slice(start, start + 1_000);
    const rows = await tx.selectFrom('mention').selectAll().where('id', 'in', some).orderBy('id').forUpdate().execute();
    for (const row of rows) stored.set(row.id, row);
  }
  return works.flatMap((work) => {
    const row = stored.get(work.id);
    // Once only: a second result for the same mention is about a version that is gone by then.
    stored.delete(work.id);
    return row?.version === work.version ? [{ row, work }] : [];
  });
}

/** Brings back what was snoozed and is due, each to the state it came from. */
export function wake(engine: Engine, now: Instant): Promise<number> {
  return engine.write(async (tx, touched) => {
    const due = await tx
      .selectFrom('mention')
      .selectAll()
      .where('snoozed_until', '<=', now)
      .where('state', '=', 'snoozed')
      .orderBy('id')
      .forUpdate()
      .execute();
    for (const row of due) {
      const back = row.draft_revision > 0 ? 'drafted' : 'assessed';
      const to = row.snoozed_from && mayMove('snoozed', row.snoozed_from) ? row.snoozed_from : back;
      await change(tx, touched, row, moved(row, to, now));
      touched.events.push({ at: now, actor: 'earshot', action: 'woken', subject: row.id, detail: { to } });
    }
    return due.length;
  });
}
