import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface LocalServer {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  url: string;
  close(): Promise<void>;
}

/** Starts a server on the loopback address. Port 0 takes a free one. */
export async function startServer(answer: RequestListener, port = 0): Promise<LocalServer> {
  const server = createServer(answer);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // Slow and half-finished answers would keep it open.
        server.closeAllConnections();
      }),
  };
}

/** A platform, or what stands before one, on the loopback address. What it cannot answer is broken off. */
export abstract class LocalPlatform {
  #server: LocalServer | undefined;

  /** Port 0 takes a free one. */
  async start(port = 0): Promise<this> {
    this.#server = await startServer((request, response) => {
      this.handle(request, response).catch(() => response.destroy());
    }, port);
    return this;
  }

  get url(): string {
    return this.#server?.url ?? '';
  }

  async close(): Promise<void> {
    await this.#server?.close();
  }

  protected abstract handle(request: IncomingMessage, response: ServerResponse): Promise<unknown>;
}

export async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(value));
}

/** Passes a request on, and its answer back as it is, if anybody wants it. Where the other side breaks off, so does this. */
export async function relay(
  request: IncomingMessage,
  response: ServerResponse | undefined,
  body: string,
  origin: string,
): Promise<void> {
  const { method = 'GET', url = '/', headers } = request;
  const { authorization, 'content-type': type } = headers;
  try {
    const answer = await fetch(origin + url, {
      method,
      headers: { ...(authorization && { authorization }), ...(type && { 'content-type': type }) },
      ...(body && { body }),
    });
    const text = await answer.text();
    const passedOn = [...answer.headers].filter(([name]) => /^(content-type|retry-after|x-ratelimit.*)$/.test(name));
    response?.writeHead(answer.status, Object.fromEntries(passedOn)).end(text);
  } catch {
    response?.destroy();
  }
}

/** Says the same answer twice on one connection, as a confused proxy does. */
export function sendTwice(response: ServerResponse, status: number, value: unknown): void {
  const body = JSON.stringify(value);
  const head = `HTTP/1.1 ${status} OK\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}`;
  const whole = `${head}\r\n\r\n${body}`;
  response.socket?.end(whole + whole);
}

/** The ways in which any server on the web can fail. */
export const FAULTS = {
  401: (response: ServerResponse) => sendJson(response, 401, { error: 'no such key' }),
  403: (response: ServerResponse) => sendJson(response, 403, { error: 'not allowed' }),
  429: (response: ServerResponse) => response.writeHead(429, { 'retry-after': '30' }).end('slow down'),
  500: (response: ServerResponse) => response.writeHead(500).end('oops'),
  html: (response: ServerResponse) =>
    response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      .end('<!doctype html><html><head><title>Sign in</title></head><body><form>…</form></body></html>'),
  empty: (response: ServerResponse) => response.writeHead(200, { 'content-length': '0' }).end(),
  'half-body': (response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' });
    response.write('{"posts":[{"id":"1","bo', () => response.destroy());
  },
  reset: (response: ServerResponse) => response.socket?.resetAndDestroy(),
  silence: () => {},
} as const;
export type Fault = keyof typeof FAULTS;

/** A server that fails in one way, whatever it is asked. */
export function startFaulty(fault: Fault): Promise<LocalServer> {
  return startServer((request, response) => {
    request.resume();
    FAULTS[fault](response);
  });
}
