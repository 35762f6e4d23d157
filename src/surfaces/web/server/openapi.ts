import swagger from '@fastify/swagger';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import type { OpenAPIV3_1 } from 'openapi-types';
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
    transform: (document) => withErrors(jsonSchemaTransform(document)),
    transformObject: (document) => withoutUnused(jsonSchemaTransformObject(document)),
  });
}

export function addOpenApiRoute(app: App): void {
  app.get(`${BASE}/openapi.json`, { schema: { hide: true } }, async () => app.swagger());
}

type Described = ReturnType<typeof jsonSchemaTransform>;

/** Every route refuses in the same shape. */
function withErrors({ schema, url }: Described): Described {
  const response = { ...(schema?.response as object), '4XX': { $ref: '#/components/schemas/Error' } };
  return { schema: { ...schema, response }, url };
}

type Document = ReturnType<typeof jsonSchemaTransformObject>;

/** Each named shape comes in a second form for requests; what no route takes is left out. */
function withoutUnused(document: Document): Document {
  const { components, paths } = document as OpenAPIV3_1.Document;
  const used = JSON.stringify(paths);
  const schemas = Object.entries(components?.schemas ?? {}).filter(
    ([name]) => !name.endsWith('Input') || used.includes(`#/components/schemas/${name}"`),
  );
  return { ...document, components: { ...components, schemas: Object.fromEntries(schemas) } } as Document;
}
