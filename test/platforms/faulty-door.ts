import { request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import { KINDS, type Kind } from './faults-report.ts';
import { FAULTS, LocalPlatform } from './local-server.ts';

/**
 * What stands between whoever calls and our door: passes calls on, and loses some of them, or the answers to some of them. A
 * call whose answer was lost was taken; whoever called cannot know.
 */
export class FaultyDoor extends LocalPlatform {
  requests = 0;
  readonly #target: URL;
  readonly #rate: number;
  readonly #random: () => number;
  readonly #onFault: (kind: Kind) => void;
  #faults = 0;

  constructor(
    target: string,
    { rate, random, onFault }: { rate: number; random: () => number; onFault(kind: Kind): void },
  ) {
    super();
    this.#target = new URL(target);
    this.#rate = rate;
    this.#random = random;
    this.#onFault = onFault;
  }

  protected override async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requests++;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const fault = this.#random() < this.#rate ? KINDS[this.#faults++ % KINDS.length] : undefined;
    if (fault) this.#onFault(fault);
    // Half of what goes wrong goes wrong after it was taken.
    if (fault && this.#random() < 0.5) return fail(fault, response);
    const { status, body } = await this.#pass(request, Buffer.concat(chunks));
    if (fault) return fail(fault, response);
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  }

  #pass(request: IncomingMessage, body: Buffer): Promise<{ status: number; body: Buffer }> {
    return new Promise((resolve, reject) => {
      const { host: _, ...headers } = request.headers;
      const passed = ask(
        new URL(request.url ?? '/', this.#target),
        { method: request.method, headers, agent: false },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks) }));
          answer.on('error', reject);
        },
      );
      passed.on('error', reject);
      passed.end(body);
    });
  }
}

const ANSWERS: Record<Kind, (response: ServerResponse) => unknown> = {
  '429 with a waiting time': (response) => FAULTS[429](response),
  '429 without': (response) => response.writeHead(429).end(),
  '500': (response) => FAULTS[500](response),
  reset: (response) => FAULTS.reset(response),
  'time-out': () => FAULTS.silence(),
  // Not with 200: who is told so by something in between has no way to know better.
  HTML: (response) =>
    response.writeHead(503, { 'content-type': 'text/html' }).end('<!doctype html><title>Back soon</title>'),
  'half a body': (response) => FAULTS['half-body'](response),
};

function fail(kind: Kind, response: ServerResponse): void {
  ANSWERS[kind](response);
}
