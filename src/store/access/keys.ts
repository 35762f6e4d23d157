import type { AccessStore } from '../../core/access.ts';
import { clean } from '../clean.ts';
import type { Engine } from '../engine.ts';
import { writePerson } from './people.ts';
import { invitationOf, personOf, tokenColumns, tokenOf } from './rows.ts';

type Keys = Pick<
  AccessStore,
  'invite' | 'invitations' | 'invitation' | 'accept' | 'withdraw' | 'addToken' | 'token' | 'tokens' | 'removeToken'
>;

/** Invitations and tokens: keys that are given away, and kept as hashes. */
export function keysOver(engine: Engine): Keys {
  return {
    invite: ({ id, name, role, by, until }, hash, audit) =>
      engine.write(async (tx, touched) => {
        await tx
          .insertInto('invitation')
          .values({ hash, id, name: clean(name), role, by: clean(by), until })
          .onConflict((c) => c.column('hash').doNothing())
          .execute();
        if (audit) touched.events.push(audit);
      }),
    async invitations(now) {
      const rows = await engine.read
        .selectFrom('invitation')
        .selectAll()
        .where('until', '>', now)
        .orderBy('until')
        .execute();
      return rows.map(invitationOf);
    },
    async invitation(hash, now) {
      const row = await engine.read
        .selectFrom('invitation')
        .selectAll()
        .where('hash', '=', hash)
        .where('until', '>', now)
        .executeTakeFirst();
      return row && invitationOf(row);
    },
    accept: (hash, person, password, audit) =>
      engine.write(async (tx, touched) => {
        const taken = await tx.deleteFrom('invitation').where('hash', '=', hash).executeTakeFirst();
        if (taken.numDeletedRows === 0n) return false;
        await writePerson(tx, person);
        if (password !== undefined)
          await tx.updateTable('person').set({ password }).where('id', '=', person.id).execute();
        touched.events.push(audit);
        return true;
      }),
    withdraw: (id, audit) =>
      engine.write(async (tx, touched) => {
        const gone = await tx.deleteFrom('invitation').where('id', '=', id).executeTakeFirst();
        if (gone.numDeletedRows > 0n) touched.events.push(audit);
      }),

    addToken: (token, hash, audit) =>
      engine.write(async (tx, touched) => {
        await tx
          .insertInto('token')
          .values({ hash, ...tokenColumns(token) })
          .execute();
        touched.events.push(audit);
      }),
    async token(hash, now) {
      const row = await engine.read
        .selectFrom('token')
        .selectAll()
        .where('hash', '=', hash)
        .where((e) => e.or([e('until', 'is', null), e('until', '>', now)]))
        .executeTakeFirst();
      if (!row) return undefined;
      const person = await engine.read
        .selectFrom('person')
        .selectAll()
        .where('id', '=', row.person_id)
        .where('disabled', '=', 0)
        .executeTakeFirst();
      return person && { token: tokenOf(row), person: personOf(person) };
    },
    async tokens(personId) {
      let rows = engine.read.selectFrom('token').selectAll().orderBy('at', 'desc');
      if (personId !== undefined) rows = rows.where('person_id', '=', personId);
      return (await rows.execute()).map(tokenOf);
    },
    removeToken: (id, audit) =>
      engine.write(async (tx, touched) => {
        const gone = await tx.deleteFrom('token').where('id', '=', id).executeTakeFirst();
        if (gone.numDeletedRows === 0n) return;
        touched.events.push(audit);
        touched.access = true;
      }),
  };
}
