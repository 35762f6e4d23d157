/** All that a connector may import. */
export * as z from 'zod';
export { asFailure, ConnectorError, type FailureKind } from '../core/failures.ts';
export type { Attachment, Author, FoundMention, Instant, ReplyPermission } from '../core/nouns.ts';
export type {
  CoverageSpan,
  From,
  Identity,
  Page,
  Posted,
  Recheck,
  ReplyLimit,
  ReplyOrder,
  SkippedItem,
} from '../core/ports.ts';
export {
  type About,
  type AnyConnector,
  type Connector,
  defineConnector,
  describeConnector,
  type Env,
  type Limits,
  type Log,
  type Secret,
  type SecretSpec,
} from './connector.ts';
export type { Http, HttpRequest, HttpResponse } from './http.ts';
export { openSource, type SourceSettings, secretOf, type World } from './open-source.ts';
