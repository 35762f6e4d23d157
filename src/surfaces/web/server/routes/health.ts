import { AliveShape, HealthShape } from '../../api.ts';
import type { App, Served } from '../app.ts';

/** For whoever watches the process. Open to all, so it names sources and their state and nothing more. */
export function addHealth(app: App, { health, version }: Pick<Served, 'health' | 'version'>): void {
  app.route({
    method: 'GET',
    url: '/healthz',
    schema: {
      summary: 'Alive: start it again when this does not answer',
      tags: ['health'],
      response: { 200: AliveShape },
    },
    handler: async () => ({ status: 'alive' as const, version }),
  });

  app.route({
    method: 'GET',
    url: '/readyz',
    schema: {
      summary: 'Ready, degraded or not ready (503), and why',
      tags: ['health'],
      response: { 200: HealthShape, 503: HealthShape },
    },
    handler: async (_request, answer) => {
      const found = await health();
      answer.code(found.status === 'not-ready' ? 503 : 200);
      return { ...found, version };
    },
  });
}
