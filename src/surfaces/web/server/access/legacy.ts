import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';
import * as z from 'zod';
import type { AccessStore } from '../../../../core/access.ts';
import type { Clock } from '../../../../core/ports.ts';
import { newId } from './keys.ts';
import { SESSION_MS } from './sessions.ts';

const File = z.object({
  secret: z.string().min(40),
  invitations: z.array(z.object({ hash: z.string(), name: z.string(), expiresAt: z.number() })),
  ended: z.array(z.object({ session: z.string(), at: z.number() })),
});
const Payload = z.object({ id: z.string(), name: z.string().min(1), at: z.number() });

/**
 * Access as an older version kept it: in a file beside the database, with sessions in signed cookies. Its invitations move
 * into the store once; who is signed in by such a cookie is recognised, and gets a session of today.
 */
export class LegacyAccess {
  readonly #state: z.output<typeof File>;
  readonly #clock: Clock;

  private constructor(state: z.output<typeof File>, clock: Clock) {
    this.#state = state;
    this.#clock = clock;
  }

  /** Undefined where there is no such file. @throws Error in a sentence when it cannot be read. */
  static async open(file: string, store: AccessStore, clock: Clock): Promise<LegacyAccess | undefined> {
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw new Error(`The file ${file} cannot be read (${error.code}). Check who owns it.`);
    });
    if (text === undefined) return undefined;
    const state = File.safeParse(parseJson(text));
    if (!state.success)
      throw new Error(`The file ${file} is damaged. Delete it: everybody signs in once more, nothing else is lost.`);
    for (const { hash, name, expiresAt } of state.data.invitations)
      await store.invite({ id: newId(), name, role: 'approver', by: 'earshot', until: expiresAt }, hash);
    // Taken out of the file, so that one that is used up does not come back at the next start.
    const left = { ...state.data, invitations: [] };
    await writeFileAtomic(file, `${JSON.stringify(left, null, 2)}\n`, { mode: 0o600 });
    return new LegacyAccess(left, clock);
  }

  /** Whose cookie this is, if it is one of the old kind that still holds. */
  nameIn(cookie: string): string | undefined {
    const dot = cookie.lastIndexOf('.');
    const value = cookie.slice(0, Math.max(dot, 0));
    const signed = createHmac('sha256', this.#state.secret).update(value).digest('base64').replace(/=+$/, '');
    const [given, expected] = [Buffer.from(cookie.slice(dot + 1)), Buffer.from(signed)];
    if (dot < 0 || given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
    const payload = Payload.safeParse(parseJson(Buffer.from(value, 'base64url').toString('utf8')));
    if (!payload.success || payload.data.at < this.#clock.now() - SESSION_MS) return undefined;
    if (this.#state.ended.some(({ session }) => session === payload.data.id)) return undefined;
    return payload.data.name;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
