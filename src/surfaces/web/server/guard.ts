import { isIP } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CallRefused } from '../../../core/failures.ts';
import { may, type Right } from '../../../core/rights.ts';
import { BASE } from '../api.ts';
import { cookieIn, type Session } from './access/sessions.ts';
import type { App, Served } from './app.ts';
import { mustBeListed, needsOf } from './rights.ts';
import { isCall } from './routes/intake.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Asked most of all when the records do not answer: nobody is looked up there first. */
const FOR_WATCHERS = new Set(['/healthz', '/readyz', '/metrics']);

/**
 * Who may ask at all: our own address, our own page, a signed-in person, one with the right to it. In this order, before
 * any body is read.
 */
export function addGuard(app: App, served: Served): void {
  const publicUrl = served.publicOrigin === undefined ? undefined : new URL(served.publicOrigin);
  app.decorateRequest('session', null);
  app.addHook('onRoute', ({ method, url }) => {
    if (url.startsWith(`${BASE}/`)) for (const one of [method].flat()) mustBeListed(one, url);
  });
  app.addHook('onRequest', async (request, answer) => {
    if (isCall(request.url)) return;
    mustBeOurHost(request, served.host, publicUrl);
    if (!SAFE_METHODS.has(request.method)) mustBeOurPage(request, publicUrl);
    if (FOR_WATCHERS.has(request.routeOptions.url ?? '')) return;
    request.session =
      (await served.sessions.read(request)) ?? (await fromOlderVersion(request, answer, served)) ?? null;
    if (!isApi(request)) return;
    const needs = needsOf(request.method, request.routeOptions.url ?? '');
    if (needs === 'open') return;
    if (!request.session) {
      throw new CallRefused(
        401,
        'signed-out',
        'You are not signed in. Open the link that Earshot printed at its start, or ask a colleague for an invitation.',
      );
    }
    mustHave(request.session, needs);
  });
}

/** Who was signed in when an older version ran here stays so, with a session of today. */
async function fromOlderVersion(
  request: FastifyRequest,
  answer: FastifyReply,
  { access, sessions, legacy }: Served,
): Promise<Session | undefined> {
  const cookie = legacy && cookieIn(request);
  const name = cookie && legacy.nameIn(cookie);
  if (!name) return undefined;
  const person = await access.join(name, 'approver', 'signed in before');
  return person.disabled ? undefined : sessions.begin(answer, person, 'signed in before');
}

/** @throws CallRefused `no-right`, with who can help. */
function mustHave({ actor, byToken }: Session, needs: Right | 'self' | undefined): void {
  if (needs === 'self') {
    if (!byToken) return;
    throw new CallRefused(403, 'no-right', 'A token cannot do this. Sign in with your browser.');
  }
  if (needs === undefined || may(actor, needs)) return;
  const whose = byToken ? 'This token does not have' : `The role ${actor.role} does not have`;
  throw new CallRefused(403, 'no-right', `${whose} the right "${needs}", which this needs. Ask an admin.`);
}

function isApi(request: FastifyRequest): boolean {
  // The path as it was sent: an unknown address under the API tells a stranger nothing either.
  const path = request.url.split('?', 1)[0] ?? '';
  const route = request.routeOptions.url ?? path;
  return route === '/api' || route.startsWith('/api/') || path === '/api' || path.startsWith('/api/');
}

/**
 * A page elsewhere can point its own name at this machine (DNS rebinding) and would then be of the same origin. It cannot
 * choose the Host header, so only known names and plain addresses are answered.
 */
function mustBeOurHost(request: FastifyRequest, host: string, publicUrl: URL | undefined): void {
  const asked = hostname(request.headers.host ?? '');
  const known = asked === 'localhost' || isIP(asked) !== 0 || asked === host.toLowerCase();
  if (asked !== '' && (known || asked === publicUrl?.hostname)) return;
  throw new CallRefused(
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
  throw new CallRefused(403, 'other-origin', 'This request came from another page. Use the inbox itself.');
}
