import * as z from 'zod';
import { ClockShape } from '../../alert-api.ts';
import { type App, type Served, whoAsks } from '../app.ts';
import { page } from '../pages.ts';

const Params = z.object({ id: z.string().min(4).max(40) });
const tags = ['alerts'];
const FORM_MAX = 2_000;

/** Clocks of regulated lanes, acknowledging from the inbox, and the evidence of one mention as a file. */
export function addAlerts(app: App, { alerts, store, clock }: Served): void {
  app.route({
    method: 'GET',
    url: '/clocks',
    schema: {
      summary: 'Mentions in regulated lanes: when each should have been answered, and who knows of it',
      tags,
      response: { 200: z.array(ClockShape) },
    },
    handler: async () => alerts.clocks(),
  });
  app.route({
    method: 'POST',
    url: '/mentions/:id/acknowledge',
    schema: { summary: 'Say that I have it', tags, params: Params, response: { 200: z.object({ done: z.boolean() }) } },
    handler: async (request) => {
      const { id } = request.params;
      const audit = {
        at: clock.now(),
        actor: whoAsks(request).name,
        action: 'alert-acknowledged',
        subject: id,
        detail: {},
      };
      return { done: await store.acknowledge(id, undefined, audit) };
    },
  });
  app.route({
    method: 'GET',
    url: '/mentions/:id/evidence',
    schema: { summary: 'What was seen when and done by whom, as one file', tags, params: Params },
    handler: async (request, answer) => {
      const pack = await alerts.evidence(request.params.id, whoAsks(request).name);
      return answer
        .header('content-disposition', `attachment; filename="evidence-${request.params.id}.json"`)
        .header('cache-control', 'no-store')
        .type('application/json; charset=utf-8')
        .send(JSON.stringify(pack, null, 2));
    },
  });
}

/**
 * The link in an alert. Mail programs and chats open links to preview them, so a look acknowledges nothing: a button does.
 * Whoever has the link needs no sign-in; the page says nothing about the mention.
 */
export async function addAcknowledgePage(app: App, { store, alerts }: Served): Promise<void> {
  await app.register(async (room: App) => {
    room.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: FORM_MAX },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    const limit = { config: { rateLimit: { max: 30, timeWindow: '1 minute' } }, schema: { hide: true } };
    room.get('/alerts/acknowledge', limit, async (request, answer) => {
      const { token } = (request.query ?? {}) as { token?: unknown };
      const found = typeof token === 'string' ? await store.alertByToken(token) : undefined;
      if (!found) return page(answer, 404, 'alert-unknown');
      if (found.acknowledgedBy) return page(answer, 200, 'alert-had', { by: found.acknowledgedBy });
      return page(answer, 200, 'alert', { id: found.id, token: found.token });
    });
    room.post('/alerts/acknowledge', limit, async (request, answer) => {
      const { token, name } = (request.body ?? {}) as { token?: unknown; name?: unknown };
      const found = typeof token === 'string' ? await store.alertByToken(token) : undefined;
      if (!found) return page(answer, 404, 'alert-unknown');
      const by = typeof name === 'string' ? name.replace(/\p{Cc}/gu, '').trim() : '';
      await alerts.acknowledge(found, by);
      const now = await store.alertByToken(found.token);
      return page(answer, 200, 'alert-had', { by: now?.acknowledgedBy ?? found.target });
    });
  });
}
