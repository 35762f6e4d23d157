import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isSignedBy, sign, TOLERANCE_MS } from '../../src/core/webhook-signature.ts';
import { bodyOf, FAULTS, type LocalServer, sendJson, startServer } from './local-server.ts';

export const SECRET = 'whsec_bG9jYWwgYXBwIHNlY3JldCwgaW52ZW50ZWQ=';

export interface AppReply {
  key: string;
  feedback: string;
  user: string;
  text: string;
}

/**
 * An app of our own, as the README of the connector asks it to be: it signs what its people write, checks what it is told,
 * shows each reply once, and says which ones it has.
 */
export class AppPlatform {
  /** What people see in the app. */
  readonly replies: AppReply[] = [];
  /** Everything that arrived, with how it was answered. */
  readonly requests: { type: string; status: number }[] = [];
  readonly #behaviours: { as: keyof typeof FAULTS; stored: boolean }[] = [];
  readonly #now: () => number;
  #server: LocalServer | undefined;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  async start(): Promise<this> {
    this.#server = await startServer((request, response) => {
      this.#handle(request, response).catch(() => response.destroy());
    });
    return this;
  }

  get url(): string {
    return `${this.#server?.url ?? ''}/earshot`;
  }

  async close(): Promise<void> {
    await this.#server?.close();
  }

  /** The next reply goes wrong, before or after the app has taken it. */
  onNext(as: keyof typeof FAULTS, stored: boolean): void {
    this.#behaviours.push({ as, stored });
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const header = (name: string) => String(request.headers[name] ?? '');
    const headers = {
      'webhook-id': header('webhook-id'),
      'webhook-timestamp': header('webhook-timestamp'),
      'webhook-signature': header('webhook-signature'),
    };
    const fresh = Math.abs(this.#now() - Number(headers['webhook-timestamp']) * 1000) <= TOLERANCE_MS;
    if (!fresh || !isSignedBy([SECRET], headers, body))
      return this.#say(response, 'forged', 401, { error: 'signature' });
    const { type, data } = JSON.parse(body) as { type: string; data: AppReply };
    if (type === 'feedback.look-up') {
      const found = this.replies.some(({ key }) => key === data.key);
      return this.#say(response, type, 200, { received: found, ...(found && { id: `reply ${data.key}` }) });
    }
    const behaviour = this.#behaviours.shift();
    if (!behaviour || behaviour.stored) this.#show(data);
    if (!behaviour) return this.#say(response, type, 200, { received: true, id: `reply ${data.key}` });
    this.requests.push({ type, status: 0 });
    FAULTS[behaviour.as](response);
  }

  /** The same key again is the same reply. */
  #show(reply: AppReply): void {
    if (!this.replies.some(({ key }) => key === reply.key)) this.replies.push(reply);
  }

  #say(response: ServerResponse, type: string, status: number, body: object): void {
    this.requests.push({ type, status });
    sendJson(response, status, body);
  }
}

export interface SignedFeedback {
  headers: Record<string, string>;
  body: string | Buffer;
}

interface How {
  id?: string;
  at: number;
  secret?: string;
}

/** What an app sends: words alone. */
export function feedbackCall(said: object | string, { id = randomUUID(), at, secret = SECRET }: How): SignedFeedback {
  const body = typeof said === 'string' ? said : JSON.stringify(said);
  return { body, headers: { 'content-type': 'application/json', ...sign(secret, id, at, body) } };
}

/** Words with pictures beside them, whose hashes stand in the words. */
export function feedbackWith(
  said: object,
  files: readonly { name: string; bytes: Uint8Array }[],
  { id = randomUUID(), at, secret = SECRET }: How,
): SignedFeedback {
  const screenshots = files.map(({ bytes }) => createHash('sha256').update(bytes).digest('hex'));
  const json = JSON.stringify({ screenshots, ...said });
  const { body, type } = formOf({ feedback: json }, files);
  return { body, headers: { 'content-type': type, ...sign(secret, id, at, json) } };
}

/** A form as a browser sends it. */
export function formOf(fields: Record<string, string>, files: readonly { name: string; bytes: Uint8Array }[] = []) {
  const boundary = '----earshot-test-boundary';
  const part = (head: string, bytes: string | Uint8Array) => [
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`),
    Buffer.from(bytes as Uint8Array),
    Buffer.from('\r\n'),
  ];
  const body = Buffer.concat([
    ...Object.entries(fields).flatMap(([name, value]) => part(`name="${name}"`, value)),
    ...files.flatMap(({ name, bytes }) =>
      part(`name="screenshot"; filename="${name}"\r\nContent-Type: application/octet-stream`, bytes),
    ),
    Buffer.from(`--${boundary}--\r\n`),
  ]);
  return { body, type: `multipart/form-data; boundary=${boundary}` };
}
