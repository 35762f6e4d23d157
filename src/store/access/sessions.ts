import type { AccessStore } from '../../core/access.ts';
import { clean } from '../clean.ts';
import { type Engine, PLANNED_ONCE } from '../engine.ts';
import { PERSON_COLUMNS, personOf, sessionOf } from './rows.ts';

type Sessions = Pick<
  AccessStore,
  'beginSession' | 'session' | 'sessions' | 'touch' | 'endSessions' | 'tries' | 'saveTries'
>;

export function sessionsOver(engine: Engine): Sessions {
  return {
    beginSession: (session, hash, audit) =>
      engine.write(async (tx, touched) => {
        const { id, personId, at, usedAt, until, agent } = session;
        await tx.deleteFrom('session').where('until', '<=', at).execute();
        await tx
          .insertInto('session')
          .values({ hash, id, person_id: personId, at, used_at: usedAt, until, agent: clean(agent) })
          .execute();
        await tx.updateTable('person').set({ seen_at: at }).where('id', '=', personId).execute();
        touched.events.push(audit);
      }),
    async session(hash, now) {
      // Asked with every request, and so in one query.
      const row = await engine.read
        .selectFrom('session')
        .innerJoin('person', 'person.id', 'session.person_id')
        .select(PERSON_COLUMNS)
        .select(['session.id as session_id', 'hash', 'person_id', 'at', 'used_at', 'until', 'agent'])
        .where('hash', '=', hash)
        .where('until', '>', now)
        .where('disabled', '=', 0)
        .modifyEnd(PLANNED_ONCE)
        .executeTakeFirst();
      return row && { session: sessionOf({ ...row, id: row.session_id }), person: personOf(row) };
    },
    async sessions(now, personId) {
      let rows = engine.read.selectFrom('session').selectAll().where('until', '>', now).orderBy('used_at', 'desc');
      if (personId !== undefined) rows = rows.where('person_id', '=', personId);
      return (await rows.execute()).map(sessionOf);
    },
    touch: (what, at) =>
      engine.write(async (tx) => {
        if ('tokenId' in what) {
          await tx.updateTable('token').set({ used_at: at }).where('id', '=', what.tokenId).execute();
          return;
        }
        const { sessionId } = what;
        await tx.updateTable('session').set({ used_at: at }).where('id', '=', sessionId).execute();
        await tx
          .updateTable('person')
          .set({ seen_at: at })
          .where('id', '=', (e) => e.selectFrom('session').select('person_id').where('id', '=', sessionId).limit(1))
          .execute();
      }),
    endSessions: (which, audit) =>
      engine.write(async (tx, touched) => {
        let ending = tx.deleteFrom('session').returning('id');
        if ('id' in which) ending = ending.where('id', '=', which.id);
        else {
          ending = ending.where('person_id', '=', which.personId);
          if (which.but !== undefined) ending = ending.where('id', '!=', which.but);
        }
        const ended = (await ending.execute()).map(({ id }) => id);
        if (ended.length === 0) return ended;
        touched.events.push(audit);
        touched.access = true;
        return ended;
      }),
    async tries(subject) {
      const row = await engine.read
        .selectFrom('tries')
        .selectAll()
        .where('subject', '=', clean(subject))
        .executeTakeFirst();
      return { failures: row?.failures ?? 0, until: row?.until ?? 0 };
    },
    saveTries: (subject, tries) =>
      engine.write(async (tx) => {
        const row = { subject: clean(subject), ...tries };
        if (!tries) await tx.deleteFrom('tries').where('subject', '=', row.subject).execute();
        else {
          await tx
            .insertInto('tries')
            .values({ ...row, ...tries })
            .onConflict((c) => c.column('subject').doUpdateSet(tries))
            .execute();
        }
      }),
  };
}
