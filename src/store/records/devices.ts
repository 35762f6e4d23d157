import type { Selectable } from 'kysely';
import type { Device, DeviceStore } from '../../core/devices.ts';
import { clean, instant, toJson } from '../clean.ts';
import type { Engine } from '../engine.ts';
import type { DeviceTable } from '../migrations/device-schema.ts';

/** Where people are told, over any engine. What each function promises stands in `core/devices.ts`. */
export function deviceStore(engine: Engine): DeviceStore {
  return {
    async devices(now, personId) {
      let rows = engine.read
        .selectFrom('device')
        .innerJoin('person', 'person.id', 'device.person_id')
        .innerJoin('session', 'session.id', 'device.session_id')
        .selectAll('device')
        .where('person.disabled', '=', 0)
        .where('session.until', '>', now)
        .orderBy('device.at')
        .orderBy('device.id');
      if (personId !== undefined) rows = rows.where('device.person_id', '=', personId);
      return (await rows.execute()).map(deviceOf);
    },
    saveDevice: (device, audit) =>
      engine.write(async (tx, touched) => {
        const row = rowOf(device);
        await tx
          .deleteFrom('device')
          .where('session_id', 'not in', (e) => e.selectFrom('session').select('id').where('until', '>', audit.at))
          .execute();
        await tx
          .insertInto('device')
          .values(row)
          .onConflict((c) => c.column('id').doUpdateSet(row))
          .execute();
        touched.events.push(audit);
      }),
    removeDevice: (id, audit) =>
      engine.write(async (tx, touched) => {
        const removed = await tx.deleteFrom('device').where('id', '=', id).executeTakeFirst();
        if (removed.numDeletedRows === 0n) return false;
        touched.events.push(audit);
        return true;
      }),
  };
}

function deviceOf(row: Selectable<DeviceTable>): Device {
  const { id, endpoint, p256dh, auth, lang, agent, at } = row;
  return {
    ...{ id, endpoint, p256dh, auth, lang, agent, at },
    personId: row.person_id,
    sessionId: row.session_id,
    kinds: JSON.parse(row.kinds_json),
    quiet: JSON.parse(row.quiet_json),
  };
}

function rowOf({
  id,
  personId,
  sessionId,
  endpoint,
  p256dh,
  auth,
  kinds,
  quiet,
  lang,
  agent,
  at,
}: Device): DeviceTable {
  return {
    ...{ id, p256dh, auth, lang },
    person_id: personId,
    session_id: sessionId,
    endpoint: clean(endpoint),
    kinds_json: toJson([...kinds]),
    quiet_json: toJson(quiet),
    agent: clean(agent),
    at: instant(at, 0),
  };
}
