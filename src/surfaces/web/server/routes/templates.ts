import * as z from 'zod';
import {
  DeclineBody,
  DoneShape,
  NewTemplateBody,
  ProposalShape,
  TemplateChangeBody,
  TemplateIdBody,
  TemplatesQuery,
  TemplatesShape,
  TemplateTryBody,
  TemplateTryShape,
  TemplateUseShape,
  TemplateVersionShape,
} from '../../template-api.ts';
import { type App, type Served, whoAsks } from '../app.ts';

const tags = ['templates'];

export function addTemplates(app: App, served: Served): void {
  addReading(app, served);
  addChanging(app, served);
}

function addReading(app: App, { store, templateControl: control }: Served): void {
  app.route({
    method: 'GET',
    url: '/templates',
    schema: {
      summary: 'The templates of a platform, filled with the facts of the workspace',
      tags,
      querystring: TemplatesQuery,
      response: { 200: TemplatesShape },
    },
    handler: async (request) => control.list(request.query.platform),
  });
  app.route({
    method: 'GET',
    url: '/templates/use',
    schema: {
      summary: 'How many drafts of each template were let out, and how many without an edit, for each kind of reply',
      tags,
      response: { 200: z.array(TemplateUseShape) },
    },
    handler: () => store.templateUse(),
  });
  app.route({
    method: 'GET',
    url: '/templates/history',
    schema: {
      summary: 'How a template read after each change, newest first',
      tags,
      querystring: TemplateIdBody,
      response: { 200: z.array(TemplateVersionShape) },
    },
    handler: (request) => control.history(request.query.id),
  });
  app.route({
    method: 'GET',
    url: '/templates/proposals',
    schema: {
      summary: 'What people’s repeated edits say about the templates',
      tags,
      response: { 200: z.array(ProposalShape) },
    },
    handler: () => control.proposals(),
  });
  app.route({
    method: 'POST',
    url: '/templates/try',
    schema: {
      summary: 'How words that nobody saved would read and be checked. Changes nothing',
      tags,
      body: TemplateTryBody,
      response: { 200: TemplateTryShape },
    },
    handler: async (request) => control.tryOut(request.body),
  });
}

function addChanging(app: App, { templateControl: control }: Served): void {
  app.route({
    method: 'POST',
    url: '/templates',
    schema: { summary: 'A new pair in both languages', tags, body: NewTemplateBody, response: { 200: DoneShape } },
    handler: async (request) => ({ id: await control.add(request.body, whoAsks(request).actor) }),
  });
  app.route({
    method: 'PUT',
    url: '/templates',
    schema: {
      summary: 'Change the words of a template, or whether it is used',
      tags,
      body: TemplateChangeBody,
      response: { 200: DoneShape },
    },
    handler: async (request) => {
      await control.change(request.body, whoAsks(request).actor);
      return { id: request.body.id };
    },
  });
  app.route({
    method: 'POST',
    url: '/templates/back',
    schema: {
      summary: 'As it came along; one of your own is removed with its twin',
      tags,
      body: TemplateIdBody,
      response: { 200: DoneShape },
    },
    handler: async (request) => {
      await control.back(request.body.id, whoAsks(request).actor);
      return { id: request.body.id };
    },
  });
  app.route({
    method: 'POST',
    url: '/templates/decline',
    schema: { summary: 'Turn a proposed change down', tags, body: DeclineBody, response: { 200: DoneShape } },
    handler: async (request) => {
      await control.decline(request.body, whoAsks(request).actor);
      return { id: request.body.id };
    },
  });
}
