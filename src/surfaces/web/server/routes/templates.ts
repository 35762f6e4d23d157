import * as z from 'zod';
import { TemplatesQuery, TemplatesShape, TemplateUseShape } from '../../template-api.ts';
import type { App, Served } from '../app.ts';

const tags = ['templates'];

export function addTemplates(app: App, { store, previewTemplates }: Served): void {
  app.route({
    method: 'GET',
    url: '/templates',
    schema: {
      summary: 'The templates of a platform, filled with the facts of the workspace',
      tags,
      querystring: TemplatesQuery,
      response: { 200: TemplatesShape },
    },
    handler: async (request) => previewTemplates(request.query.platform),
  });
  app.route({
    method: 'GET',
    url: '/templates/use',
    schema: {
      summary: 'How many drafts of each template were let out, and how many without an edit',
      tags,
      response: { 200: z.array(TemplateUseShape) },
    },
    handler: async () => store.templateUse(),
  });
}
