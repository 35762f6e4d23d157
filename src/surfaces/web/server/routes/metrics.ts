import { createHash, timingSafeEqual } from 'node:crypto';
import { CallRefused } from '../../../../core/failures.ts';
import type { App, Served } from '../app.ts';

/** Numbers for Prometheus, for whoever shows the token. Without a token set there are none. */
export function addMetrics(app: App, { metrics }: Pick<Served, 'metrics'>): void {
  app.addHook('onResponse', async ({ method, routeOptions }, answer) => {
    metrics.took({
      method,
      route: routeOptions.url ?? 'unknown',
      status: answer.statusCode,
      seconds: answer.elapsedTime / 1000,
    });
  });
  app.route({
    method: 'GET',
    url: '/metrics',
    schema: { hide: true },
    handler: async (request, answer) => {
      if (!metrics.token) {
        throw new CallRefused(
          404,
          'no-metrics',
          'Set EARSHOT_METRICS_TOKEN, and send it as "Authorization: Bearer …".',
        );
      }
      if (!same(request.headers.authorization ?? '', `Bearer ${metrics.token}`)) {
        throw new CallRefused(401, 'wrong-token', 'Send EARSHOT_METRICS_TOKEN as "Authorization: Bearer …".');
      }
      answer.type('text/plain; version=0.0.4; charset=utf-8');
      return metrics.text();
    },
  });
}

/** In constant time, so that the time taken tells nothing. */
function same(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
