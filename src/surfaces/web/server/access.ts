import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';
import * as z from 'zod';
import type { Clock } from '../../../core/ports.ts';

const DAY_MS = 86_400_000;
export const SESSION_MS = 30 * DAY_MS;
const INVITATION_MS = 7 * DAY_MS;

const File = z.object({
  /** Signs session cookies. Deleting the file signs everybody out. */
  secret: z.string().min(40),
  invitations: z.array(z.object({ hash: z.string(), name: z.string(), expiresAt: z.number() })),
  ended: z.array(z.object({ session: z.string(), at: z.number() })),
});

interface Key {
  /** SHA-256 of the key, hex: what is on the disk opens nothing. */
  hash: string;
  name: string;
  expiresAt: number;
}

/** Who a key is for. An invitation travels through other people's programs, so it asks before it is used up. */
export interface Opened {
  name: string;
  kind: 'start' | 'invitation';
}

/** One-time keys, invitations, ended sessions and the signing secret. */
export class Access {
  readonly secret: string;
  readonly #file: string;
  readonly #clock: Clock;
  /** Of this start only: the next one makes its own. */
  readonly #startKeys: Key[] = [];
  #invitations: Key[];
  #ended: { session: string; at: number }[];
  #writing: Promise<void> = Promise.resolve();

  private constructor(file: string, clock: Clock, state: z.output<typeof File>) {
    this.#file = file;
    this.#clock = clock;
    this.secret = state.secret;
    this.#invitations = state.invitations;
    this.#ended = state.ended.filter(({ at }) => at > clock.now() - SESSION_MS);
  }

  /** @throws Error in a sentence when the file is there and cannot be read. */
  static async open(file: string, clock: Clock): Promise<Access> {
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw new Error(`The file ${file} cannot be read (${error.code}). Check who owns it.`);
    });
    if (text === undefined) {
      const access = new Access(file, clock, { secret: newKey(), invitations: [], ended: [] });
      await access.#save();
      return access;
    }
    const state = File.safeParse(parseJson(text));
    if (state.success) return new Access(file, clock, state.data);
    throw new Error(`The file ${file} is damaged. Delete it: everybody signs in once more, nothing else is lost.`);
  }

  /** A key for the link that is printed at the start. Works once, until the process ends. */
  startKey(name: string): string {
    const key = newKey();
    this.#startKeys.push({ hash: hashOf(key), name, expiresAt: Number.POSITIVE_INFINITY });
    if (this.#startKeys.length > 20) this.#startKeys.shift();
    return key;
  }

  async invite(name: string): Promise<{ key: string; expiresAt: number }> {
    const key = newKey();
    const expiresAt = this.#clock.now() + INVITATION_MS;
    this.#invitations = this.#invitations.filter((invitation) => invitation.expiresAt > this.#clock.now());
    this.#invitations.push({ hash: hashOf(key), name, expiresAt });
    await this.#save();
    return { key, expiresAt };
  }

  /** Whose key this is, without using it up. */
  peek(key: string): Opened | undefined {
    const found = this.#find(key);
    return found && { name: found.key.name, kind: found.kind };
  }

  /** Uses a key up. It is gone before anything else can happen, and from the disk before the answer goes out. */
  async redeem(key: string): Promise<Opened | undefined> {
    const found = this.#find(key);
    if (!found) return undefined;
    if (found.kind === 'start') this.#startKeys.splice(this.#startKeys.indexOf(found.key), 1);
    else {
      this.#invitations = this.#invitations.filter((invitation) => invitation !== found.key);
      await this.#save();
    }
    return { name: found.key.name, kind: found.kind };
  }

  async endSession(session: string): Promise<void> {
    this.#ended.push({ session, at: this.#clock.now() });
    await this.#save();
  }

  isEnded(session: string): boolean {
    return this.#ended.some((ended) => ended.session === session);
  }

  /** Compares with every key there is, in constant time, so that the time taken tells nothing. */
  #find(key: string): { key: Key; kind: Opened['kind'] } | undefined {
    const hash = Buffer.from(hashOf(key));
    const now = this.#clock.now();
    const all = [
      ...this.#startKeys.map((candidate) => ({ key: candidate, kind: 'start' as const })),
      ...this.#invitations.map((candidate) => ({ key: candidate, kind: 'invitation' as const })),
    ];
    const matching = all.filter((candidate) => timingSafeEqual(Buffer.from(candidate.key.hash), hash));
    return matching.find((candidate) => candidate.key.expiresAt > now);
  }

  #save(): Promise<void> {
    this.#writing = this.#writing
      .catch(() => {})
      .then(() => {
        const state = { secret: this.secret, invitations: this.#invitations, ended: this.#ended };
        return writeFileAtomic(this.#file, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
      });
    return this.#writing;
  }
}

/** 256 random bits, fit for an address. */
function newKey(): string {
  return randomBytes(32).toString('base64url');
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
