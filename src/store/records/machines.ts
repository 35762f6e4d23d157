import { sql } from 'kysely';
import type { KeptTexts, Machines, ModelShelf, SettingsShelf } from '../../core/ports.ts';
import { clean } from '../clean.ts';
import type { Engine } from '../engine.ts';
import { rest, takeTurn } from './allowance.ts';

const DAY_MS = 86_400_000;

/** Leases and slots by the engine's clock, so that two machines never disagree about what is over. */
export function machines(engine: Engine): Machines {
  return {
    async now() {
      const { rows } = await sql<{ now: number }>`select ${engine.now} as now`.execute(engine.read);
      return Number(rows[0]?.now);
    },

    takeLease(name, holder, forMs) {
      return engine.write(async (tx) => {
        const until = sql<number>`${engine.now} + ${sql.lit(Math.trunc(forMs))}`;
        const taken = await tx
          .insertInto('lease')
          .values({ name, holder, until })
          .onConflict((c) =>
            c
              .column('name')
              .doUpdateSet({ holder, until })
              .where((e) => e.or([e('lease.holder', '=', holder), e('lease.until', '<=', engine.now)])),
          )
          .executeTakeFirst();
        return (taken.numInsertedOrUpdatedRows ?? 0n) > 0n;
      });
    },

    async giveBack(name, holder) {
      await engine.write((tx) =>
        tx.deleteFrom('lease').where('name', '=', name).where('holder', '=', holder).execute(),
      );
    },

    leases: () =>
      engine.read
        .selectFrom('lease')
        .select(['name', 'holder', 'until'])
        .where('until', '>', engine.now)
        .orderBy('name')
        .execute(),

    takeSlot(job, at, holder) {
      return engine.write(async (tx) => {
        const over = sql<number>`${engine.now} - ${sql.lit(DAY_MS)}`;
        await tx.deleteFrom('slot').where('job', '=', job).where('at', '<', over).execute();
        const taken = await tx
          .insertInto('slot')
          .values({ job, at, holder })
          .onConflict((c) => c.doNothing())
          .executeTakeFirst();
        return (taken.numInsertedOrUpdatedRows ?? 0n) > 0n;
      });
    },

    takeTurn: (name, allowed) => takeTurn(engine, name, allowed),
    rest: (name, allowed, forMs) => rest(engine, name, allowed, forMs),
    say: async (text) => engine.passing?.say(text),
    hear: (listener) => engine.passing?.hear(listener) ?? (() => {}),
  };
}

export function keptTexts(engine: Engine): KeptTexts {
  return {
    async read(scope, name) {
      const found = engine.read.selectFrom('kept').select('text').where('scope', '=', scope).where('name', '=', name);
      return (await found.executeTakeFirst())?.text;
    },
    replace(scope, name, before, after) {
      return engine.write(async (tx) => {
        if (before === undefined) {
          const row = { scope, name, text: clean(after) };
          const added = tx
            .insertInto('kept')
            .values(row)
            .onConflict((c) => c.doNothing());
          return ((await added.executeTakeFirst()).numInsertedOrUpdatedRows ?? 0n) > 0n;
        }
        const changed = await tx
          .updateTable('kept')
          .set({ text: clean(after) })
          .where('scope', '=', scope)
          .where('name', '=', name)
          .where('text', '=', before)
          .executeTakeFirst();
        return changed.numUpdatedRows > 0n;
      });
    },
  };
}

export function modelShelf(engine: Engine): ModelShelf {
  return {
    async read(name) {
      return (await engine.read.selectFrom('model').select('text').where('name', '=', name).executeTakeFirst())?.text;
    },
    replace(name, before, after) {
      return engine.write(async (tx) => {
        if (before === undefined) {
          const added = tx
            .insertInto('model')
            .values({ name, text: after })
            .onConflict((c) => c.doNothing());
          return ((await added.executeTakeFirst()).numInsertedOrUpdatedRows ?? 0n) > 0n;
        }
        const changed = tx
          .updateTable('model')
          .set({ text: after })
          .where('name', '=', name)
          .where('text', '=', before);
        return (await changed.executeTakeFirst()).numUpdatedRows > 0n;
      });
    },
  };
}

export function settingsShelf(engine: Engine): SettingsShelf {
  const newestFirst = () =>
    engine.read
      .selectFrom('settings')
      .select(['revision', 'document_json as document', 'version_json as version'])
      .orderBy('revision', 'desc');
  return {
    read: () => newestFirst().limit(1).executeTakeFirst(),
    versions: () => newestFirst().execute(),
    replace(before, { revision, document, version }, keep) {
      return engine.write(async (tx, touched) => {
        const newest = await tx
          .selectFrom('settings')
          .select('revision')
          .orderBy('revision', 'desc')
          .limit(1)
          .forUpdate()
          .executeTakeFirst();
        if (newest?.revision !== before || (before !== undefined && revision <= before)) return false;
        const added = await tx
          .insertInto('settings')
          .values({ revision, document_json: document, version_json: version })
          .onConflict((c) => c.doNothing())
          .executeTakeFirst();
        if (!added.numInsertedOrUpdatedRows) return false;
        const kept = tx.selectFrom('settings').select('revision').orderBy('revision', 'desc').limit(keep);
        await tx.deleteFrom('settings').where('revision', 'not in', kept).execute();
        touched.settings = true;
        return true;
      });
    },
    watch: (onChange) => engine.watchSettings(onChange),
  };
}
