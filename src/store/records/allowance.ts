import { sql } from 'kysely';
import type { Allowance } from '../../core/machines.ts';
import type { Engine } from '../engine.ts';

/**
 * One of what is allowed, by the store's clock. Only the moment at which the allowance is full again is kept: each turn
 * moves it on by what one costs, and may not move it further away than the whole.
 *
 * @returns 0 when it was taken, else the milliseconds until one may be there
 */
export function takeTurn(engine: Engine, name: string, { count, perSeconds }: Allowance): Promise<number> {
  const each = Math.ceil((perSeconds * 1_000_000) / count);
  const whole = each * count;
  const now = sql<number>`${engine.now} * 1000`;
  return engine.write(async (tx) => {
    const taken = await tx
      .insertInto('allowance')
      .values({ name, full_at: sql<number>`${now} + ${sql.lit(each)}` })
      .onConflict((c) =>
        c
          .column('name')
          .doUpdateSet({
            full_at: sql<number>`case when allowance.full_at > ${now} then allowance.full_at else ${now} end + ${sql.lit(each)}`,
          })
          .where(sql<boolean>`allowance.full_at - ${now} <= ${sql.lit(whole - each)}`),
      )
      .executeTakeFirst();
    if ((taken.numInsertedOrUpdatedRows ?? 0n) > 0n) return 0;
    const left = await tx
      .selectFrom('allowance')
      .select(sql<number>`full_at - ${now}`.as('us'))
      .where('name', '=', name)
      .executeTakeFirstOrThrow();
    return Math.max(1, Math.ceil((Number(left.us) - (whole - each)) / 1000));
  });
}

/** Nothing more for so long, whatever is left: the platform said so. A longer rest stands. */
export async function rest(engine: Engine, name: string, { perSeconds }: Allowance, forMs: number): Promise<void> {
  const until = sql<number>`(${engine.now} + ${sql.lit(Math.trunc(forMs + perSeconds * 1000))}) * 1000`;
  await engine.write((tx) =>
    tx
      .insertInto('allowance')
      .values({ name, full_at: until })
      .onConflict((c) => c.column('name').doUpdateSet({ full_at: until }).where('allowance.full_at', '<', until))
      .execute(),
  );
}
