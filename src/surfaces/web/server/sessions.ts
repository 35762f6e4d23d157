import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Clock } from '../../../core/ports.ts';
import { type Access, SESSION_MS } from './access.ts';

/** Somebody who is signed in. What they decide is recorded under `name`. */
export interface Session {
  id: string;
  name: string;
  /** When they signed in. */
  at: number;
}

const Payload = z.object({ id: z.string(), name: z.string().min(1), at: z.number() });

/**
 * Sessions live in a signed cookie: who has it is who it says, also after a restart. The cookie's name holds the port,
 * since a browser shares cookies between all ports of a machine.
 */
export class Sessions {
  readonly #access: Access;
  readonly #clock: Clock;
  readonly #secure: boolean;
  /** The names of the sessions that came by since the start. */
  readonly #names = new Map<string, string>();

  constructor(access: Access, clock: Clock, secure: boolean) {
    this.#access = access;
    this.#clock = clock;
    this.#secure = secure;
  }

  begin(answer: FastifyReply, name: string): Session {
    const session = { id: randomBytes(16).toString('base64url'), name, at: this.#clock.now() };
    answer.setCookie(cookieName(answer.request), Buffer.from(JSON.stringify(session)).toString('base64url'), {
      ...this.#attributes(),
      signed: true,
      maxAge: SESSION_MS / 1000,
    });
    this.#names.set(session.id, name);
    return session;
  }

  read(request: FastifyRequest): Session | undefined {
    const cookie = request.cookies[cookieName(request)];
    const { valid, value } = cookie ? request.unsignCookie(cookie) : { valid: false, value: null };
    if (!valid || value === null) return undefined;
    const payload = Payload.safeParse(parseBase64Json(value));
    if (!payload.success || payload.data.at < this.#clock.now() - SESSION_MS) return undefined;
    if (this.#access.isEnded(payload.data.id)) return undefined;
    this.#names.set(payload.data.id, payload.data.name);
    return payload.data;
  }

  async end(answer: FastifyReply, session: Session): Promise<void> {
    await this.#access.endSession(session.id);
    this.#names.delete(session.id);
    answer.clearCookie(cookieName(answer.request), this.#attributes());
  }

  names(): string[] {
    return [...new Set(this.#names.values())];
  }

  /** Whether somebody else goes by this name: nobody may sign as a colleague. */
  isTaken(name: string, but: Session): boolean {
    return [...this.#names].some(([id, other]) => id !== but.id && sameName(other, name));
  }

  #attributes() {
    return { path: '/', httpOnly: true, sameSite: 'strict', secure: this.#secure } as const;
  }
}

export function sameName(one: string, other: string): boolean {
  const fold = (name: string) => name.normalize('NFKC').toLowerCase();
  return fold(one) === fold(other);
}

function cookieName(request: FastifyRequest): string {
  return `earshot-${request.socket.localPort ?? 0}`;
}

function parseBase64Json(value: string): unknown {
  try {
    return JSON.parse(Buffer.from(value, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
