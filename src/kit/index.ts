/** All that a connector may import. */
export * as z from 'zod';
export { asFailure, CallRefused, ConnectorError, type FailureKind } from '../core/failures.ts';
export type { Attachment, Author, FoundMention, Instant, ReplyPermission, SkippedItem } from '../core/nouns.ts';
export type {
  Brought,
  Call,
  CallAnswer,
  CoverageSpan,
  Emit,
  Finding,
  From,
  GivenFile,
  Hear,
  Identity,
  KeepAttachments,
  Kept,
  NotKept,
  Page,
  Posted,
  Recheck,
  ReplyLimit,
  ReplyOrder,
  Spending,
} from '../core/ports.ts';
export type { Said } from '../core/said.ts';
export { isSignedBy, type SignedHeaders, sameText, sign, TOLERANCE_MS } from '../core/webhook-signature.ts';
export { answerAs, parseJson } from './answers.ts';
export { readBody } from './calls.ts';
export { decodeBytes } from './charsets.ts';
export { skewOf } from './clock.ts';
export {
  type About,
  type AboutWords,
  type AnyConnector,
  type Connector,
  defineConnector,
  describeConnector,
  type Env,
  type Intaking,
  type Limits,
  type Log,
  ownOrigins,
  type Secret,
  type SecretSpec,
} from './connector.ts';
export { parseDate } from './dates.ts';
export { createHttp, type Http, type HttpRequest, type HttpResponse, type HttpSettings } from './http.ts';
export { inTurn } from './in-turn.ts';
export { type Keep, type Keeping, keepIn, keepInMemory } from './keep.ts';
export { fold, holdsOneOf } from './keywords.ts';
export { replyLimitFor, xLength } from './lengths.ts';
export { type Automatic, automaticMail, looksForged, type MailHead } from './mail-head.ts';
export { openSource, type SourceSettings, secretOf, type World } from './open-source.ts';
export { OptOuts, type Wish, wishIn } from './opt-outs.ts';
export { optionTable } from './option-table.ts';
export type { SharedPace } from './pacing.ts';
export { guardedReach, type Reach } from './private-hosts.ts';
export { isForward, ownWords } from './quotes.ts';
export { RefreshedToken, type TokenService } from './refreshed-token.ts';
export { Remembered } from './remembered.ts';
export { KIT_SAID } from './said-words.ts';
export { isLater, later, snowflakesSince } from './snowflakes.ts';
export { openSocket } from './sockets.ts';
export { type Budget, forecast, Spend } from './spend.ts';
export { type Asked, failureOf, looksLikeHtml, retryAfter } from './status.ts';
export { cleanText, htmlToText, looksLikeMarkup, markupToText, safeUrl } from './text.ts';
export { Watchdog } from './watchdog.ts';
