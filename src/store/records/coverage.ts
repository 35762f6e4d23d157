import type { CoverageSpan } from '../../core/ports.ts';
import { clean, instant } from '../clean.ts';
import { mergeCoverage } from '../coverage.ts';
import type { Db, Engine, Tx } from '../engine.ts';

export async function coverage(db: Db | Tx, source: string): Promise<CoverageSpan[]> {
  const rows = await db.selectFrom('coverage').selectAll().where('source', '=', source).orderBy('from_at').execute();
  return rows.map(({ kind, from_at, to_at, cause }) => ({
    kind,
    from: from_at,
    to: to_at,
    ...(cause !== null && { cause }),
  }));
}

/** Merges new spans into what is known of the source. */
export async function saveCoverage(tx: Tx, source: string, news: readonly CoverageSpan[]): Promise<void> {
  const whole = news.map((span) => ({
    ...span,
    from: instant(span.from, 0),
    to: instant(span.to, 0),
    ...(span.cause !== undefined && { cause: clean(span.cause) }),
  }));
  const merged = mergeCoverage(await coverage(tx, source), whole);
  await tx.deleteFrom('coverage').where('source', '=', source).execute();
  for (const { kind, from, to, cause } of merged) {
    await tx
      .insertInto('coverage')
      .values({ source, kind, from_at: from, to_at: to, cause: cause ?? null })
      .execute();
  }
}

export function coverageOf(engine: Engine, source: string): Promise<CoverageSpan[]> {
  return coverage(engine.read, source);
}
