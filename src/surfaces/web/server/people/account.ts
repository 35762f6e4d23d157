import * as z from 'zod';
import type { SignedIn } from '../../../../core/access.ts';
import { PasswordBody, type SessionInfo, SessionShape } from '../../api.ts';
import { type App, type Served, whoAsks } from '../app.ts';
import { SIGN_IN_LIMIT } from '../routes/session.ts';

const IdParams = z.object({ id: z.string().min(1).max(40) });
const tags = ['account'];

/** One's own account: password, and where one is signed in. */
export function addAccount(app: App, { access, sessions, store, clock }: Served): void {
  app.route({
    method: 'PUT',
    url: '/me/password',
    config: SIGN_IN_LIMIT,
    schema: {
      summary: 'Set my password, and end my other sessions',
      tags,
      body: PasswordBody,
      response: { 204: z.null() },
    },
    handler: async (request, answer) => {
      const { id, name, person } = whoAsks(request);
      await access.setPassword(person, request.body, request.ip);
      const event = sessions.event(name, 'sessions-ended', { why: 'new password' });
      await store.access.endSessions({ personId: person.id, but: id }, event);
      answer.code(204);
      return null;
    },
  });

  app.route({
    method: 'GET',
    url: '/me/sessions',
    schema: { summary: 'Where I am signed in', tags, response: { 200: z.array(SessionShape) } },
    handler: async (request) => {
      const { id, person } = whoAsks(request);
      return (await store.access.sessions(clock.now(), person.id)).map((one) => sessionInfo(one, id));
    },
  });

  app.route({
    method: 'DELETE',
    url: '/me/sessions/:id',
    schema: { summary: 'Sign one of my browsers out', tags, params: IdParams, response: { 204: z.null() } },
    handler: async (request, answer) => {
      const me = whoAsks(request);
      const mine = await store.access.sessions(clock.now(), me.person.id);
      const found = mine.find(({ id }) => id === request.params.id);
      const event = sessions.event(me.name, 'sessions-ended', { count: 1 });
      if (found) await store.access.endSessions({ id: found.id }, event);
      answer.code(204);
      return null;
    },
  });

  app.route({
    method: 'DELETE',
    url: '/me/sessions',
    schema: { summary: 'Sign out everywhere but here', tags, response: { 204: z.null() } },
    handler: async (request, answer) => {
      const { id, name, person } = whoAsks(request);
      const event = sessions.event(name, 'sessions-ended', { why: 'asked' });
      await store.access.endSessions({ personId: person.id, but: id }, event);
      answer.code(204);
      return null;
    },
  });
}

function sessionInfo({ id, at, usedAt, agent }: SignedIn, mine: string): SessionInfo {
  return { id, at, usedAt, agent, here: id === mine };
}
