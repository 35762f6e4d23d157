import { inject } from 'vitest';
import { createDatabaseOn, dropDatabaseOn, run } from './own-database.ts';

export { run };

/** The server of this run of the tests. The first to ask waits until it has started. */
export async function serverUrl(): Promise<string> {
  const answer = await fetch(inject('postgresAt'));
  if (!answer.ok) throw new Error(await answer.text());
  return answer.text();
}

/** Makes an empty database with a name of its own, and gives its address. */
export async function createDatabase(): Promise<string> {
  return createDatabaseOn(await serverUrl());
}

/** Makes the store in a database as it was when it was new; quicker than another database. */
export async function emptyDatabase(url: string): Promise<void> {
  const tables = await run(
    url,
    `select tablename from pg_tables where schemaname = 'public' and tablename <> 'migration'`,
  );
  if (tables.length === 0) return;
  const names = tables.map(({ tablename }) => `"${tablename}"`).join(', ');
  await run(
    url,
    `alter table audit disable trigger user; truncate ${names} restart identity; alter table audit enable trigger user`,
  );
}

/** Takes a database away, whoever is still connected to it. */
export async function dropDatabase(url: string): Promise<void> {
  await dropDatabaseOn(await serverUrl(), url);
}

/** Everything a person could read in a database: all rows of all its tables. */
export async function allRows(url: string): Promise<string> {
  const tables = await run(url, `select tablename from pg_tables where schemaname = 'public'`);
  const rows = await Promise.all(tables.map(({ tablename }) => run(url, `select * from "${tablename}"`)));
  return JSON.stringify(rows);
}
