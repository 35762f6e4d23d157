import swagger from '@fastify/swagger';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import { BASE } from '../api.ts';
import type { App, Served } from './app.ts';

/** The description of the API, made from the same schemas that guard it. Register before any route. */
export async function addOpenApi(app: App, { version }: Served): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Earshot',
        description: 'The API of the review inbox. Sign in first: every route needs the session cookie.',
        version,
      },
      components: { securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'earshot-PORT' } } },
      security: [{ session: [] }],
    },
    transform: jsonSchemaTransform,
  });
}

export function addOpenApiRoute(app: App): void {
  app.get(`${BASE}/openapi.json`, { schema: { hide: true } }, async () => app.swagger());
}
