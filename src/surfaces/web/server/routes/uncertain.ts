import { coverSeen } from '../../../../core/cover.ts';
import { QueuePageShape, UncertainQuery } from '../../api.ts';
import type { App, Served } from '../app.ts';

export function addUncertain(app: App, { uncertain, findPersonal }: Served): void {
  app.route({
    method: 'GET',
    url: '/uncertain',
    schema: {
      summary: 'The mentions whose label teaches most, the least certain first',
      tags: ['mentions'],
      querystring: UncertainQuery,
      response: { 200: QueuePageShape },
    },
    handler: async (request) => {
      const rows = await uncertain(request.query.limit);
      return { rows: rows.map((row) => coverSeen(row, findPersonal)) };
    },
  });
}
