import * as z from 'zod';
import { AcceptBody, InvitationBody, InvitationShape, InvitedShape, KeyBody } from '../../api.ts';
import { badKey } from '../access/access.ts';
import { type App, type Served, whoAsks } from '../app.ts';
import { SIGN_IN_LIMIT } from '../routes/session.ts';
import { signInAddress } from '../sign-in.ts';

const IdParams = z.object({ id: z.string().min(1).max(40) });
const tags = ['people'];

export function addInvitations(app: App, served: Served): void {
  const { access, sessions, store } = served;

  app.route({
    method: 'POST',
    url: '/invitations',
    schema: {
      summary: 'A one-time link for a colleague',
      tags,
      body: InvitationBody,
      response: { 201: InvitationShape },
    },
    handler: async (request, answer) => {
      const { name, role } = request.body;
      const { key, expiresAt } = await access.invite(name, role, whoAsks(request).name);
      answer.code(201);
      const origin = served.publicOrigin ?? `${request.protocol}://${request.headers.host}`;
      return { url: signInAddress(origin, key), expiresAt };
    },
  });

  app.route({
    method: 'DELETE',
    url: '/invitations/:id',
    schema: { summary: 'Take a link back', tags, params: IdParams, response: { 204: z.null() } },
    handler: async (request, answer) => {
      const { id } = request.params;
      const event = sessions.event(whoAsks(request).name, 'invitation-withdrawn', { invitation: id });
      await store.access.withdraw(id, event);
      answer.code(204);
      return null;
    },
  });

  app.route({
    method: 'POST',
    url: '/invitations/look',
    config: SIGN_IN_LIMIT,
    schema: { summary: 'Who an invitation is for', tags, body: KeyBody, response: { 200: InvitedShape } },
    handler: async (request) => {
      const invitation = await access.invitation(request.body.key);
      if (!invitation) throw badKey();
      const { name, role, by } = invitation;
      return { name, role, by };
    },
  });

  app.route({
    method: 'POST',
    url: '/invitations/accept',
    config: SIGN_IN_LIMIT,
    schema: { summary: 'Come in: a name and a password', tags, body: AcceptBody, response: { 204: z.null() } },
    handler: async (request, answer) => {
      const { key, name, password } = request.body;
      await sessions.begin(answer, await access.accept(key, name, { password }), 'invitation');
      answer.code(204);
      return null;
    },
  });
}
