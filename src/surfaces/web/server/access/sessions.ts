import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AccessStore, Person } from '../../../../core/access.ts';
import type { Clock, NewAuditEvent } from '../../../../core/ports.ts';
import type { Actor } from '../../../../core/rights.ts';
import { hashOf, newId, newKey } from './keys.ts';

const DAY_MS = 86_400_000;
export const SESSION_MS = 30 * DAY_MS;
/** Last use is written down this often, and not with every request. */
const TOUCH_MS = 5 * 60_000;
const AGENT_MAX = 200;

/** Somebody who asks: a person who is signed in, or a program with their token. */
export interface Session {
  /** Of the session or the token. */
  id: string;
  /** What they decide is recorded under it. */
  name: string;
  person: Person;
  actor: Actor;
  /** By a token, and so without a cookie. */
  byToken: boolean;
}

/** A session is a random key in a cookie, and its hash in the store. A browser shares cookies between all ports of a machine, so the name holds the port. */
export class Sessions {
  readonly #store: AccessStore;
  readonly #clock: Clock;
  readonly #secure: boolean;

  constructor(store: AccessStore, clock: Clock, secure: boolean) {
    this.#store = store;
    this.#clock = clock;
    this.#secure = secure;
  }

  async begin(answer: FastifyReply, person: Person, how: string): Promise<Session> {
    const { request } = answer;
    const key = newKey();
    const at = this.#clock.now();
    const id = newId();
    const agent = String(request.headers['user-agent'] ?? '').slice(0, AGENT_MAX);
    const session = { id, personId: person.id, at, usedAt: at, until: at + SESSION_MS, agent };
    await this.#store.beginSession(session, hashOf(key), this.event(person.name, 'signed-in', { how }));
    answer.setCookie(cookieName(request), key, { ...this.#attributes(), maxAge: SESSION_MS / 1000 });
    return sessionOf(id, person);
  }

  async read(request: FastifyRequest): Promise<Session | undefined> {
    const bearer = /^Bearer ([\w-]{20,100})$/.exec(request.headers.authorization ?? '')?.[1];
    if (bearer) return this.#byToken(bearer);
    const key = cookieIn(request);
    if (!key) return undefined;
    const now = this.#clock.now();
    const found = await this.#store.session(hashOf(key), now);
    if (!found) return undefined;
    const { session, person } = found;
    if (session.usedAt < now - TOUCH_MS) await this.#store.touch({ sessionId: session.id }, now);
    return sessionOf(session.id, person);
  }

  async end(answer: FastifyReply, session: Session): Promise<void> {
    await this.#store.endSessions({ id: session.id }, this.event(session.name, 'signed-out', {}));
    answer.clearCookie(cookieName(answer.request), this.#attributes());
  }

  event(actor: string, action: string, detail: Record<string, unknown>): NewAuditEvent {
    return { at: this.#clock.now(), actor, action, subject: 'people', detail };
  }

  async #byToken(key: string): Promise<Session | undefined> {
    const now = this.#clock.now();
    const found = await this.#store.token(hashOf(key), now);
    if (!found) return undefined;
    const { token, person } = found;
    if ((token.usedAt ?? 0) < now - TOUCH_MS) await this.#store.touch({ tokenId: token.id }, now);
    const session = sessionOf(token.id, person);
    return { ...session, actor: { ...session.actor, scopes: token.scopes }, byToken: true };
  }

  #attributes() {
    return { path: '/', httpOnly: true, sameSite: 'strict', secure: this.#secure } as const;
  }
}

function sessionOf(id: string, person: Person): Session {
  const { name, role } = person;
  return { id, name, person, actor: { id: person.id, name, role }, byToken: false };
}

export function cookieIn(request: FastifyRequest): string | undefined {
  return request.cookies[cookieName(request)];
}

function cookieName(request: FastifyRequest): string {
  return `earshot-${request.socket.localPort ?? 0}`;
}
