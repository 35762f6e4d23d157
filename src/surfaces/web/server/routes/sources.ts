import * as z from 'zod';
import {
  ChangeSourceBody,
  ConnectorShape,
  NewSourceBody,
  PullShape,
  RemovedShape,
  SourceSettingsShape,
  SourceShape,
  SourceTestShape,
  TrySourceBody,
} from '../../api.ts';
import { type App, type Served, whoAsks } from '../app.ts';

const SourceParams = z.object({ id: z.string().min(1).max(100) });
const tags = ['sources'];

export function addSources(app: App, { sources, counts }: Served): void {
  app.route({
    method: 'GET',
    url: '/sources',
    schema: { summary: 'All sources with their health and coverage', tags, response: { 200: z.array(SourceShape) } },
    handler: async () => sources.list(),
  });
  app.route({
    method: 'GET',
    url: '/connectors',
    schema: { summary: 'What can be connected, and what each needs', tags, response: { 200: z.array(ConnectorShape) } },
    handler: async () => sources.connectors(),
  });
  app.route({
    method: 'POST',
    url: '/sources',
    schema: { summary: 'Add a source', tags, body: NewSourceBody, response: { 201: SourceShape } },
    handler: async (request, answer) => {
      answer.code(201);
      return sources.add(request.body, whoAsks(request).name);
    },
  });
  app.route({
    method: 'POST',
    url: '/sources/try',
    schema: { summary: 'Would it work so?', tags, body: TrySourceBody, response: { 200: SourceTestShape } },
    handler: async (request) => sources.try(request.body),
  });
  app.route({
    method: 'GET',
    url: '/sources/:id',
    schema: {
      summary: 'What was set about a source',
      tags,
      params: SourceParams,
      response: { 200: SourceSettingsShape },
    },
    handler: async (request) => sources.settings(request.params.id),
  });
  app.route({
    method: 'PUT',
    url: '/sources/:id',
    schema: {
      summary: 'Change a source, pause it or go on',
      tags,
      params: SourceParams,
      body: ChangeSourceBody,
      response: { 200: SourceShape },
    },
    handler: async (request) => sources.change(request.params.id, request.body, whoAsks(request).name),
  });
  app.route({
    method: 'POST',
    url: '/sources/:id/test',
    schema: { summary: 'Does it work?', tags, params: SourceParams, response: { 200: SourceTestShape } },
    handler: async (request) => sources.test(request.params.id),
  });
  app.route({
    method: 'POST',
    url: '/sources/:id/pull',
    schema: { summary: 'Pull now', tags, params: SourceParams, response: { 200: PullShape } },
    handler: async (request) => sources.pull(request.params.id),
  });
  app.route({
    method: 'DELETE',
    url: '/sources/:id',
    schema: { summary: 'Stop hearing from a source', tags, params: SourceParams, response: { 204: z.null() } },
    handler: async (request, answer) => {
      await sources.remove(request.params.id, whoAsks(request).name);
      answer.code(204);
      return null;
    },
  });
  app.route({
    method: 'POST',
    url: '/sample/remove',
    schema: { summary: 'Remove everything invented', tags, response: { 200: RemovedShape } },
    handler: async (request) => {
      const removed = await sources.removeSample(whoAsks(request).name);
      counts.outdated();
      return { removed };
    },
  });
}
