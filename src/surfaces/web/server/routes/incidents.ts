import * as z from 'zod';
import { coverSeen } from '../../../../core/cover.ts';
import {
  INCIDENT_BODIES,
  IncidentDetailShape,
  IncidentShape,
  IncidentSummaryShape,
  PlanQuery,
  PlanRowShape,
  RowResultShape,
} from '../../incident-api.ts';
import { type App, type Served, whoAsks } from '../app.ts';

const Params = z.object({ id: z.string().min(4).max(40) });
const tags = ['incidents'];
const LIST_MAX = 100;

/** Incidents: what they are, who would get what, and what a person decides about them. */
export function addIncidents(app: App, served: Served): void {
  addReading(app, served);
  addDeciding(app, served);
}

function addReading(app: App, { store, incidents: { desk }, findPersonal, otherWords }: Served): void {
  app.route({
    method: 'GET',
    url: '/incidents',
    schema: { summary: 'The newest incidents', tags, response: { 200: z.array(IncidentSummaryShape) } },
    handler: async () => store.incidents({ limit: LIST_MAX }),
  });
  app.route({
    method: 'GET',
    url: '/incidents/:id',
    schema: { summary: 'One incident with its mentions', tags, params: Params, response: { 200: IncidentDetailShape } },
    handler: async (request) => {
      const { incident, members } = await desk.find(request.params.id);
      return { incident, members: members.map((one) => ({ ...one, row: coverSeen(one.row, findPersonal) })) };
    },
  });
  app.route({
    method: 'GET',
    url: '/incidents/:id/plan',
    schema: {
      summary: 'Who would get what text, where and how',
      tags,
      params: Params,
      querystring: PlanQuery,
      response: { 200: z.array(PlanRowShape) },
    },
    handler: async (request) => {
      const plan = await desk.plan(request.params.id, request.query.kind);
      return plan.map((row) => (row.why ? { ...row, whyIn: otherWords(row.why, row.connector) } : row));
    },
  });
}

function addDeciding(app: App, { incidents: { desk }, counts }: Served): void {
  const answer = { response: { 200: IncidentShape } };
  app.route({
    method: 'POST',
    url: '/incidents',
    schema: { summary: 'Start one from mentions', tags, body: INCIDENT_BODIES.start, ...answer },
    handler: async (request) => desk.start({ ...request.body, by: whoAsks(request).actor }),
  });
  app.route({
    method: 'POST',
    url: '/incidents/:id/join',
    schema: { summary: 'Put a mention in', tags, params: Params, body: INCIDENT_BODIES.join, ...answer },
    handler: async (request) => desk.join({ ...request.params, ...request.body, by: whoAsks(request).actor }),
  });
  app.route({
    method: 'POST',
    url: '/incidents/:id/leave',
    schema: { summary: 'Take a mention out', tags, params: Params, body: INCIDENT_BODIES.leave, ...answer },
    handler: async (request) => desk.leave({ ...request.params, ...request.body, by: whoAsks(request).actor }),
  });
  app.route({
    method: 'POST',
    url: '/incidents/:id/reply',
    schema: { summary: 'Change the reply to everybody', tags, params: Params, body: INCIDENT_BODIES.reply, ...answer },
    handler: async (request) => desk.edit({ ...request.params, ...request.body, by: whoAsks(request).actor }),
  });
  app.route({
    method: 'POST',
    url: '/incidents/:id/close',
    schema: {
      summary: 'Close it; nothing more is sent for it',
      tags,
      params: Params,
      body: INCIDENT_BODIES.close,
      ...answer,
    },
    handler: async (request) => desk.close({ ...request.params, ...request.body, by: whoAsks(request).actor }),
  });
  app.route({
    method: 'POST',
    url: '/incidents/:id/reopen',
    schema: {
      summary: 'Open a closed one again',
      tags,
      params: Params,
      body: INCIDENT_BODIES.reopen,
      ...answer,
    },
    handler: async (request) => desk.reopen({ ...request.params, by: whoAsks(request).actor }),
  });
  app.route({
    method: 'POST',
    url: '/incidents/:id/approve',
    schema: {
      summary: 'Approve the rows that were seen, each by itself',
      tags,
      params: Params,
      body: INCIDENT_BODIES.approve,
      response: { 200: z.array(RowResultShape) },
    },
    handler: async (request) => {
      const results = await desk.approve({ ...request.params, ...request.body, by: whoAsks(request).actor });
      counts.outdated();
      return results;
    },
  });
}
