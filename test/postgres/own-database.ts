import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

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

/** Makes an empty database with a name of its own on a server, and gives its address. */
export async function createDatabaseOn(server: string): Promise<string> {
  const name = `earshot_test_${randomBytes(6).toString('hex')}`;
  await run(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

/** Takes a database away, whoever is still connected to it. */
export async function dropDatabaseOn(server: string, url: string): Promise<void> {
  await run(server, `drop database if exists ${new URL(url).pathname.slice(1)} with (force)`);
}
