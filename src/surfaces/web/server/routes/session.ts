import * as z from 'zod';
import { InvitationBody, InvitationShape, SignInBody } from '../../api.ts';
import { type App, type Served, whoAsks } from '../app.ts';
import { ApiFailure } from '../errors.ts';
import { signInAddress } from '../sign-in.ts';

/** Guessing a 256-bit key is hopeless; the limit keeps the log and the machine quiet. */
export const SIGN_IN_LIMIT = { rateLimit: { max: 20, timeWindow: 60_000 } };

export function addSession(app: App, served: Served): void {
  const { access, sessions, live } = served;

  app.route({
    method: 'POST',
    url: '/session',
    config: SIGN_IN_LIMIT,
    schema: { summary: 'Sign in with a one-time key', tags: ['people'], body: SignInBody, response: { 204: z.null() } },
    handler: async (request, answer) => {
      const opened = await access.redeem(request.body.key);
      if (!opened)
        throw new ApiFailure(
          401,
          'bad-key',
          'This key was used already, or it is none. Start Earshot again for a new one.',
        );
      sessions.begin(answer, opened.name);
      answer.code(204);
      return null;
    },
  });

  app.route({
    method: 'DELETE',
    url: '/session',
    schema: { summary: 'Sign out', tags: ['people'], response: { 204: z.null() } },
    handler: async (request, answer) => {
      const session = whoAsks(request);
      await sessions.end(answer, session);
      live.drop(session);
      answer.code(204);
      return null;
    },
  });

  app.route({
    method: 'POST',
    url: '/invitations',
    schema: {
      summary: 'A one-time link for a colleague',
      tags: ['people'],
      body: InvitationBody,
      response: { 201: InvitationShape },
    },
    handler: async (request, answer) => {
      const { name } = request.body;
      const { key, expiresAt } = await access.invite(name);
      await served.store.appendAudit({
        at: served.clock.now(),
        actor: whoAsks(request).name,
        action: 'invited',
        subject: 'people',
        detail: { name, expiresAt },
      });
      answer.code(201);
      return {
        url: signInAddress(served.publicOrigin ?? `${request.protocol}://${request.headers.host}`, key),
        expiresAt,
      };
    },
  });
}
