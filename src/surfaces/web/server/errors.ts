import { randomBytes } from 'node:crypto';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { CallRefused, Conflict, ConnectorError, Refused } from '../../../core/failures.ts';
import type { ApiError } from '../api.ts';
import type { Served } from './app.ts';

/** What is refused with another status than 422. */
const STATUS: Record<string, number> = {
  'unknown-mention': 404,
  'unknown-source': 404,
  'unknown-suspect': 404,
  'unknown-attachment': 404,
  'unknown-note': 404,
  'unknown-view': 404,
  'unknown-device': 404,
  'not-yours': 403,
  'unknown-connector': 404,
  'unknown-person': 404,
  'unknown-section': 404,
  'unknown-version': 404,
  'unknown-template': 404,
  'unknown-answer': 404,
  'no-replay': 404,
  'no-job': 404,
  'name-taken': 409,
  busy: 409,
  'no-right': 403,
  'store-busy': 503,
  'store-unreachable': 503,
  'store-full': 507,
};

const SENTENCES: Record<number, { code: string; message: string }> = {
  400: { code: 'bad-request', message: 'The request could not be read: it is not the JSON that was expected.' },
  405: { code: 'bad-request', message: 'This address does not take this kind of request.' },
  406: { code: 'bad-request', message: 'This address only answers with a stream of events.' },
  413: { code: 'too-large', message: 'The request is too large.' },
  414: { code: 'too-large', message: 'The address is too long.' },
  415: { code: 'bad-request', message: 'Send JSON, with the content type application/json.' },
  429: { code: 'too-many', message: 'Too many tries. Wait a minute, then try again.' },
};

/** As `answerError`, and what a connector said in all languages of the page. */
export const answerErrors =
  ({ otherWords }: Pick<Served, 'otherWords'>) =>
  (error: FastifyError | Error, request: FastifyRequest, answer: FastifyReply) => {
    const { connector } = error as Partial<Refused>;
    const messageIn = connector !== undefined && otherWords(error.message, connector);
    return answerError(error, request, answer, messageIn ? { messageIn } : {});
  };

/** Every error leaves in one shape, with a sentence for people; what nobody expected gets an id to find it in the log. */
export function answerError(
  error: FastifyError | Error,
  request: FastifyRequest,
  answer: FastifyReply,
  more: Pick<ApiError['error'], 'messageIn'> = {},
) {
  const known = asAnswer(error);
  if (known) return say(answer, known.status, { code: known.code, message: known.message, ...more });
  const id = randomBytes(6).toString('hex');
  request.log.error({ id, ...traceOf(error), ...routeOf(request) }, 'a request failed unexpectedly');
  return say(answer, 500, {
    code: 'unexpected',
    message: `Something went wrong here. Nothing was changed, or the change is complete: look again. The log knows more under ${id}.`,
    id,
  });
}

function say(answer: FastifyReply, status: number, error: ApiError['error']) {
  // Serialized here: a route's own schema describes its good answers only.
  return answer
    .code(status)
    .type('application/json; charset=utf-8')
    .serializer((body: unknown) => JSON.stringify(body))
    .send({ error } satisfies ApiError);
}

function asAnswer(error: FastifyError | Error): { status: number; code: string; message: string } | undefined {
  if (error instanceof CallRefused) return error;
  if (error instanceof Conflict) return { status: 409, code: 'conflict', message: error.message };
  if (error instanceof Refused) {
    return { status: STATUS[error.code] ?? 422, code: error.code, message: error.message };
  }
  if (error instanceof ConnectorError) return { status: 422, code: `source-${error.kind}`, message: error.message };
  if (hasZodFastifySchemaValidationErrors(error)) {
    return { status: 400, code: 'bad-request', message: sentenceOf(error.validation) };
  }
  const status = 'statusCode' in error ? error.statusCode : undefined;
  if (status === undefined || status < 400 || status > 499) return undefined;
  return { status, ...(SENTENCES[status] ?? { code: 'bad-request', message: 'The request was not understood.' }) };
}

function sentenceOf(issues: { instancePath: string; message?: string | undefined }[]): string {
  const parts = issues.slice(0, 3).map(({ instancePath, message = 'is not right' }) => {
    const field = instancePath.replace(/^\//, '').replaceAll('/', '.').slice(0, 80);
    return field === '' ? message : `${field}: ${message}`;
  });
  return `The request is not right. ${parts.join('; ')}.`.replace(/\.\.$/, '.');
}

/** Where it happened, without the message: that may quote what somebody wrote. */
function traceOf(error: Error) {
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const code = 'code' in error ? error.code : undefined;
  return {
    error: error.name,
    ...(typeof code === 'string' && { code }),
    at: frames.slice(0, 12).map((line) => line.trim()),
  };
}

/** The route's pattern, never the address: that may hold a key or somebody's words. */
function routeOf(request: FastifyRequest) {
  return { method: request.method, route: request.routeOptions.url ?? 'none' };
}
