import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { inject } from 'vitest';

/** The server of this run of the tests. The first to ask waits until it has started. */
async function serverUrl(): Promise<string> {
  const answer = await fetch(inject('postgresAt'));
  if (!answer.ok) throw new Error(await answer.text());
  return answer.text();
}

/** Runs statements in a database, and gives the rows of the last one. */
export async function run(url: string, statements: string): Promise<Record<string, unknown>[]> {
  const client = new Client(url);
  await client.connect();
  try {
    const results = [await client.query(statements)].flat();
    return results.at(-1)?.rows ?? [];
  } finally {
    await client.end();
  }
}

/** Makes an empty database with a name of its own, and gives its address. */
export async function createDatabase(): Promise<string> {
  const server = await serverUrl();
  const name = `earshot_test_${randomBytes(6).toString('hex')}`;
  await run(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
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
  await run(await serverUrl(), `drop database if exists ${new URL(url).pathname.slice(1)} with (force)`);
}

/** Everything a person could read in a database: all rows of all its tables. */
export async function allRows(url: string): Promise<string> {
  const tables = await run(url, `select tablename from pg_tables where schemaname = 'public'`);
  const rows = await Promise.all(tables.map(({ tablename }) => run(url, `select * from "${tablename}"`)));
  return JSON.stringify(rows);
}
