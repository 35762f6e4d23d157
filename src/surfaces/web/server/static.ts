import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CallRefused } from '../../../core/failures.ts';
import type { App, Served } from './app.ts';
import { page } from './pages.ts';
import { followLink } from './sign-in.ts';

/** The built page. Files with a hash in their name never change; everything else is asked for again each time. */
export async function addPage(app: App, served: Served): Promise<void> {
  const { clientDir } = served;
  await app.register(fastifyStatic, {
    root: clientDir,
    serve: existsSync(clientDir),
    index: false,
    cacheControl: false,
    preCompressed: true,
    setHeaders: (answer, file) => {
      const hashed = file.includes(`${sep}assets${sep}`);
      answer.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  const sendInbox = (answer: FastifyReply) =>
    existsSync(join(clientDir, 'index.html')) ? answer.sendFile('index.html') : page(answer, 503, 'not-built');

  app.get('/', { schema: { hide: true } }, async (request, answer) => {
    const { key } = request.query as { key?: unknown };
    // Not for HEAD: programs that only look whether a link is alive must not use it up.
    if (typeof key === 'string' && request.method === 'GET')
      return followLink(request, answer, key, served, () => sendInbox(answer));
    return sendInbox(answer);
  });
  app.setNotFoundHandler(async (request, answer) => {
    if (wantsPage(request)) return sendInbox(answer);
    throw new CallRefused(404, 'unknown-address', 'There is nothing at this address.');
  });
}

/** The inbox finds its own way by the address; a missing file or an unknown route of the API is simply missing. */
function wantsPage({ method, url, headers }: FastifyRequest): boolean {
  const path = url.split('?', 1)[0] ?? '';
  const isPage = !path.startsWith('/api/') && !/\.[a-z0-9]+$/i.test(path);
  return (method === 'GET' || method === 'HEAD') && isPage && (headers.accept ?? '').includes('text/html');
}
