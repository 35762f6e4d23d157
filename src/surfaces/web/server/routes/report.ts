import { CsvQuery, ReportQuery, ReportShape } from '../../report-api.ts';
import type { App, Served } from '../app.ts';

const tags = ['numbers'];

/** Above so many days, nobody can tell one from the next in a chart: a row is for a week. */
const DAYS_MAX = 62;
const rowDaysOf = (days: number) => (days > DAYS_MAX ? 7 : 1);

export function addReport(app: App, { report }: Served): void {
  app.route({
    method: 'GET',
    url: '/report',
    schema: {
      summary: 'What was heard and what became of it: volume, time to first answer, decisions, quality, cost',
      tags,
      querystring: ReportQuery,
      response: { 200: ReportShape },
    },
    handler: (request) => report.last(request.query.days, rowDaysOf(request.query.days)),
  });
  app.route({
    method: 'GET',
    url: '/report/csv',
    schema: { summary: 'One table of the report for a spreadsheet', tags, querystring: CsvQuery },
    handler: async (request, answer) => {
      const { days, table } = request.query;
      const text = await report.csv(days, table);
      return answer
        .header('content-disposition', `attachment; filename="earshot-${table}-${days}-days.csv"`)
        .header('cache-control', 'no-store')
        .type('text/csv; charset=utf-8')
        .send(text);
    },
  });
}
