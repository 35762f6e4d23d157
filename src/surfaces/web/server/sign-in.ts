import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App, Served } from './app.ts';
import { page } from './pages.ts';
import { SIGN_IN_LIMIT } from './routes/session.ts';

/** The link that signs somebody in, once. */
export function signInAddress(origin: string, key: string): string {
  return `${origin}/?key=${key}`;
}

/**
 * What happens to somebody who follows a sign-in link. The link of the start works at once. An invitation is sent through
 * chats and mail, whose programs open links to preview them, so it is used up by a button and not by a look.
 */
export async function followLink(
  request: FastifyRequest,
  answer: FastifyReply,
  key: string,
  served: Served,
): Promise<unknown> {
  const opened = served.access.peek(key);
  answer.header('cache-control', 'no-store');
  if (!opened) return request.session ? answer.redirect('/', 303) : page(answer, 401, 'used');
  if (opened.kind === 'invitation') return page(answer, 200, 'invited', { name: opened.name, key });
  return signIn(answer, key, served);
}

async function signIn(answer: FastifyReply, key: string, { access, sessions }: Served): Promise<unknown> {
  const opened = await access.redeem(key);
  if (!opened) return page(answer, 401, 'used');
  sessions.begin(answer, opened.name);
  return answer.redirect('/', 303);
}

/**
 * The button on the page of an invitation: a plain form, so that it works without scripts. In a room of its own, since no
 * other route may take what a form of another site can send.
 */
export async function addSignInForm(app: App, served: Served): Promise<void> {
  await app.register(async (room: App) => {
    room.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: 2000 },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    room.post('/sign-in', { config: SIGN_IN_LIMIT, schema: { hide: true } }, async (request, answer) => {
      const { key } = (request.body ?? {}) as { key?: unknown };
      return typeof key === 'string' ? signIn(answer, key, served) : page(answer, 401, 'used');
    });
  });
}
