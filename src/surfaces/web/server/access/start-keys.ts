import { timingSafeEqual } from 'node:crypto';
import { hashOf, newKey } from './keys.ts';

/** Keys for the link that is printed at the start. Each works once, until the process ends. */
export class StartKeys {
  readonly #hashes: string[] = [];

  make(): string {
    const key = newKey();
    this.#hashes.push(hashOf(key));
    if (this.#hashes.length > 20) this.#hashes.shift();
    return key;
  }

  has(key: string): boolean {
    return this.#find(key) !== undefined;
  }

  /** True for the first who comes with it. */
  take(key: string): boolean {
    const found = this.#find(key);
    if (found === undefined) return false;
    this.#hashes.splice(this.#hashes.indexOf(found), 1);
    return true;
  }

  /** Compares with every key there is, in constant time, so that the time taken tells nothing. */
  #find(key: string): string | undefined {
    const hash = Buffer.from(hashOf(key));
    return this.#hashes.filter((one) => timingSafeEqual(Buffer.from(one), hash)).at(0);
  }
}
