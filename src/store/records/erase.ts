import { mentionId } from '../../core/ids.ts';
import { mayMove } from '../../core/moves.ts';
import type { Instant, Mention } from '../../core/nouns.ts';
import type { NewAuditEvent } from '../../core/ports.ts';
import { clean } from '../clean.ts';
import type { Engine, SearchIndex, Touched, Tx } from '../engine.ts';
import { authorWords, type MentionRow } from '../rows.ts';
import { changed, moved } from './mentions.ts';

/**
 * Erases mentions that are gone at the source. One whose reply is on its way is marked, and erased when that is settled;
 * it counts. The audit log gets one event for each, with the mention's id as its subject.
 */
export async function erase(
  engine: Engine,
  connector: string,
  nativeIds: readonly string[],
  audit: NewAuditEvent,
): Promise<number> {
  const ids = [...new Set(nativeIds.map((nativeId) => mentionId(connector, clean(nativeId))))].sort();
  const erased = await engine.write(async (tx, touched) => {
    for (const id of ids) {
      const row = await tx.selectFrom('mention').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
      if (!row || row.state === 'erased' || row.erase_asked === 1) continue;
      if (mayMove(row.state, 'erased')) await eraseRow(tx, engine.search, touched, row, audit.at);
      else await changed(tx, touched, row, { erase_asked: 1 });
      touched.events.push({ ...audit, subject: id });
    }
    return touched.events.length;
  });
  if (erased > 0) await engine.scrub();
  return erased;
}

/** Along the index of arrivals, one state after the other. */
export async function closedBefore(engine: Engine, at: Instant, limit: number) {
  const closed = await Promise.all(
    (['posted', 'dismissed'] as const).map((state) =>
      engine.read
        .selectFrom('mention')
        .select(['connector', 'native_id as nativeId', 'heard_at'])
        .where('state', '=', state)
        .where('heard_at', '<', at)
        .where('erase_asked', '=', 0)
        .orderBy('heard_at')
        .orderBy('no')
        .limit(limit)
        .execute(),
    ),
  );
  return closed
    .flat()
    .sort((a, b) => a.heard_at - b.heard_at)
    .slice(0, limit)
    .map(({ connector, nativeId }) => ({ connector, nativeId }));
}

/** Erases a mention that waited for its reply to be settled, once it is. Gives the erased mention. */
export async function eraseIfAsked(
  tx: Tx,
  search: SearchIndex,
  touched: Touched,
  { id, erase_asked }: Pick<MentionRow, 'id' | 'erase_asked'>,
  at: Instant,
): Promise<Mention | undefined> {
  if (erase_asked === 0) return undefined;
  const row = await tx.selectFrom('mention').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row || !mayMove(row.state, 'erased')) return undefined;
  touched.events.push({
    at,
    actor: 'earshot',
    action: 'erased',
    subject: id,
    detail: { before: row.state, waited: true },
  });
  return eraseRow(tx, search, touched, row, at);
}

const ERASED = 'The mention was erased at the source.';

/** What is left: that it was heard, from where, when, what problem it was, and what we posted ourselves. */
async function eraseRow(tx: Tx, search: SearchIndex, touched: Touched, row: MentionRow, at: Instant): Promise<Mention> {
  await search.remove(tx, [{ no: row.no, text: row.text, author: authorWords(row.author_json) }]);
  await tx.deleteFrom('draft').where('mention_id', '=', row.id).execute();
  await tx.deleteFrom('correction').where('mention_id', '=', row.id).execute();
  await tx.deleteFrom('note').where('mention_id', '=', row.id).execute();
  await tx
    .updateTable('approval')
    .set((e) => ({
      text: '',
      reason: ERASED,
      lease_until: null,
      state: e
        .case()
        .when('state', 'in', ['posted', 'failed'])
        .then(e.ref('state'))
        .else('void' as const)
        .end(),
    }))
    .where('mention_id', '=', row.id)
    .execute();
  return changed(tx, touched, row, {
    ...moved(row, 'erased', at),
    text: '',
    author_json: '{"id":""}',
    author_id: null,
    author_handle: null,
    scammer: 0,
    attachments_json: '[]',
    assessment_json: null,
    unsure: 0,
    scam: 0,
    trouble: null,
    assignee: null,
    erase_asked: 0,
    first_approval_json: null,
    held_by: null,
    held_until: 0,
    url: null,
    conversation_id: null,
    parent_id: null,
    reply_ref: null,
    place: null,
    lang_hint: null,
  });
}

/**
 * Removes all sample mentions with everything that hangs on them, and the cursor, health and coverage of sources that
 * brought nothing else. The audit log stays. Take the sample source out of the workspace first, or it comes back.
 */
export function removeSample(engine: Engine, audit: NewAuditEvent): Promise<number> {
  return engine.write(async (tx, touched) => {
    const sources = tx.selectFrom('mention').select('source').where('sample', '=', 1);
    await tx
      .selectFrom('source')
      .select('source')
      .where('source', 'in', sources)
      .orderBy('source')
      .forUpdate()
      .execute();
    const rows = await tx
      .selectFrom('mention')
      .select(['no', 'id', 'source', 'text', 'author_json'])
      .where('sample', '=', 1)
      .orderBy('id')
      .forUpdate()
      .execute();
    if (rows.length === 0) return 0;
    await engine.search.remove(
      tx,
      rows.map(({ no, text, author_json }) => ({ no, text, author: authorWords(author_json) })),
    );
    const ofSample = tx.selectFrom('mention').select('id').where('sample', '=', 1);
    const related = [
      'draft',
      'approval',
      'receipt',
      'correction',
      'incident_mention',
      'incident_reply',
      'follow_up',
      'note',
    ] as const;
    for (const table of related) {
      await tx.deleteFrom(table).where('mention_id', 'in', ofSample).execute();
    }
    await tx
      .deleteFrom('suspect')
      .where((e) =>
        e.exists(
          e
            .selectFrom('mention')
            .select('mention.id')
            .whereRef('mention.connector', '=', 'suspect.connector')
            .whereRef('mention.author_id', '=', 'suspect.author_id')
            .where('mention.sample', '=', 1),
        ),
      )
      .execute();
    await tx.deleteFrom('incident').where('sample', '=', 1).execute();
    await tx.deleteFrom('mention').where('sample', '=', 1).execute();
    await forgetSources(tx, [...new Set(rows.map(({ source }) => source))]);
    touched.events.push(audit);
    for (const { id } of rows) touched.mentions.add(id);
    touched.sources = true;
    return rows.length;
  });
}

async function forgetSources(tx: Tx, sources: readonly string[]): Promise<void> {
  for (const source of sources) {
    const other = await tx.selectFrom('mention').select('no').where('source', '=', source).limit(1).executeTakeFirst();
    if (other) continue;
    await tx.deleteFrom('source').where('source', '=', source).execute();
    await tx.deleteFrom('coverage').where('source', '=', source).execute();
  }
}
