import { DetailShape } from '../../api.ts';
import {
  AccountQuery,
  JudgeBody,
  SuspectFileShape,
  SuspectsQuery,
  SuspectsShape,
  TakedownShape,
  WarnBody,
} from '../../scam-api.ts';
import { type App, type Served, whoAsks } from '../app.ts';
import { detailOf } from '../detail.ts';

const tags = ['scam watch'];

/** Accounts that look like scammers: the list, the evidence, what people say of them, and what is done about it. */
export function addScams(app: App, served: Served): void {
  const { scams } = served;
  app.route({
    method: 'GET',
    url: '/suspects',
    schema: {
      summary: 'Suspects, last heard first',
      tags,
      querystring: SuspectsQuery,
      response: { 200: SuspectsShape },
    },
    handler: async ({ query }) => scams.list(query.cleared === 'true' ? ['cleared'] : ['suspected', 'confirmed']),
  });
  app.route({
    method: 'GET',
    url: '/suspects/file',
    schema: {
      summary: 'The evidence about one account: its posts, and below whose they stand',
      tags,
      querystring: AccountQuery,
      response: { 200: SuspectFileShape },
    },
    handler: async ({ query }) => scams.file(query),
  });
  app.route({
    method: 'POST',
    url: '/suspects/judge',
    schema: {
      summary: 'Confirm or clear an account, or take that back',
      tags,
      body: JudgeBody,
      response: { 200: SuspectFileShape },
    },
    handler: async (request) => {
      const file = await scams.judge({ ...request.body, by: whoAsks(request).actor });
      served.counts.outdated();
      return file;
    },
  });
  app.route({
    method: 'POST',
    url: '/suspects/takedown',
    schema: {
      summary: 'A report for the platform. That it was written is recorded',
      tags,
      body: AccountQuery,
      response: { 200: TakedownShape },
    },
    handler: async (request) => scams.takedown({ ...request.body, by: whoAsks(request).actor }),
  });
  app.route({
    method: 'POST',
    url: '/suspects/warn',
    schema: {
      summary: 'Draft a warning to whoever wrote this mention',
      tags,
      body: WarnBody,
      response: { 200: DetailShape },
    },
    handler: async (request) => {
      const me = whoAsks(request);
      const found = await scams.warn({ ...request.body, by: me.actor });
      served.counts.outdated();
      return detailOf(found, served, me);
    },
  });
}
