import { DISMISS_REASONS, DISMISS_TITLES } from '../../../../stages/review/index.ts';
import { type Me, MeShape, RenameBody } from '../../api.ts';
import { type App, type Served, whoAsks } from '../app.ts';
import { ApiFailure } from '../errors.ts';
import { type Session, sameName } from '../sessions.ts';

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
    handler: async (request, answer) => {
      const before = whoAsks(request);
      const { name } = request.body;
      const ofColleague = served.people().some((person) => sameName(person, name) && !sameName(person, before.name));
      if (ofColleague || served.sessions.isTaken(name, before)) {
        throw new ApiFailure(
          409,
          'name-taken',
          `Somebody else goes by "${name}". Decisions must tell you apart: choose another name.`,
        );
      }
      if (name === before.name) return meOf(served, before);
      await served.store.appendAudit({
        at: served.clock.now(),
        actor: before.name,
        action: 'renamed',
        subject: 'people',
        detail: { from: before.name, to: name },
      });
      // A new session: the old cookie would go on signing with the old name. Open pages reconnect under the new one.
      await served.sessions.end(answer, before);
      served.live.drop(before);
      return meOf(served, served.sessions.begin(answer, name));
    },
  });
}

async function meOf(served: Served, { name }: Session): Promise<Me> {
  const [counts, store] = await Promise.all([served.counts.get(), served.store.describe()]);
  const people = [
    ...new Set([name, ...served.people(), ...served.sessions.names(), ...Object.keys(counts.byAssignee)]),
  ];
  return {
    name,
    product: served.product(),
    version: served.version,
    sample: counts.sample > 0,
    people: people.sort((one, other) => one.localeCompare(other)),
    problemTypes: [...served.problemTypes()],
    dismissReasons: DISMISS_REASONS.map((id) => ({ id, title: DISMISS_TITLES[id] })),
    store,
    ...(served.localPlatforms && { localPlatforms: served.localPlatforms }),
  };
}
