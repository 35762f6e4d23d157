import * as z from 'zod';
import type { Person } from '../../../../core/access.ts';
import { Refused } from '../../../../core/failures.ts';
import { ChangePersonBody, PeopleShape } from '../../api.ts';
import { type App, type Served, whoAsks } from '../app.ts';
import { tokenInfo } from './tokens.ts';

const IdParams = z.object({ id: z.string().min(1).max(40) });
const tags = ['people'];

/** Everybody with an account, for an admin. */
export function addPeople(app: App, served: Served): void {
  const { sessions, store, clock } = served;

  app.route({
    method: 'GET',
    url: '/people',
    schema: {
      summary: 'People, their roles, sessions and tokens, and open invitations',
      tags,
      response: { 200: PeopleShape },
    },
    handler: async () => peopleOf(served),
  });

  app.route({
    method: 'PATCH',
    url: '/people/:id',
    schema: {
      summary: 'Change a role, say whose Discord account it is, or let somebody go',
      tags,
      params: IdParams,
      body: ChangePersonBody,
      response: { 200: PeopleShape },
    },
    handler: async (request) => {
      const me = whoAsks(request);
      const person = await mustKnow(served, request.params.id);
      const { role = person.role, disabled = person.disabled, discord = person.discord } = request.body;
      const { discord: _, ...rest } = person;
      const changed = { ...rest, role, disabled, ...(discord && { discord }) };
      const event = sessions.event(me.name, actionOf(person, changed), {
        person: person.name,
        from: person.role,
        to: role,
        disabled,
        ...(discord && { discord }),
      });
      await store.access.savePerson(changed, event);
      if (disabled) {
        const ended = sessions.event(me.name, 'sessions-ended', { person: person.name, why: 'let go' });
        await store.access.endSessions({ personId: person.id }, ended);
      }
      return peopleOf(served);
    },
  });

  app.route({
    method: 'DELETE',
    url: '/people/:id/sessions',
    schema: { summary: 'Sign somebody out everywhere', tags, params: IdParams, response: { 200: PeopleShape } },
    handler: async (request) => {
      const me = whoAsks(request);
      const person = await mustKnow(served, request.params.id);
      const event = sessions.event(me.name, 'sessions-ended', { person: person.name, why: 'by an admin' });
      await store.access.endSessions({ personId: person.id }, event);
      return peopleOf(served);
    },
  });

  app.route({
    method: 'DELETE',
    url: '/people/:id/tokens/:token',
    schema: {
      summary: 'End a token of somebody',
      tags,
      params: IdParams.extend({ token: z.string().min(1).max(40) }),
      response: { 200: PeopleShape },
    },
    handler: async (request) => {
      const { id, token } = request.params;
      const person = await mustKnow(served, id);
      const found = (await store.access.tokens(person.id)).find((one) => one.id === token);
      const event = sessions.event(whoAsks(request).name, 'token-removed', { person: person.name, name: found?.name });
      if (found) await store.access.removeToken(found.id, event);
      return peopleOf(served);
    },
  });

  async function peopleOf({ store: { access } }: Pick<Served, 'store'>): Promise<z.output<typeof PeopleShape>> {
    const now = clock.now();
    const [people, signedIn, tokens, invitations] = await Promise.all([
      access.people(),
      access.sessions(now),
      access.tokens(),
      access.invitations(now),
    ]);
    return {
      people: people.map(({ login, ...person }) => ({
        ...person,
        login: login !== undefined,
        sessions: signedIn.filter(({ personId }) => personId === person.id).length,
        tokens: tokens.filter(({ personId }) => personId === person.id).map(tokenInfo),
      })),
      invitations,
    };
  }
}

function actionOf(before: Person, after: Person): string {
  if (after.disabled && !before.disabled) return 'let-go';
  return after.discord === before.discord ? 'role-changed' : 'discord-account-set';
}

async function mustKnow({ store }: Served, id: string): Promise<Person> {
  const person = await store.access.person(id);
  if (person) return person;
  throw new Refused('unknown-person', 'This person is not here any more. Look at the list again.');
}
