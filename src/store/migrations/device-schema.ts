import type { Kysely } from 'kysely';
import type { DeviceLanguage } from '../../core/devices.ts';
import { withColumns } from './columns.ts';
import type { Dialect } from './migration.ts';

export interface DeviceTable {
  id: string;
  person_id: string;
  session_id: string;
  endpoint: string;
  p256dh: string;
  auth: string;
  kinds_json: string;
  quiet_json: string;
  lang: DeviceLanguage;
  agent: string;
  at: number;
}

/** A migration: where people are told while the inbox is closed. */
export async function deviceSchema(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await withColumns(dialect, db.schema.createTable('device'), {
    id: 'text',
    person_id: 'text',
    session_id: 'text',
    endpoint: 'text',
    p256dh: 'text',
    auth: 'text',
    kinds_json: 'text',
    quiet_json: 'text',
    lang: 'text',
    agent: 'text',
    at: 'bigint',
  })
    .addPrimaryKeyConstraint('device_id', ['id'])
    .execute();
  await db.schema.createIndex('device_of_person').on('device').column('person_id').execute();
}
