import { may, rightsOf } from '../../../../core/rights.ts';
import { DISMISS_REASONS, DISMISS_TITLES } from '../../../../stages/review/index.ts';
import { type Me, MeShape, RenameBody } from '../../api.ts';
import type { Session } from '../access/sessions.ts';
import { type App, type Served, whoAsks } from '../app.ts';
import { startOf } from './saved-views.ts';

export function addMe(app: App, served: Served): void {
  app.route({
    method: 'GET',
    url: '/me',
    schema: { summary: 'Who I am, and the words this workspace uses', tags: ['people'], response: { 200: MeShape } },
    handler: async (request) => meOf(served, whoAsks(request)),
  });

  app.route({
    method: 'PATCH',
    url: '/me',
    schema: {
      summary: 'Change the name my decisions are recorded under',
      tags: ['people'],
      body: RenameBody,
      response: { 200: MeShape },
    },
    handler: async (request) => {
      const before = whoAsks(request);
      const { name } = request.body;
      if (name === before.name) return meOf(served, before);
      const event = served.sessions.event(before.name, 'renamed', { from: before.name, to: name });
      const person = await served.store.access.savePerson({ ...before.person, name }, event);
      return meOf(served, { ...before, name, person, actor: { ...before.actor, name } });
    },
  });
}

async function meOf(served: Served, session: Session): Promise<Me> {
  const { name, person, actor } = session;
  const [counts, store, everybody, start] = await Promise.all([
    served.counts.get(),
    served.store.describe(),
    served.store.access.people(),
    startOf(served, session),
  ]);
  const active = everybody.filter(({ disabled }) => !disabled);
  const people = [
    ...new Set([name, ...served.people(), ...active.map((one) => one.name), ...Object.keys(counts.byAssignee)]),
  ];
  return {
    name,
    role: person.role,
    rights: rightsOf(actor),
    hasPassword: person.hasPassword,
    alone: active.filter(({ role }) => may({ role }, 'approve')).length < 2,
    product: served.product(),
    version: served.version,
    sample: counts.sample > 0,
    people: people.sort((one, other) => one.localeCompare(other)),
    problemTypes: [...served.problemTypes()],
    dismissReasons: DISMISS_REASONS.map((id) => ({ id, title: DISMISS_TITLES[id] })),
    store,
    ...(start && { start }),
    ...(served.localPlatforms && { localPlatforms: served.localPlatforms }),
  };
}
