import { Refused } from '../../core/failures.ts';
import { verifyAudit } from '../audit.ts';
import type { Engine, TableShape } from '../engine.ts';
import { authorWords } from '../rows.ts';
import { storeOver } from '../store.ts';
import { planMove } from './plan.ts';
import { beginOrGoOn, endMove, identityOf, noteProgress, progressOf } from './progress.ts';
import { countRows, digestOf, insertRows, keyOf, type Row, readAfter, rowsAtOnce } from './rows.ts';

export interface MoveOptions {
  /** Tables whose content goes another way. */
  leave?: readonly string[];
  /** Called after each step, in rows; each row counts once for the copy and twice for the check. */
  onProgress?(done: number, total: number): void;
  signal?: AbortSignal;
}

export interface Moved {
  tables: { name: string; rows: number; hash: string }[];
  rows: number;
  auditEvents: number;
  /** It went on where an earlier move had been cut off. */
  resumed: boolean;
}

/**
 * Moves all records from one store into another, empty one, and checks it: the same number of rows and the same hash in
 * every table, and a whole audit log. The old store stays as it is. Cut off at any moment, the same call goes on where it
 * was.
 *
 * @throws Refused `target-not-empty`, `other-move`, `stores-differ`, `move-stopped`, `move-not-whole`
 */
export async function moveStore(from: Engine, to: Engine, options: MoveOptions = {}): Promise<Moved> {
  const { leave = [], onProgress = () => {}, signal } = options;
  const tables = await planMove(from, to, leave);
  const resumed = await beginOrGoOn(to, await identityOf(from), tables);
  const counts = await Promise.all(tables.map((table) => countRows(from.read, table)));
  const total = 3 * counts.reduce((sum, count) => sum + count, 0);
  let done = 0;
  const onRows = (count: number) => {
    done += count;
    onProgress(done, total);
    if (signal?.aborted) throw new Refused('move-stopped', 'Stopped. Run the same command again to go on from here.');
  };

  for (const table of tables) await copyTable(from, to, table, onRows);
  const digests: Moved['tables'] = [];
  for (const table of tables) digests.push({ name: table.name, ...(await checked(from, to, table, onRows)) });
  const audit = await verifyAudit(storeOver(to));
  if (audit.brokenAt !== undefined)
    throw notWhole(`The audit log breaks at event ${audit.brokenAt}, as it does in the old store.`);
  await to.write(async (tx) => {
    await to.renumber(tx, tables);
    await endMove(tx);
  });
  const rows = digests.reduce((sum, { rows: count }) => sum + count, 0);
  return { tables: digests, rows, auditEvents: audit.events, resumed };
}

async function copyTable(from: Engine, to: Engine, table: TableShape, onRows: (count: number) => void): Promise<void> {
  const progress = await progressOf(to, table);
  let { after, rows } = progress;
  onRows(rows);
  for (;;) {
    const page = await readAfter(from.read, table, after);
    const last = page.at(-1);
    if (!last) return;
    const key = keyOf(table, last);
    const copied = rows + page.length;
    await to.write(async (tx) => {
      await insertRows(tx, table, page);
      if (table.name === 'mention') await to.search.add(tx, page.flatMap(words));
      await noteProgress(tx, table, key, copied);
    });
    after = key;
    rows = copied;
    onRows(page.length);
    if (page.length < rowsAtOnce(table)) return;
  }
}

/** What the search index of the new store is told of a mention. Nothing is left to find of an erased one. */
function words({ no, text, author_json, state }: Row) {
  if (state === 'erased') return [];
  return [{ no: Number(no), text: String(text), author: authorWords(String(author_json)) }];
}

async function checked(from: Engine, to: Engine, table: TableShape, onRows: (count: number) => void) {
  const { columns } = table;
  const there = await digestOf(to.read, table, columns, onRows);
  const here = await digestOf(from.read, table, columns, onRows);
  if (there.hash === here.hash) return there;
  throw notWhole(
    `The table "${table.name}" has ${here.rows} rows in the old store and ${there.rows} in the new one, or they differ.`,
  );
}

function notWhole(what: string): Refused {
  return new Refused(
    'move-not-whole',
    `${what} Was something still writing to the old store? Stop every Earshot, empty the new store, and move again.`,
  );
}
