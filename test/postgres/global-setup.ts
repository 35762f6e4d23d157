import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { type Server, startServer } from './server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where a test asks for the address of the PostgreSQL server. */
    postgresAt: string;
  }
}

/**
 * One PostgreSQL server for a run of the tests, started when the first of them asks for it, or the one that
 * `EARSHOT_TEST_DATABASE_URL` names: its user must be allowed to create databases.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let starting: Promise<Server> | undefined;
  const given = process.env.EARSHOT_TEST_DATABASE_URL;
  const answers = createServer(async (_request, response) => {
    try {
      if (!given) starting ??= startServer();
      response.end(given ?? (await starting)?.url);
    } catch (thrown) {
      response.writeHead(500).end(String(thrown));
    }
  });
  await once(answers.listen(0, '127.0.0.1'), 'listening');
  project.provide('postgresAt', `http://127.0.0.1:${(answers.address() as AddressInfo).port}/`);
  return async () => {
    answers.close();
    const server = await starting?.catch(() => undefined);
    await server?.stop();
  };
}
