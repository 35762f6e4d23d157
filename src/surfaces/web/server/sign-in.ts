import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { OpenId, Underway } from './access/open-id.ts';
import type { App, Served } from './app.ts';
import { page } from './pages.ts';
import { SIGN_IN_LIMIT } from './routes/session.ts';

/** The link that signs somebody in, once, or lets a colleague in by invitation. */
export function signInAddress(origin: string, key: string): string {
  return `${origin}/?key=${key}`;
}

/**
 * What happens to somebody who follows a link. The link of the start works at once. An invitation is sent through chats
 * and mail, whose programs open links to preview them: the inbox's page asks for a name and a password first.
 */
export async function followLink(
  request: FastifyRequest,
  answer: FastifyReply,
  key: string,
  served: Served,
  sendInbox: () => unknown,
): Promise<unknown> {
  const { access, sessions } = served;
  answer.header('cache-control', 'no-store');
  if (access.startKeys.has(key)) {
    const person = await access.byStartKey(key);
    if (person) {
      await sessions.begin(answer, person, 'start link');
      return answer.redirect('/', 303);
    }
  }
  if (await access.invitation(key)) return sendInbox();
  return request.session ? answer.redirect('/', 303) : page(answer, 401, 'used');
}

const COOKIE = 'earshot-login';
const UNDERWAY_S = 600;
const UnderwayShape = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  invitation: z.string().exactOptional(),
});

/** Sign-in through a login elsewhere: out to the provider, and back. */
export function addOpenId(app: App, served: Served): void {
  const { openId } = served;
  if (!openId) return;
  const schema = { hide: true };
  app.get('/sign-in/openid', { config: SIGN_IN_LIMIT, schema }, async (request, answer) => {
    const { key } = request.query as { key?: unknown };
    const invitation = typeof key === 'string' ? key : undefined;
    try {
      const { url, underway } = await openId.begin(backTo(request, served), invitation);
      answer.setCookie(COOKIE, Buffer.from(JSON.stringify(underway)).toString('base64url'), {
        // Lax: the way back comes from the provider's page.
        ...{ path: '/sign-in', httpOnly: true, sameSite: 'lax', maxAge: UNDERWAY_S },
        secure: served.publicOrigin?.startsWith('https:') ?? false,
      });
      return answer.redirect(url, 303);
    } catch (thrown) {
      return failed(served, answer, thrown);
    }
  });
  app.get('/sign-in/openid/back', { config: SIGN_IN_LIMIT, schema }, async (request, answer) => {
    const underway = readUnderway(request.cookies[COOKIE]);
    answer.clearCookie(COOKIE, { path: '/sign-in' }).header('cache-control', 'no-store');
    if (!underway) return page(answer, 401, 'login-failed');
    try {
      return await cameBack(request, answer, { served, openId, underway });
    } catch (thrown) {
      return failed(served, answer, thrown);
    }
  });
}

async function cameBack(
  request: FastifyRequest,
  answer: FastifyReply,
  { served, openId, underway }: { served: Served; openId: OpenId; underway: Underway },
): Promise<unknown> {
  const { access, sessions } = served;
  const address = new URL(request.url, backTo(request, served));
  const { login, name } = await openId.end(address, underway);
  const { newcomers } = openId.settings;
  const person =
    (await access.byLogin(login)) ??
    (underway.invitation !== undefined && (await access.invitation(underway.invitation))
      ? await access.accept(underway.invitation, name, { login })
      : newcomers && (await access.join(name, newcomers, 'login', login)));
  if (!person) return page(answer, 403, 'not-invited', { name });
  await sessions.begin(answer, person, 'login');
  return answer.redirect('/', 303);
}

function backTo(request: FastifyRequest, { publicOrigin }: Served): string {
  return `${publicOrigin ?? `${request.protocol}://${request.headers.host}`}/sign-in/openid/back`;
}

function readUnderway(cookie: string | undefined): Underway | undefined {
  try {
    return UnderwayShape.parse(JSON.parse(Buffer.from(cookie ?? '', 'base64url').toString('utf8')));
  } catch {
    return undefined;
  }
}

/** What the provider said goes into the log, where whoever set it up can read it. */
function failed({ log }: Served, answer: FastifyReply, thrown: unknown): unknown {
  const { message } = thrown instanceof Error ? thrown : { message: String(thrown) };
  const cause = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause.message : undefined;
  log.warn({ why: message, ...(cause && { cause }) }, 'a sign-in through the login elsewhere failed');
  return page(answer, 502, 'login-failed');
}
