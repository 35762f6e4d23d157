import { cp, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import * as z from 'zod';
import type { TrainedModel } from '../model.ts';
import { saveModel, versionOfModel } from '../model-file.ts';
import type { Example } from '../train/examples.ts';

/**
 * The models of one data directory: a challenger that waits to be judged, those that were promoted, and which of them is
 * in use. The shipped model is never touched; it is in use until another is promoted, and again when all were rolled back.
 */
const CHALLENGER = 'challenger';
const IN_USE = 'in-use.json';
const TRAINING = 'training.json';
const HELD_OUT = 'held-out.json';
const COMPARED = 'compared.json';

const Promotion = z.strictObject({ model: z.string().regex(/^[0-9a-f]{8}$/), by: z.string(), at: z.number() });
/** Everything that was promoted and not rolled back, oldest first. */
export const Promotions = z.array(Promotion);
const InUse = z.strictObject({ promoted: Promotions });
/** Files of one model by name, as base64. */
const Packed = z.record(z.string().regex(/^[\w-]+\.\w+$/), z.base64());
/** A model that was promoted: its version, and who put it in use when. */
export type Promotion = z.output<typeof Promotion>;

const Training = z.object({
  by: z.string(),
  at: z.number(),
  /** How many texts it learned from what came along, and from what people taught. */
  examples: z.int(),
  lessons: z.int(),
  /** Marks of all texts it learned: see `imprintOf`. */
  seen: z.array(z.string()),
});
const HeldOut = z.array(z.object({ text: z.string(), label: z.string() }));
/** What a model of the data directory was made from. */
export type Training = z.output<typeof Training>;

export class ModelLibrary {
  readonly #dir: string;
  readonly #shipped: string;
  #changed: () => Promise<void> = async () => {};

  /** @param dir `models` of the data directory; made when something is kept there */
  constructor(dir: string, shipped: string) {
    this.#dir = dir;
    this.#shipped = shipped;
  }

  /** What is done after this machine promoted a model or went back, such as telling the other machines. */
  afterChange(changed: () => Promise<void>): void {
    this.#changed = changed;
  }

  get challengerDir(): string {
    return join(this.#dir, CHALLENGER);
  }

  /** The folder of the model in use, and its promotion where it is not the shipped one. */
  async inUse(): Promise<{ dir: string; promotion?: Promotion }> {
    const promotion = (await this.#promoted()).at(-1);
    return promotion ? { dir: join(this.#dir, promotion.model), promotion } : { dir: this.#shipped };
  }

  /** Changes whenever another model is put in use, by whatever process. */
  async mark(): Promise<string> {
    const found = await stat(join(this.#dir, IN_USE)).catch(() => undefined);
    return found ? `${found.mtimeMs} ${found.size} ${found.ino}` : '';
  }

  /** What a model learned; undefined for one that does not say, such as the shipped one. */
  async trainingOf(dir: string): Promise<Training | undefined> {
    const text = await readFile(join(dir, TRAINING), 'utf8').catch(() => undefined);
    return text === undefined ? undefined : Training.parse(JSON.parse(text));
  }

  /** The version of the challenger, where one waits. */
  async challengerVersion(): Promise<string | undefined> {
    return (await this.hasChallenger()) ? versionOfModel(this.challengerDir) : undefined;
  }

  hasChallenger(): Promise<boolean> {
    return isThere(join(this.challengerDir, TRAINING));
  }

  /**
   * Keeps a model to be compared with the one in use.
   * @param heldOut what it is to be measured on, beside what people taught: their words stay in the store, where they are
   * erased when they are erased at the source
   */
  saveChallenger(model: TrainedModel, training: Training, heldOut: readonly Example[]): Promise<void> {
    return this.#save(CHALLENGER, model, training, heldOut);
  }

  /** Everything that was promoted and not rolled back, oldest first. */
  promoted(): Promise<Promotion[]> {
    return this.#promoted();
  }

  has(version: string): Promise<boolean> {
    return isThere(join(this.#dir, version));
  }

  /** All files of a promoted model as one text, to be carried to another machine. */
  async pack(version: string): Promise<string> {
    const dir = join(this.#dir, version);
    const names = (await readdir(dir)).sort();
    const files = names.map(async (name) => [name, (await readFile(join(dir, name))).toString('base64')] as const);
    return JSON.stringify(Object.fromEntries(await Promise.all(files)));
  }

  /** Makes of such a text the model again. Under another name until it is whole. */
  async unpack(version: string, packed: string): Promise<void> {
    const making = join(this.#dir, `${version}.new`);
    await rm(making, { recursive: true, force: true });
    await mkdir(making, { recursive: true });
    for (const [name, base64] of Object.entries(Packed.parse(JSON.parse(packed))))
      await writeFileAtomic(join(making, name), Buffer.from(base64, 'base64'));
    await rm(join(this.#dir, version), { recursive: true, force: true });
    await rename(making, join(this.#dir, version));
  }

  /** Puts in use what another machine promoted or rolled back. */
  async take(promoted: readonly Promotion[]): Promise<void> {
    await mkdir(this.#dir, { recursive: true });
    await this.#write([...promoted]);
  }

  /** Keeps what a comparison of the challenger found, as long as there is that challenger. */
  async keepComparison(found: object): Promise<void> {
    await writeFileAtomic(join(this.challengerDir, COMPARED), `${JSON.stringify(found)}\n`);
  }

  /** What `keepComparison` kept last, unread; undefined where nothing was compared. */
  async comparison(): Promise<unknown> {
    const text = await readFile(join(this.challengerDir, COMPARED), 'utf8').catch(() => undefined);
    return text === undefined ? undefined : JSON.parse(text);
  }

  /** The texts that a challenger is measured on, beside what people taught. */
  async heldOut(): Promise<Example[]> {
    return HeldOut.parse(JSON.parse(await readFile(join(this.challengerDir, HELD_OUT), 'utf8')));
  }

  /** Puts the challenger in use. Interrupted at any point, the old model or the new one is in use, whole. */
  async promote(version: string, by: string, at: number): Promise<void> {
    const dir = join(this.#dir, version);
    await rm(dir, { recursive: true, force: true });
    await cp(this.challengerDir, dir, { recursive: true });
    await this.#write([...(await this.#promoted()), { model: version, by, at }]);
    await rm(this.challengerDir, { recursive: true, force: true });
    await this.#changed();
  }

  /** Puts the model before the present one in use. Returns the one that went, or nothing where the shipped one is in use. */
  async rollBack(): Promise<Promotion | undefined> {
    const promoted = await this.#promoted();
    const gone = promoted.pop();
    if (gone) {
      await this.#write(promoted);
      await this.#changed();
    }
    return gone;
  }

  async #promoted(): Promise<Promotion[]> {
    const file = join(this.#dir, IN_USE);
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (text === undefined) return [];
    try {
      return InUse.parse(JSON.parse(text)).promoted;
    } catch (cause) {
      throw new Error(`${file} cannot be read. Remove it to go on with the shipped model, or put it right.`, { cause });
    }
  }

  async #write(promoted: Promotion[]): Promise<void> {
    await writeFileAtomic(join(this.#dir, IN_USE), `${JSON.stringify({ promoted }, null, 2)}\n`);
  }

  /** Under another name until it is whole. */
  async #save(name: string, model: TrainedModel, training: Training, heldOut: readonly Example[]): Promise<void> {
    const making = join(this.#dir, `${name}.new`);
    await rm(making, { recursive: true, force: true });
    await mkdir(making, { recursive: true });
    await saveModel(model, making);
    await writeFileAtomic(join(making, TRAINING), `${JSON.stringify(training)}\n`);
    const texts = heldOut.map(({ text, label }) => ({ text, label }));
    await writeFileAtomic(join(making, HELD_OUT), `${JSON.stringify(texts)}\n`);
    await rm(join(this.#dir, name), { recursive: true, force: true });
    await rename(making, join(this.#dir, name));
  }
}

const isThere = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );
