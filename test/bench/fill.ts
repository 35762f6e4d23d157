import type { Insertable } from 'kysely';
import { mentionId } from '../../src/core/ids.ts';
import type { State } from '../../src/core/nouns.ts';
import type { Engine } from '../../src/store/engine.ts';
import { assessmentColumns, authorWords, draftColumns, foundColumns } from '../../src/store/rows.ts';
import type { MentionTable } from '../../src/store/schema.ts';
import { assessment, draft, mention } from './store.ts';

const DAY_MS = 86_400_000;
/** Few enough that a statement's values are. */
const PAGE = 500;
const YEARS = 2;

/**
 * Puts so many mentions into an empty store, spread over two years: one in fifty waits with a draft, the rest is posted or
 * dismissed. Straight into the tables, since the way through the pipeline would take hours for a million.
 */
export async function fill(engine: Engine, n: number, now = Date.now()): Promise<void> {
  for (let start = 0; start < n; start += PAGE) {
    const rows = Array.from({ length: Math.min(PAGE, n - start) }, (_, i) => rowOf(start + i, n, now));
    await engine.write(async (tx) => {
      const stored = await tx.insertInto('mention').values(rows).returning(['no', 'id']).execute();
      const numbers = new Map(stored.map(({ no, id }) => [id, no]));
      await engine.search.add(
        tx,
        rows.map(({ id, text, author_json }) => ({
          no: numbers.get(id) as number,
          text,
          author: authorWords(author_json),
        })),
      );
      const drafts = rows.filter(({ draft_revision }) => draft_revision > 0).map(({ id }) => draftColumns(draft(id)));
      for (let at = 0; at < drafts.length; at += 250) {
        await tx
          .insertInto('draft')
          .values(drafts.slice(at, at + 250))
          .execute();
      }
    });
  }
}

type Row = Insertable<MentionTable> & { id: string; text: string; author_json: string; draft_revision: number };

function rowOf(i: number, n: number, now: number): Row {
  const found = mention(i, n);
  const state: State = i % 50 === 0 ? 'drafted' : i % 10 === 1 ? 'posted' : 'dismissed';
  const heard = now - Math.floor(((n - i) / n) * YEARS * 365 * DAY_MS);
  return {
    id: mentionId('bench', found.nativeId),
    connector: 'bench',
    native_id: found.nativeId,
    source: `forum-${i % 7}`,
    platform: 'bench',
    state,
    version: 3,
    sample: 0,
    ...assessmentColumns(assessment(i)),
    assignee: null,
    said_at: heard - 60_000,
    heard_at: heard,
    claimed_until: 0,
    draft_revision: 1,
    draft_fresh: 1,
    erase_asked: 0,
    ...(state === 'posted' && { posted_at: heard + 3_600_000 }),
    ...(state === 'dismissed' && { dismissed_at: heard + 3_600_000 }),
    ...foundColumns(found),
  };
}
