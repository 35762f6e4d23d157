import { JobBody, JobShape, JobsShape, LearningShape, ReplayShape } from '../../learning-api.ts';
import { type App, type Served, whoAsks } from '../app.ts';

const tags = ['learning'];

/** What people taught, the model made of it, and what a change would do before it is turned on. */
export function addLearning(app: App, { learning }: Served): void {
  app.route({
    method: 'GET',
    url: '/learning',
    schema: { summary: 'What people taught, the models, and what runs', tags, response: { 200: LearningShape } },
    handler: () => learning.get(),
  });
  app.route({
    method: 'POST',
    url: '/learning/job',
    schema: {
      summary: 'Train, compare, promote or replay, in a process of its own, one at a time',
      tags,
      body: JobBody,
      response: { 200: JobShape },
    },
    handler: async (request) => learning.start(request.body, whoAsks(request).actor),
  });
  app.route({
    method: 'GET',
    url: '/learning/job',
    schema: { summary: 'What runs, or ran last', tags, response: { 200: JobsShape } },
    handler: async () => {
      const job = learning.job();
      return job ? { job } : {};
    },
  });
  app.route({
    method: 'DELETE',
    url: '/learning/job',
    schema: { summary: 'End what runs', tags, response: { 200: JobShape } },
    handler: (request) => learning.cancel(whoAsks(request).actor),
  });
  app.route({
    method: 'POST',
    url: '/learning/rollback',
    schema: { summary: 'Put the model before this one in use again', tags, response: { 200: LearningShape } },
    handler: (request) => learning.rollBack(whoAsks(request).actor),
  });
  app.route({
    method: 'GET',
    url: '/learning/replay',
    schema: { summary: 'What the last replay found', tags, response: { 200: ReplayShape } },
    handler: () => learning.replay(),
  });
}
