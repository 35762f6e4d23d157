import { sql } from 'kysely';
import type { Dialect } from '../migrations/migration.ts';
import { APPEND } from './audit.ts';
import { HOME } from './home.ts';
import { unlessLarge } from './indexes.ts';
import { SEARCH_PARTITIONS } from './partitions.ts';
import { SEARCH_INDEX } from './search.ts';

export const POSTGRES: Dialect = {
  name: 'PostgreSQL',
  identity: 'serial',
  // Byte order, whatever the language of the database: the same order on every engine, and ids are found by a beginning.
  text: sql`text collate "C"`,
  // A B-tree refuses what is longer than a third of a page, and platforms choose how long their ids are.
  equality: 'hash',
  appendOnly: (table, sentence) => [
    `create function ${table}_stays() returns trigger language plpgsql as $$ begin raise exception '${sentence}'; end $$`,
    ...['update', 'delete', 'truncate'].map(
      (verb) =>
        `create trigger ${table}_no_${verb} before ${verb} on ${table} for each statement execute function ${table}_stays()`,
    ),
  ],
  searchIndex: () => SEARCH_INDEX,
  searchPartitions: () => SEARCH_PARTITIONS,
  makeIndex: unlessLarge,
  home: () => HOME,
  audit: () => [APPEND],
};
