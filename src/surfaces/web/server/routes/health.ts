import type { SourceState } from '../../../../core/ports.ts';
import { HealthShape } from '../../api.ts';
import type { App, Served } from '../app.ts';

/** States that pass by themselves are no reason to wake anybody. */
const NEEDS_A_PERSON: readonly SourceState[] = ['unauthorized', 'blocked', 'bad-shape'];

/** For whoever watches the process. Open to all, so it names sources and their state and nothing more. */
export function addHealth(app: App, { store, version }: Served): void {
  app.route({
    method: 'GET',
    url: '/healthz',
    schema: { summary: 'Ready, and how the sources are', tags: ['health'], response: { 200: HealthShape } },
    handler: async () => {
      const [engine, statuses] = await Promise.all([store.describe(), store.statuses()]);
      const degraded = statuses.some(({ state }) => NEEDS_A_PERSON.includes(state));
      return {
        status: degraded ? ('degraded' as const) : ('ok' as const),
        version,
        // Where its file or its server is, is nobody's business out here.
        store: engine.replace(/, (?:file|database) .*$/s, ''),
        sources: statuses.map(({ source, state }) => ({ id: source, state })),
      };
    },
  });
}
