import type { FastifyReply, FastifyRequest } from 'fastify';
import { INTAKE_PATH } from '../../../../core/intake.ts';
import type { App, Served } from '../app.ts';

/**
 * Where platforms and apps call us. No session, no cookie and no page of ours is part of it: a call is believed by its
 * signature alone, which the connector looks at. The body comes as a stream, so that what is refused is not read.
 */
export async function addIntake(app: App, { intake }: Served): Promise<void> {
  await app.register(async (room: App) => {
    room.removeAllContentTypeParsers();
    room.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    const answer = async (request: FastifyRequest, reply: FastifyReply) => {
      const { source, '*': path = '' } = request.params as { source: string; '*'?: string };
      const taken = await intake.take(source, {
        method: request.method === 'POST' ? 'POST' : 'GET',
        path,
        query: new URLSearchParams(request.url.split('?').slice(1).join('?')),
        headers: headersOf(request),
        from: request.ip.slice(0, 60),
        length: lengthOf(request),
        // Ending early must not end the connection: the answer is still to come.
        body: request.raw.iterator({ destroyOnReturn: false }),
      });
      if (!request.raw.complete && !isShort(request)) reply.header('connection', 'close');
      // A page of a connector says itself who may frame it.
      if (taken.headers?.['content-security-policy']) reply.removeHeader('x-frame-options');
      return reply
        .code(taken.status)
        .headers({ 'cache-control': 'no-store', 'content-type': 'text/plain; charset=utf-8', ...taken.headers })
        .send(taken.body ?? '');
    };
    // Larger than any connector takes: what is too large is refused by the desk, in words.
    const options = { schema: { hide: true }, bodyLimit: Number.MAX_SAFE_INTEGER };
    for (const url of [`${INTAKE_PATH}/:source`, `${INTAKE_PATH}/:source/*`]) {
      room.get(url, { ...options, exposeHeadRoute: false }, answer);
      room.post(url, options, answer);
    }
  });
}

/** True for calls that no browser of ours makes: they are judged by their signature, not by where they come from. */
export function isCall(path: string): boolean {
  return path.startsWith(`${INTAKE_PATH}/`);
}

/** Read to its end, so that the connection can go on. What is longer, or does not say how long, is not waited for. */
function isShort(request: FastifyRequest): boolean {
  return (lengthOf(request) ?? Number.POSITIVE_INFINITY) <= SHORT;
}

const SHORT = 256 * 1024;
function headersOf(request: FastifyRequest): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (typeof value === 'string') headers.set(name, value);
  }
  return headers;
}

function lengthOf(request: FastifyRequest): number | undefined {
  const said = request.headers['content-length'];
  return said === undefined ? undefined : Number(said);
}
