import type { Receipt } from '../../src/core/nouns.ts';
import type { Store } from '../../src/core/ports.ts';
import { openPostgresStore } from '../../src/store/postgres/index.ts';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';
import { temporaryStore } from '../platforms/open-forum.ts';
import { createDatabaseOn, dropDatabaseOn } from '../postgres/own-database.ts';

/** What so many kills led to, as the platform counts. */
export interface CrashReport {
  platform: string;
  engine: Engine;
  /** Lives that ended by SIGKILL. */
  runs: number;
  approved: number;
  posted: number;
  lost: number;
  doubled: number;
  unsureOpen: number;
}

export type Engine = 'sqlite' | 'postgres';

/** The records of one crash run, outside the process that is killed. */
export interface Records {
  engine: Engine;
  store: Store;
  /** What a child opens by {@link openAt}: a file, or the address of a database. */
  at: string;
  remove(): Promise<void>;
}

/** Makes the records of a run anew, on either engine. */
export type MakeRecords = () => Promise<Records>;

export const onSqlite: MakeRecords = async () => {
  const { store, file, remove } = await temporaryStore();
  return { engine: 'sqlite', store, at: file, remove };
};

/** @param server the address of any database on it; its user must be allowed to make databases */
export const onPostgres =
  (server: string): MakeRecords =>
  async () => {
    const at = await createDatabaseOn(server);
    const store = await openPostgresStore(at);
    return {
      engine: 'postgres',
      store,
      at,
      async remove() {
        await store.close();
        await dropDatabaseOn(server, at);
      },
    };
  };

/** The receipt names the reply that is there, where it names one: a person who confirms may not know the id. */
export function holds(receipt: Receipt | undefined, nativeId: string): boolean {
  return receipt !== undefined && (receipt.nativeId === undefined || receipt.nativeId === nativeId);
}

/** Opens what stands at {@link Records.at}: one more process at the same records. */
export function openAt(at: string): Promise<Store> {
  return /^postgres(ql)?:/.test(at) ? openPostgresStore(at) : openSqliteStore(at);
}
