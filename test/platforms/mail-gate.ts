import { connect, createServer, type Server, type Socket } from 'node:net';
import { FAULTS } from './local-server.ts';

/** How one request goes wrong. A text is said in place of the answer, with `%` for the tag of IMAP. */
export type MailFault = 'reset' | 'silence' | 'html' | 'half-body' | 'empty' | { say: string };

/** What a fault page looks like where mail was expected: a sign-in page of a hotel. */
const HTML = '<!doctype html><html><head><title>Sign in</title></head><body><form>...</form></body></html>\r\n';

export interface GateRules {
  /** Asked for each request. `connect` stands for the greeting; for SMTP `message` stands for the end of the message. */
  fault(request: string): MailFault | undefined;
  /** SMTP: the server gets the message all the same. */
  stored?(): boolean;
}

/** A mail server seen through a gate at which requests go wrong. */
export class MailGate {
  readonly #server: Server;
  readonly #open = new Set<Socket>();
  port = 0;
  /** The most that were connected at the same time. */
  most = 0;
  /** Bytes that came from the server. */
  answered = 0;

  constructor(
    speak: (client: Socket, server: Socket, rules: GateRules) => void,
    behind: () => number,
    rules: GateRules,
  ) {
    this.#server = createServer((client) => {
      this.#open.add(client);
      this.most = Math.max(this.most, this.#open.size);
      client.once('close', () => this.#open.delete(client));
      client.on('error', () => {});
      client.setNoDelay(true);
      const fault = rules.fault('connect');
      if (fault) {
        misbehave(fault, client);
        return;
      }
      const server = connect(behind(), '127.0.0.1').setNoDelay(true);
      server.on('error', () => client.destroy());
      server.on('data', (chunk) => {
        this.answered += chunk.length;
      });
      server.once('close', () => client.end());
      client.once('close', () => server.destroy());
      speak(client, server, rules);
    });
  }

  /** How many are connected. */
  get connections(): number {
    return this.#open.size;
  }

  async start(port = 0): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve));
    this.port = (this.#server.address() as { port: number }).port;
    return this;
  }

  /** Breaks every connection, as a server that restarts does. */
  cut(): void {
    for (const socket of this.#open) socket.destroy();
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.cut();
    await closed;
  }
}

function misbehave(fault: MailFault, client: Socket, tag = '*'): void {
  if (typeof fault === 'object') client.write(`${fault.say.replace('%', tag)}\r\n`);
  else if (fault === 'reset') client.resetAndDestroy();
  else if (fault === 'html') client.end(HTML);
  else if (fault === 'empty') client.write(`${tag} OK done\r\n`);
  else if (fault === 'half-body') client.end('* OK [CAPAB');
  else FAULTS.silence();
}

/** Passes IMAP on, command by command. */
export function speakImap(client: Socket, server: Socket, rules: GateRules): void {
  let waiting = '';
  let literal = 0;
  let cutAnswer = false;
  server.on('data', (chunk) => {
    if (!cutAnswer) client.write(chunk);
    else if (chunk.length > 8) client.end(chunk.subarray(0, chunk.length / 2), () => client.destroy());
  });
  client.on('data', (chunk) => {
    waiting += chunk.toString('latin1');
    for (;;) {
      if (literal > 0) {
        const part = waiting.slice(0, literal);
        literal -= part.length;
        waiting = waiting.slice(part.length);
        server.write(part, 'latin1');
        if (literal > 0) return;
      }
      const end = waiting.indexOf('\r\n');
      if (end < 0) return;
      const line = waiting.slice(0, end);
      waiting = waiting.slice(end + 2);
      literal = Number(/\{(\d+)\+?\}$/.exec(line)?.[1] ?? 0);
      const [, tag = '', , name] = /^([A-Z\d]+) (UID )?([A-Z]{3,})\b/i.exec(line) ?? [];
      const fault = name ? rules.fault(name.toUpperCase()) : undefined;
      if (fault === 'half-body') cutAnswer = true;
      else if (fault) {
        misbehave(fault, client, tag);
        continue;
      }
      server.write(`${line}\r\n`, 'latin1');
    }
  });
}

/** Passes SMTP on. What goes wrong with a message does so at its end. */
export function speakSmtp(client: Socket, server: Socket, rules: GateRules): void {
  let message = false;
  let refused = false;
  let waiting = '';
  let atEnd: MailFault | undefined;
  // Commands come in one piece where the server allows it, and are answered in their order.
  let unanswered = 1;
  const later: (() => void)[] = [];
  const inOrder = (act: () => void) => (unanswered > 0 ? later.push(act) : act());
  server.on('data', (chunk) => {
    const said = chunk.toString('latin1');
    if (/^354/m.test(said)) message = true;
    unanswered -= said.match(/^\d{3} /gm)?.length ?? 0;
    if (atEnd) endWith(atEnd, client);
    else client.write(chunk);
    if (unanswered <= 0) for (const act of later.splice(0)) act();
  });
  client.on('data', (chunk) => {
    waiting += chunk.toString('latin1');
    while (waiting) {
      const mark = message ? '\r\n.\r\n' : '\r\n';
      const at = waiting.indexOf(mark);
      if (at < 0) return;
      const said = waiting.slice(0, at + mark.length);
      waiting = waiting.slice(said.length);
      const request = message ? 'message' : (/^[A-Z]+/i.exec(said)?.[0].toUpperCase() ?? '');
      message = false;
      const fault = rules.fault(request);
      if (fault && request === 'message' && rules.stored?.()) atEnd = fault;
      else if (fault || refused) {
        // Without a sender there are no recipients, and no message.
        refused = true;
        inOrder(() => endWith(fault ?? { say: '503 5.5.1 Bad sequence of commands' }, client));
        continue;
      }
      unanswered++;
      server.write(said, 'latin1');
    }
  });
}

function endWith(fault: MailFault, client: Socket): void {
  if (fault === 'half-body') client.end('250 2');
  else if (fault === 'empty') client.end();
  else misbehave(fault, client);
}
