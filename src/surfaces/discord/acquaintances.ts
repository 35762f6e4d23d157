import type { Lang } from './types.ts';

/** More are never remembered at once: whoever was met longest ago is forgotten. */
const PEOPLE_MAX = 10_000;

interface Known {
  lang?: Lang;
  staff?: boolean;
}

/**
 * What earlier meetings told about people: an ordinary message names neither the language of its author's Discord nor, in
 * a direct message, their roles. For the life of the process.
 */
export class Acquaintances {
  readonly #known = new Map<string, Known>();

  met(person: string, news: Known): void {
    const known = { ...this.#known.get(person), ...news };
    this.#known.delete(person);
    this.#known.set(person, known);
    const first = this.#known.keys().next().value;
    if (this.#known.size > PEOPLE_MAX && first !== undefined) this.#known.delete(first);
  }

  langOf(person: string): Lang | undefined {
    return this.#known.get(person)?.lang;
  }

  isStaff(person: string): boolean {
    return this.#known.get(person)?.staff ?? false;
  }
}
