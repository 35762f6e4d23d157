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
  // The key leaves the address bar, the history and what the page could pass on.
  answer.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer');
  if (!opened) return request.session ? answer.redirect('/', 303) : page(answer, 401, 'used');
  if (opened.kind === 'invitation') return page(answer, 200, 'invited', { name: opened.name, key });
  await served.access.redeem(key);
  served.sessions.begin(answer, opened.name);
  return answer.redirect('/', 303);
}

/** The button on the page of an invitation: a plain form, so that it works without scripts. */
export function addSignInForm(app: App, served: Served): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: 2000 },
    (_request, body, done) => {
      done(null, Object.fromEntries(new URLSearchParams(String(body))));
    },
  );
  app.post('/sign-in', { config: SIGN_IN_LIMIT, schema: { hide: true } }, async (request, answer) => {
    const { key } = (request.body ?? {}) as { key?: unknown };
    const opened = typeof key === 'string' ? await served.access.redeem(key) : undefined;
    if (!opened) return page(answer, 401, 'used');
    served.sessions.begin(answer, opened.name);
    return answer.redirect('/', 303);
  });
}
