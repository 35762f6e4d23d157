import type { AccessStore, Person } from '../../core/access.ts';
import { Refused } from '../../core/failures.ts';
import { foldedName } from '../../core/rights.ts';
import { clean } from '../clean.ts';
import type { Engine, Tx } from '../engine.ts';
import { personColumns, personOf } from './rows.ts';

type People = Pick<
  AccessStore,
  | 'people'
  | 'person'
  | 'personByName'
  | 'personByLogin'
  | 'personByDiscord'
  | 'savePerson'
  | 'password'
  | 'savePassword'
>;

export function peopleOver(engine: Engine): People {
  const one = () => engine.read.selectFrom('person').selectAll();
  const found = async (query: ReturnType<typeof one>) => {
    const row = await query.executeTakeFirst();
    return row && personOf(row);
  };
  return {
    people: async () => (await one().orderBy('folded').execute()).map(personOf),
    person: (id) => found(one().where('id', '=', id)),
    personByName: (name) => found(one().where('folded', '=', clean(foldedName(name)))),
    personByLogin: (issuer, subject) =>
      found(one().where('issuer', '=', clean(issuer)).where('subject', '=', clean(subject))),
    personByDiscord: (account) => found(one().where('discord', '=', clean(account))),
    savePerson: (person, audit) =>
      engine.write(async (tx, touched) => {
        await mustKeepAnAdmin(tx, person);
        await writePerson(tx, person);
        touched.events.push(audit);
        touched.access = true;
        return person;
      }),
    async password(personId) {
      const row = await engine.read
        .selectFrom('person')
        .select('password')
        .where('id', '=', personId)
        .executeTakeFirst();
      return row?.password ?? undefined;
    },
    savePassword: (personId, hash, audit) =>
      engine.write(async (tx, touched) => {
        await tx.updateTable('person').set({ password: hash }).where('id', '=', personId).execute();
        if (audit) touched.events.push(audit);
      }),
  };
}

/** @throws Refused `name-taken`, `discord-taken`: decisions must tell people apart. */
export async function writePerson(tx: Tx, person: Person): Promise<void> {
  const columns = personColumns(person);
  // Who adds or renames holds everybody, so that two at once cannot take one name.
  const all = await tx.selectFrom('person').select(['id', 'folded', 'discord']).orderBy('id').forUpdate().execute();
  if (all.some(({ id, folded }) => id !== person.id && folded === columns.folded)) {
    throw new Refused(
      'name-taken',
      `Somebody else goes by "${person.name}". Decisions must tell you apart: choose another name.`,
    );
  }
  if (columns.discord !== null && all.some(({ id, discord }) => id !== person.id && discord === columns.discord)) {
    throw new Refused('discord-taken', 'This Discord account is somebody else here already. Take it from them first.');
  }
  await tx
    .insertInto('person')
    .values({ ...columns, password: null, seen_at: null })
    .onConflict((c) => c.column('id').doUpdateSet(columns))
    .execute();
}

/** @throws Refused `last-admin`: a workspace that nobody may open to others is closed for good. */
async function mustKeepAnAdmin(tx: Tx, { id, role, disabled }: Person): Promise<void> {
  if (role === 'admin' && !disabled) return;
  const admins = await tx
    .selectFrom('person')
    .select('id')
    .where('role', '=', 'admin')
    .where('disabled', '=', 0)
    .execute();
  if (admins.length !== 1 || admins[0]?.id !== id) return;
  throw new Refused('last-admin', 'This is the last admin. Make somebody else an admin first.');
}
