import * as z from 'zod';
import {
  KeywordBackBody,
  KeywordListBody,
  KeywordListShape,
  KeywordListTryBody,
  KeywordListTryShape,
  KeywordVersionShape,
} from '../../lexicon-api.ts';
import { type App, type Served, whoAsks } from '../app.ts';

const tags = ['keywords'];
const response = { 200: KeywordListShape };

/** The keywords that mentions are sorted by. */
export function addLexicon(app: App, { lexicon }: Served): void {
  app.route({
    method: 'GET',
    url: '/lexicon',
    schema: { summary: 'All keywords, and what the team changed about them', tags, response },
    handler: () => lexicon.list(),
  });
  app.route({
    method: 'GET',
    url: '/lexicon/history',
    schema: {
      summary: 'Who changed which keyword when, newest first',
      tags,
      response: { 200: z.array(KeywordVersionShape) },
    },
    handler: () => lexicon.history(),
  });
  app.route({
    method: 'POST',
    url: '/lexicon/try',
    schema: {
      summary: 'What other keywords would change about the last mentions. Changes nothing',
      tags,
      body: KeywordListTryBody,
      response: { 200: KeywordListTryShape },
    },
    handler: (request) => lexicon.tryOut(request.body.own),
  });
  app.route({
    method: 'PUT',
    url: '/lexicon',
    schema: { summary: 'Change keywords', tags, body: KeywordListBody, response },
    handler: (request) => lexicon.change(request.body, whoAsks(request).actor),
  });
  app.route({
    method: 'POST',
    url: '/lexicon/back',
    schema: { summary: 'Go back to the keywords of an older version', tags, body: KeywordBackBody, response },
    handler: (request) => lexicon.back(request.body.revision, whoAsks(request).actor),
  });
}
