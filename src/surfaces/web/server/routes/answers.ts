import * as z from 'zod';
import {
  AnswerIdBody,
  AnswersShape,
  AnswerTryShape,
  AnswerVersionShape,
  ApproveAnswerBody,
  ProposeBody,
} from '../../answer-api.ts';
import { type App, type Served, whoAsks } from '../app.ts';

const tags = ['standing answers'];
const response = { 200: AnswersShape };

/** What members are told without a person in between: only what a named person approved. */
export function addAnswers(app: App, { answers }: Served): void {
  app.route({
    method: 'GET',
    url: '/answers',
    schema: { summary: 'All standing answers, with what is proposed', tags, response },
    handler: () => answers.list(),
  });
  app.route({
    method: 'GET',
    url: '/answers/history',
    schema: {
      summary: 'Who changed, approved or withdrew an answer when',
      tags,
      querystring: AnswerIdBody,
      response: { 200: z.array(AnswerVersionShape) },
    },
    handler: (request) => answers.history(request.query),
  });
  app.route({
    method: 'POST',
    url: '/answers/try',
    schema: {
      summary: 'How a text would read, and what stands against it. Changes nothing',
      tags,
      body: ProposeBody,
      response: { 200: AnswerTryShape },
    },
    handler: (request) => answers.tryOut(request.body),
  });
  app.route({
    method: 'POST',
    url: '/answers/propose',
    schema: { summary: 'Propose a text, for somebody to approve', tags, body: ProposeBody, response },
    handler: (request) => answers.propose(request.body, whoAsks(request).actor),
  });
  app.route({
    method: 'POST',
    url: '/answers/approve',
    schema: { summary: 'Let members read it, as it is written now', tags, body: ApproveAnswerBody, response },
    handler: (request) => answers.approve(request.body, whoAsks(request).actor),
  });
  for (const [url, summary] of STEPS) {
    app.route({
      method: 'POST',
      url: `/answers/${url}`,
      schema: { summary, tags, body: AnswerIdBody, response },
      handler: (request) => answers[url](request.body, whoAsks(request).actor),
    });
  }
}

const STEPS = [
  ['discard', 'Drop what is proposed'],
  ['withdraw', 'Let members read it no more'],
  ['checked', 'Somebody compared it with the product today'],
  ['back', 'The text that came along; one written here is removed'],
] as const;
