import type { ModelShelf } from '../core/ports.ts';
import { keepDoing } from '../schedule/index.ts';
import { type ModelLibrary, type Promotion, Promotions } from '../stages/classify/index.ts';

/** Where the shelf says which models were promoted. Versions are hexadecimal: none is called so. */
const IN_USE = 'in-use';
const LOOK_MS = 15_000;
/** As often as two machines may promote at once. */
const TRIES = 20;

/**
 * The models of one machine and those that all machines share. A promotion or a way back on one machine is put on the
 * shelf; the others take it from there. A challenger stays where it was trained until it is promoted.
 */
export class SharedModels {
  readonly #library: ModelLibrary;
  readonly #shelf: ModelShelf;

  constructor(library: ModelLibrary, shelf: ModelShelf) {
    this.#library = library;
    this.#shelf = shelf;
  }

  /** Puts what this machine uses on the shelf. The model first, so that whoever reads which is in use finds it there. */
  async push(): Promise<void> {
    const promoted = await this.#library.promoted();
    for (const { model } of promoted) {
      if ((await this.#shelf.read(model)) === undefined)
        await this.#shelf.replace(model, undefined, await this.#library.pack(model));
    }
    for (let tried = 0; tried < TRIES; tried += 1) {
      const before = await this.#shelf.read(IN_USE);
      if (await this.#shelf.replace(IN_USE, before, JSON.stringify(promoted))) return;
    }
    throw new Error('The model in use is changed by several machines at once. Try it again.');
  }

  /**
   * Takes up what the shelf says, models included. Where it is empty, what this machine has is the beginning.
   *
   * @returns whether another model is in use now
   */
  async pull(): Promise<boolean> {
    const text = await this.#shelf.read(IN_USE);
    const own = await this.#library.promoted();
    if (text === undefined) {
      if (own.length > 0) await this.push();
      return false;
    }
    const promoted: Promotion[] = Promotions.parse(JSON.parse(text));
    if (JSON.stringify(promoted) === JSON.stringify(own)) return false;
    for (const { model } of promoted) {
      if (await this.#library.has(model)) continue;
      const packed = await this.#shelf.read(model);
      if (packed === undefined) throw new Error(`The model ${model} is in use and lies on no shelf. Promote it again.`);
      await this.#library.unpack(model, packed);
    }
    await this.#library.take(promoted);
    return true;
  }
}

/** Follows the shelf until `signal` was aborted. */
export function followModels(
  shared: Pick<SharedModels, 'pull'>,
  log: { info(message: string, fields?: object): void; warn(message: string, fields?: object): void },
  signal: AbortSignal,
): Promise<void> {
  const round = async () => {
    if (await shared.pull()) log.info('another model is in use on all machines');
  };
  return keepDoing('models', round, { store: { watch: () => () => {} }, everyMs: LOOK_MS, signal, log });
}
