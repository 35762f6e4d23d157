import { type IncomingMessage, request as open, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { FAULTS, LocalPlatform, sendTwice } from '../../platforms/local-server.ts';
import type { ReplyLine } from './platform.ts';

/** What becomes of the answer to a reply; `stored`: the platform has the reply all the same. */
export interface Mishap {
  as: 'reset' | 'silence' | 'half-body' | 500 | 'twice';
  stored: boolean;
}

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

/** The line between Earshot and a platform that talks HTTP, whichever it is: everything passes, but the answers to replies may get lost. */
export class Line extends LocalPlatform implements ReplyLine {
  readonly #to: URL;
  readonly #isReply: RegExp;
  /** What happens to the answers of the next replies, in turn. */
  readonly mishaps: Mishap[] = [];
  /** Called, and waited for, when a reply comes along, and again once the platform has it. */
  onReply: (moment: 'received' | 'stored') => unknown = () => {};

  /** @param isReply matches what posts a reply, as "POST /path?query" */
  constructor(to: string, isReply: RegExp) {
    super();
    this.#to = new URL(to);
    this.#isReply = isReply;
  }

  /** The platform's address, at this end of the line. */
  override get url(): string {
    return `${super.url}${this.#to.pathname.replace(/\/$/, '')}`;
  }

  protected override async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Whoever sent it may be dead by now: a platform takes a reply all the same.
    response.on('error', () => {});
    const body = await buffer(request);
    if (!this.#isReply.test(`${request.method} ${request.url}`)) return pass(await this.#ask(request, body), response);
    await this.onReply('received');
    const mishap = this.mishaps.shift();
    const answer = mishap?.stored === false ? undefined : await this.#ask(request, body);
    await this.onReply('stored');
    if (mishap && mishap.as !== 'twice') FAULTS[mishap.as](response);
    else if (mishap && answer) sendTwice(response, answer.status, JSON.parse(answer.body.toString()));
    else if (answer) pass(answer, response);
  }

  #ask({ method, url, headers }: IncomingMessage, body: Buffer): Promise<Answer> {
    const { hostname, port } = this.#to;
    return new Promise((resolve, reject) => {
      const asked = open({ hostname, port, method, path: url, headers }, (answer) => {
        const { statusCode: status = 502, headers } = answer;
        buffer(answer).then((body) => resolve({ status, headers, body }), reject);
      });
      asked.on('error', reject);
      asked.end(body);
    });
  }
}

function pass({ status, headers, body }: Answer, response: ServerResponse): void {
  const { 'transfer-encoding': _, connection: __, ...kept } = headers;
  response.writeHead(status, { ...kept, 'content-length': body.length }).end(body);
}
