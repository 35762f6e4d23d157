import fastify, { LogController } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { App } from './app.ts';
import { answerError } from './errors.ts';
import { listen } from './listen.ts';
import type { WebParts } from './parts.ts';
import { addHealth } from './routes/health.ts';
import { addMetrics } from './routes/metrics.ts';

/** Answers for whoever watches a process, at a port of their own. */
export interface HealthPort {
  /** Where it listens, such as http://127.0.0.1:4601. */
  url: string;
  close(): Promise<void>;
}

/**
 * `/healthz`, `/readyz` and `/metrics` alone, in any role. Asked by any name: whoever watches a machine calls it by
 * another one than people do, and nothing here is anybody's secret but the numbers, which want their token.
 *
 * @throws Error in a sentence when the port is taken
 */
export async function startHealth(
  parts: Pick<WebParts, 'host' | 'port' | 'health' | 'metrics' | 'version' | 'log'>,
): Promise<HealthPort> {
  const app: App = fastify({
    loggerInstance: parts.log,
    logController: new LogController({ disableRequestLogging: true }),
    // A watcher keeps its connection open; a stop does not wait for it.
    forceCloseConnections: true,
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(answerError);
  addHealth(app, parts);
  // How long these answers take is not how long people wait.
  addMetrics(app, { metrics: { ...parts.metrics, took: () => {} } });
  const url = await listen(app, { ...parts, variable: 'EARSHOT_HEALTH_PORT' });
  return { url, close: () => app.close() };
}
