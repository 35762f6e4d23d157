import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Access } from './access.ts';
import type { CountsCache } from './counts.ts';
import type { Live } from './live.ts';
import type { WebParts } from './parts.ts';
import type { Session, Sessions } from './sessions.ts';

/** The server with zod in both directions. */
export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** What a route works with. */
export interface Served extends WebParts {
  access: Access;
  sessions: Sessions;
  live: Live;
  counts: CountsCache;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is asking. Set before every route of the API but the sign-in. */
    session: Session | null;
  }
}

/** The person behind a request to a route that needs one. */
export function whoAsks(request: { session: Session | null }): Session {
  if (request.session) return request.session;
  throw new Error('A route without sign-in asked who is there.');
}
