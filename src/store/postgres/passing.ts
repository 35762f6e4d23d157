import { sql } from 'kysely';
import type { Machines } from '../../core/ports.ts';
import type { Db } from '../engine.ts';

export const PASSING = 'earshot_passing';

/** What processes tell each other and nobody keeps. A notification holds 8,000 bytes. */
export class Passing implements Pick<Machines, 'say' | 'hear'> {
  readonly #db: Db;
  readonly #self: string;
  readonly #listeners = new Set<(text?: string) => void>();

  constructor(db: Db, self: string) {
    this.#db = db;
    this.#self = self;
  }

  async say(text: string): Promise<void> {
    await sql`select pg_notify(${PASSING}, ${`${this.#self} ${text}`})`.execute(this.#db);
  }

  hear(listener: (text?: string) => void): () => void {
    const own = (text?: string) => listener(text);
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }

  /** What came over the channel, or nothing where something may have been missed. */
  came(news: string | undefined): void {
    const space = news?.indexOf(' ') ?? -1;
    if (news !== undefined && news.slice(0, space) === this.#self) return;
    for (const listener of this.#listeners) listener(news?.slice(space + 1));
  }
}
