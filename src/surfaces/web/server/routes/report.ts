import { ReportQuery, ReportShape } from '../../api.ts';
import type { App, Served } from '../app.ts';

const DAY_MS = 86_400_000;

export function addReport(app: App, { store, clock, sources }: Served): void {
  app.route({
    method: 'GET',
    url: '/report',
    schema: {
      summary: 'Mentions by day, type, source and language, and what the sources cost this month',
      tags: ['numbers'],
      querystring: ReportQuery,
      response: { 200: ReportShape },
    },
    handler: async (request) => {
      const now = clock.now();
      // Whole UTC days, today as far as it goes.
      const from = Math.floor(now / DAY_MS) * DAY_MS - (request.query.days - 1) * DAY_MS;
      const rows = await store.report(from, now + 1);
      const total = (column: 'heard' | 'posted' | 'dismissed' | 'solved' | 'unsolved') =>
        rows.reduce((sum, row) => sum + row[column], 0);
      const totals = {
        heard: total('heard'),
        posted: total('posted'),
        dismissed: total('dismissed'),
        solved: total('solved'),
        unsolved: total('unsolved'),
      };
      return { rows, totals, spending: await sources.spending() };
    },
  });
}
