import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { BASE } from '../api.ts';
import type { App, Served } from './app.ts';
import { ApiFailure } from './errors.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Signing in is the one thing a stranger may ask of the API. */
const OPEN_ROUTES = new Set([`POST ${BASE}/session`]);

/** Who may ask at all: our own address, our own page, a signed-in person. In this order, before any body is read. */
export function addGuard(app: App, served: Served): void {
  const publicUrl = served.publicOrigin === undefined ? undefined : new URL(served.publicOrigin);
  app.decorateRequest('session', null);
  app.addHook('onRequest', async (request) => {
    mustBeOurHost(request, served.host, publicUrl);
    if (!SAFE_METHODS.has(request.method)) mustBeOurPage(request, publicUrl);
    request.session = served.sessions.read(request) ?? null;
    if (needsSession(request) && !request.session) {
      throw new ApiFailure(
        401,
        'signed-out',
        'You are not signed in. Open the link that Earshot printed at its start, or ask a colleague for an invitation.',
      );
    }
  });
}

function needsSession(request: FastifyRequest): boolean {
  // The path as it was sent: an unknown address under the API tells a stranger nothing either.
  const path = request.url.split('?', 1)[0] ?? '';
  const route = request.routeOptions.url ?? path;
  const isApi = route === '/api' || route.startsWith('/api/') || path === '/api' || path.startsWith('/api/');
  return isApi && !OPEN_ROUTES.has(`${request.method} ${route}`);
}

/**
 * A page elsewhere can point its own name at this machine (DNS rebinding) and would then be of the same origin. It cannot
 * choose the Host header, so only known names and plain addresses are answered.
 */
function mustBeOurHost(request: FastifyRequest, host: string, publicUrl: URL | undefined): void {
  const asked = hostname(request.headers.host ?? '');
  const known = asked === 'localhost' || isIP(asked) !== 0 || asked === host.toLowerCase();
  if (asked !== '' && (known || asked === publicUrl?.hostname)) return;
  throw new ApiFailure(
    421,
    'unknown-host',
    'Earshot does not go by this name. Open it by its address, or start it with EARSHOT_ORIGIN set to the name in your browser.',
  );
}

/** The name in a Host header, without port and brackets. */
function hostname(header: string): string {
  const bare = header.replace(/:\d*$/, '').toLowerCase();
  return bare.startsWith('[') && bare.endsWith(']') ? bare.slice(1, -1) : bare;
}

/** Browsers say where a request comes from; programs without a browser say nothing, and carry nobody's cookie. */
function mustBeOurPage(request: FastifyRequest, publicUrl: URL | undefined): void {
  const { origin, host } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const sameSite = site === undefined || site === 'same-origin';
  const sameOrigin =
    origin === undefined || origin === publicUrl?.origin || (URL.canParse(origin) && new URL(origin).host === host);
  if (sameSite && sameOrigin) return;
  throw new ApiFailure(403, 'other-origin', 'This request came from another page. Use the inbox itself.');
}
