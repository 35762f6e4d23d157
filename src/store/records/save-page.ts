import type { Insertable } from 'kysely';
import { mentionId } from '../../core/ids.ts';
import type { FoundMention, MentionId } from '../../core/nouns.ts';
import type { PageToSave, Saved } from '../../core/ports.ts';
import { clean, instant } from '../clean.ts';
import type { Engine, Touched, Tx } from '../engine.ts';
import { assessmentColumns, authorWords, foundColumns, type MentionRow } from '../rows.ts';
import type { MentionTable } from '../schema.ts';
import { saveCoverage } from './coverage.ts';
import { hearAgain } from './edits.ts';
import { meetOwnPosts } from './own-posts.ts';
import { countStored, lockSource } from './sources.ts';
import { scammersAmong } from './suspects.ts';
import { takeOnce } from './taken-calls.ts';
import { voidInThreads } from './voids.ts';

/** Rows of one INSERT: few enough that the engine keeps the statements of all lengths ready. */
const ROWS_AT_ONCE = 10;

/** One page: its mentions, its cursor, its coverage and its counters, in one commit. */
export function savePage(engine: Engine, page: PageToSave): Promise<Saved> {
  return engine.write(async (tx, touched) => {
    const saved: Saved = { added: [], changed: [], known: 0 };
    await lockSource(tx, page.source);
    const repeated = await takeOnce(tx, page);
    if (repeated) return { ...saved, repeated };
    const stored = await storedAmong(tx, page);
    const fresh = new Map<MentionId, FoundMention>();
    for (const found of page.found) {
      const id = mentionId(page.connector, clean(found.nativeId));
      const row = stored.get(id);
      if (row === undefined) {
        if (fresh.has(id)) saved.known += 1;
        fresh.set(id, found);
      } else if (await hearAgain(tx, engine.search, touched, row, found, page)) saved.changed.push(id);
      else saved.known += 1;
    }
    await insertAll(engine, tx, touched, page, fresh);
    saved.added.push(...fresh.keys());
    const threads = [...fresh.values()].flatMap(({ conversationId }) =>
      conversationId === undefined ? [] : [clean(conversationId)],
    );
    const { connector, at } = page;
    await voidInThreads(tx, touched, connector, [...new Set(threads)], { code: 'new-message', at, but: saved.added });
    await meetOwnPosts(tx, touched, page);
    if (page.coverage?.length) await saveCoverage(tx, page.source, page.coverage);
    await countStored(tx, page, saved.added.length);
    touched.sources = true;
    return saved;
  });
}

/** Mentions of the page that are here already, by id. Edits within one page meet the row as changed. */
async function storedAmong(tx: Tx, page: PageToSave): Promise<Map<MentionId, MentionRow>> {
  const ids = page.found.map((found) => mentionId(page.connector, clean(found.nativeId))).sort();
  const rows = new Map<MentionId, MentionRow>();
  for (let start = 0; start < ids.length; start += 1_000) {
    const some = await tx
      .selectFrom('mention')
      .selectAll()
      .where('id', 'in', ids.slice(start, start + 1_000))
      .orderBy('id')
      .forUpdate()
      .execute();
    for (const row of some) rows.set(row.id, row);
  }
  return rows;
}

async function insertAll(
  engine: Engine,
  tx: Tx,
  touched: Touched,
  page: PageToSave,
  fresh: ReadonlyMap<MentionId, FoundMention>,
): Promise<void> {
  const authors = [...new Set([...fresh.values()].map(({ author }) => clean(author.id)))];
  const scammers = await scammersAmong(tx, page.connector, authors);
  const rows = [...fresh].map(([id, found]) => ({
    ...newRow(id, found, page),
    scammer: scammers.has(clean(found.author.id)) ? 1 : 0,
  }));
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    const some = rows.slice(start, start + ROWS_AT_ONCE);
    const numbers = await tx.insertInto('mention').values(some).returning(['no', 'id']).execute();
    const numberOf = new Map(numbers.map(({ id, no }) => [id, no]));
    await engine.search.add(
      tx,
      some.map(({ id, text, author_json }) => ({
        no: numberOf.get(id) as number,
        text,
        author: authorWords(author_json),
      })),
    );
    for (const { id } of some) touched.mentions.add(id);
  }
}

function newRow(
  id: MentionId,
  found: FoundMention,
  page: PageToSave,
): Insertable<MentionTable> & { text: string; author_json: string; id: string } {
  const at = instant(page.at, 0);
  return {
    id,
    connector: page.connector,
    native_id: clean(found.nativeId),
    source: page.source,
    platform: clean(found.platform ?? page.connector),
    state: 'heard',
    version: 1,
    sample: page.sample ? 1 : 0,
    ...assessmentColumns(undefined),
    assignee: null,
    said_at: instant(found.saidAt, at),
    heard_at: at,
    claimed_until: 0,
    draft_revision: 0,
    erase_asked: 0,
    ...foundColumns(found),
  };
}
