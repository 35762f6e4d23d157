/**
 * What the inbox's page and its server say to each other, once, as schemas, one file for each theme. The server checks
 * both directions with them and publishes them as OpenAPI; the page imports the types only.
 */
import * as z from 'zod';
import { named, OtherWordsShape } from './shapes.ts';

export * from './live-api.ts';
export * from './mention-api.ts';
export * from './people-api.ts';
export * from './queue-api.ts';
export * from './report-api.ts';
export * from './saved-view-api.ts';
export * from './shapes.ts';
export * from './source-api.ts';

/** Every route of the API stands under it. */
export const BASE = '/api/v1';

export const ErrorShape = named(
  'Error',
  z.object({
    error: z.object({
      code: z.string().describe('A stable word for machines, such as `conflict` or `check-failed`.'),
      message: z.string().describe('A sentence for people: what happened and what to do next.'),
      messageIn: OtherWordsShape.exactOptional(),
      /** Only with 500: what to look for in the log. */
      id: z.string().exactOptional(),
    }),
  }),
);
export type ApiError = z.output<typeof ErrorShape>;
