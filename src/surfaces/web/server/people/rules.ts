import { RulesShape } from '../../api.ts';
import { type App, type Served, whoAsks } from '../app.ts';

/** What the workspace decides about approving and sending. */
export function addRules(app: App, { rules, sessions, store }: Served): void {
  app.route({
    method: 'GET',
    url: '/rules',
    schema: { summary: 'Second approver and quiet hours', tags: ['people'], response: { 200: RulesShape } },
    handler: async () => rules.get(),
  });
  app.route({
    method: 'PUT',
    url: '/rules',
    schema: { summary: 'Change them', tags: ['people'], body: RulesShape, response: { 200: RulesShape } },
    handler: async (request) => {
      const { name } = whoAsks(request);
      const before = rules.get();
      const after = await rules.set(request.body, name);
      await store.appendAudit(sessions.event(name, 'rules-changed', { from: before, to: after }));
      return after;
    },
  });
}
