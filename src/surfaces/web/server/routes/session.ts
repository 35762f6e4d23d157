import * as z from 'zod';
import { SignInBody, WaysShape } from '../../api.ts';
import { badKey } from '../access/access.ts';
import { type App, type Served, whoAsks } from '../app.ts';

/** Guessing a 256-bit key is hopeless; the limit keeps the log and the machine quiet. Passwords have a lockout as well. */
export const SIGN_IN_LIMIT = { rateLimit: { max: 20, timeWindow: 60_000 } };

export function addSession(app: App, served: Served): void {
  const { access, sessions } = served;

  app.route({
    method: 'GET',
    url: '/session/ways',
    schema: { summary: 'How one can sign in here', tags: ['people'], response: { 200: WaysShape } },
    handler: async () => (served.openId ? { login: served.openId.settings.name } : {}),
  });

  app.route({
    method: 'POST',
    url: '/session',
    config: SIGN_IN_LIMIT,
    schema: {
      summary: 'Sign in with a name and a password, or with the one-time key of the start',
      tags: ['people'],
      body: SignInBody,
      response: { 204: z.null() },
    },
    handler: async (request, answer) => {
      const { body } = request;
      const person =
        'key' in body
          ? await access.byStartKey(body.key)
          : await access.byPassword(body.name, body.password, request.ip);
      if (!person) throw badKey();
      await sessions.begin(answer, person, 'key' in body ? 'start link' : 'password');
      answer.code(204);
      return null;
    },
  });

  app.route({
    method: 'DELETE',
    url: '/session',
    schema: { summary: 'Sign out', tags: ['people'], response: { 204: z.null() } },
    handler: async (request, answer) => {
      await sessions.end(answer, whoAsks(request));
      answer.code(204);
      return null;
    },
  });
}
