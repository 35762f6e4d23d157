import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Access } from './access/access.ts';
import type { LegacyAccess } from './access/legacy.ts';
import type { OpenId } from './access/open-id.ts';
import type { Session, Sessions } from './access/sessions.ts';
import type { CountsCache } from './counts.ts';
import type { Live } from './live.ts';
import type { WebParts } from './parts.ts';
import type { TemplateUses } from './template-uses.ts';
import type { ViewCounter } from './view-counts.ts';

/** The server with zod in both directions. */
export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** What a route works with. */
export interface Served extends Omit<WebParts, 'openId'> {
  access: Access;
  sessions: Sessions;
  /** How an older version let people in, where one ran here before. */
  legacy: LegacyAccess | undefined;
  /** A login elsewhere, where the environment names one. */
  openId: OpenId | undefined;
  live: Live;
  counts: CountsCache;
  viewCounts: ViewCounter;
  templateUses: TemplateUses;
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
