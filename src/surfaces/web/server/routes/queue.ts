import { coverSeen } from '../../../../core/cover.ts';
import { CountsShape, QueuePageShape, QueueQueryShape } from '../../api.ts';
import { type App, type Served, whoAsks } from '../app.ts';
import { queueQuery, viewCounts } from '../views.ts';

export function addQueue(app: App, { store, counts, findPersonal, problemTypes }: Served): void {
  app.route({
    method: 'GET',
    url: '/queue',
    schema: {
      summary: 'One page of a view',
      tags: ['mentions'],
      querystring: QueueQueryShape,
      response: { 200: QueuePageShape },
    },
    handler: async (request) => {
      const { rows, ...page } = await store.queue(queueQuery(request.query, whoAsks(request).name, problemTypes()));
      return { ...page, rows: rows.map((row) => coverSeen(row, findPersonal)) };
    },
  });

  app.route({
    method: 'GET',
    url: '/counts',
    schema: { summary: 'How many stand in each view', tags: ['mentions'], response: { 200: CountsShape } },
    handler: async (request) => viewCounts(await counts.get(), whoAsks(request).name),
  });
}
