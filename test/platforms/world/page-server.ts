import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import * as z from 'zod';
import { bodyOf, type LocalServer, sendJson, startServer } from '../local-server.ts';
import { Act, act } from './acts.ts';
import type { LocalWorld } from './local-world.ts';
import { shownWorld } from './shown.ts';

const FILES: Record<string, [file: string, type: string]> = {
  '/': ['page.html', 'text/html; charset=utf-8'],
  '/page.js': ['page.js', 'text/javascript; charset=utf-8'],
  '/cards.js': ['cards.js', 'text/javascript; charset=utf-8'],
  '/page.css': ['page.css', 'text/css; charset=utf-8'],
};

/** The page on which a person sees what stands on the local platforms, and says something there. */
export function startPage(world: LocalWorld, port = 0): Promise<LocalServer> {
  return startServer((request, response) => {
    answer(world, request, response).catch((thrown) => sendJson(response, 500, { error: sentenceOf(thrown) }));
  }, port);
}

async function answer(world: LocalWorld, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://local');
  const path = url.pathname;
  // Only for whoever sits at this computer: no page of the web may look in or speak here.
  if (!/^(127\.0\.0\.1|localhost):\d+$/.test(request.headers.host ?? '')) {
    return sendJson(response, 403, { error: 'Open it at 127.0.0.1.' });
  }
  response.setHeader('content-security-policy', "default-src 'self'; img-src data:; frame-ancestors 'none'");
  response.setHeader('cache-control', 'no-store');
  if (request.method === 'POST' && path === '/act') return doIt(world, request, response);
  if (path === '/state') return sendJson(response, 200, shownWorld(world));
  if (path === '/open') {
    response.writeHead(302, { location: placeOf(url.searchParams.get('url') ?? '') }).end();
    return;
  }
  const [file, type] = FILES[path] ?? [];
  if (!file || !type) return sendJson(response, 404, { error: 'There is nothing here.' });
  response.writeHead(200, { 'content-type': type }).end(await readFile(join(import.meta.dirname, 'page', file)));
}

async function doIt(world: LocalWorld, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.headers['content-type'] !== 'application/json')
    return sendJson(response, 415, { error: 'JSON, please.' });
  const { data, error } = Act.safeParse(JSON.parse(await bodyOf(request)));
  if (error) return sendJson(response, 400, { error: error.issues.map(({ message }) => message).join(' ') });
  sendJson(response, 200, await act(world, data));
}

/** Where on this page a message stands that has such an address on the real platform: nobody is led out of this world. */
function placeOf(address: string): string {
  const [, post] = /\/status\/(\d+)/.exec(address) ?? [];
  if (post) return `/?show=${post}#x`;
  const [, link, comment] = /\/comments\/(\w+)(?:\/[^/]+\/(\w+))?/.exec(address) ?? [];
  if (link) return `/?show=${comment ? `t1_${comment}` : `t3_${link}`}#reddit`;
  const [, message] = /\/channels\/[^/]+\/\d+\/(\d+)/.exec(address) ?? [];
  return message ? `/?show=${message}#discord` : '/';
}

function sentenceOf(thrown: unknown): string {
  return thrown instanceof z.ZodError || thrown instanceof Error ? thrown.message : String(thrown);
}
