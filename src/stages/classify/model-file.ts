import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { constants, deflateSync, inflateSync } from 'node:zlib';
import * as z from 'zod';
import type { ModelHead, Net, TrainedModel } from './model.ts';
import type { VectorTable } from './word-vectors.ts';

/**
 * A model is two files: `model.json`, the head a person can read, and `model.bin`, little-endian: row hashes (u32),
 * inverse document frequencies (f32), scales and biases per column (f32), weights (i8, row by row). Where
 * there is a net, its scales, biases, outputs and output biases (f32) stand before the weights, its inputs (i8) behind them;
 * where there are word vectors, the hashes of the words (u32) before the weights, the vectors (i8) at the end; where there is a
 * dictionary, its hashes (u32) and costs (f32) before the weights. Packed with zlib as a whole; models of format 2, which releases before word vectors wrote, are not packed.
 */
const HEAD = 'model.json';
const BODY = 'model.bin';

const Head = z.object({
  format: z.literal([2, 3]),
  version: z.string(),
  labels: z.array(z.string()).min(2),
  rows: z.int().nonnegative(),
  features: z.object({
    words: z.int().min(1),
    pieces: z.tuple([z.int(), z.int()]),
    characters: z.int().min(1),
    pairs: z.int().nonnegative().default(0),
  }),
  temperature: z.number().positive(),
  lexiconWeight: z.number().nonnegative(),
  unsureBelow: z.array(z.number().min(0).max(1)),
  urgentFrom: z.number().optional(),
  hidden: z.array(z.string()),
  regional: z.record(z.string(), z.string()),
  senses: z.record(z.string(), z.array(z.string())).default({}),
  units: z.int().nonnegative(),
  vectors: z.object({ words: z.int().nonnegative(), dims: z.int().nonnegative() }).default({ words: 0, dims: 0 }),
  dictionary: z.int().nonnegative().default(0),
  examples: z.int().nonnegative(),
});

/** Writes a model into a folder, which is made where it is missing. */
export async function saveModel(model: TrainedModel, dir: string): Promise<void> {
  await mkdir(dir, { recursive: true });
  const { net, wordVectors, dictionary } = model;
  const arrays: (Uint32Array | Float32Array | Int8Array)[] = [
    model.hashes,
    model.idf,
    model.scales,
    model.biases,
    ...(net ? [net.scales, net.biases, net.outputs, net.outputBiases] : []),
    ...(wordVectors ? [wordVectors.hashes] : []),
    ...(dictionary ? [dictionary.hashes, dictionary.costs] : []),
    model.weights,
    ...(net ? [net.inputs] : []),
    ...(wordVectors ? [wordVectors.values] : []),
  ];
  const body = Buffer.concat(arrays.map((array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength)));
  await writeFile(join(dir, BODY), deflateSync(body));
  await writeFile(join(dir, HEAD), `${JSON.stringify(model.head, null, 2)}\n`);
}

/**
 * Reads a model that `saveModel` wrote.
 * @throws Error that names the file, what is wrong with it, and what to do.
 */
export async function loadModel(dir: string): Promise<TrainedModel> {
  const [json, body] = await Promise.all([readFile(join(dir, HEAD), 'utf8'), readFile(join(dir, BODY))]).catch(
    (cause) => {
      throw new Error(
        `There is no model in ${dir} (${HEAD} and ${BODY}). Train one: earshot train --examples FILE --out ${dir}`,
        { cause },
      );
    },
  );
  const head = Head.safeParse(JSON.parse(json));
  if (!head.success)
    throw new Error(`${join(dir, HEAD)} cannot be used. ${z.prettifyError(head.error)} Train the model again.`);
  const whole = head.data.format === 2 ? body : inflate(body, join(dir, BODY));
  return unpack(head.data, whole, join(dir, BODY));
}

/** The version of the model in a folder, without reading all of it. */
export async function versionOfModel(dir: string): Promise<string> {
  return Head.pick({ version: true }).parse(JSON.parse(await readFile(join(dir, HEAD), 'utf8'))).version;
}

/** What can be read of a file that breaks off is read: its length then tells that it does. */
function inflate(body: Buffer, file: string): Buffer {
  try {
    return inflateSync(body, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch (cause) {
    throw new Error(`${file} is damaged and cannot be unpacked. Train the model again.`, { cause });
  }
}

function unpack(head: ModelHead, body: Buffer, file: string): TrainedModel {
  const { labels, units, vectors, dictionary } = head;
  const rows = head.rows + vectors.dims;
  const width = labels.length + (head.urgentFrom === undefined ? 0 : 1);
  const netSize = units === 0 ? 0 : (2 * units + labels.length * (units + 1)) * 4 + rows * units;
  const expected =
    head.rows * 8 + width * 8 + rows * width + netSize + vectors.words * (4 + vectors.dims) + dictionary * 8;
  if (body.length !== expected)
    throw new Error(`${file} has ${body.length} bytes instead of ${expected}. Train the model again.`);
  // Copied, so that the arrays are aligned whatever the buffer's offset.
  const buffer = body.buffer.slice(body.byteOffset, body.byteOffset + body.length) as ArrayBuffer;
  let at = 0;
  const take = <A>(
    make: new (buffer: ArrayBuffer, offset: number, length: number) => A,
    length: number,
    size: number,
  ): A => {
    const array = new make(buffer, at, length);
    at += length * size;
    return array;
  };
  const floats = (length: number) => take(Float32Array, length, 4);
  const model = {
    head,
    hashes: take(Uint32Array, head.rows, 4),
    idf: floats(head.rows),
    scales: floats(width),
    biases: floats(width),
  };
  const net: Omit<Net, 'inputs'> | undefined =
    units === 0
      ? undefined
      : {
          scales: floats(units),
          biases: floats(units),
          outputs: floats(labels.length * units),
          outputBiases: floats(labels.length),
        };
  const words = take(Uint32Array, vectors.words, 4);
  const known = { hashes: take(Uint32Array, dictionary, 4), costs: floats(dictionary) };
  const bytes = (length: number) => take(Int8Array, length, 1);
  const weights = bytes(rows * width);
  const whole = net && { ...net, inputs: bytes(rows * units) };
  const wordVectors: VectorTable | undefined =
    vectors.words === 0
      ? undefined
      : { dims: vectors.dims, hashes: words, values: bytes(vectors.words * vectors.dims) };
  return {
    ...model,
    weights,
    ...(whole && { net: whole }),
    ...(wordVectors && { wordVectors }),
    ...(dictionary > 0 && { dictionary: known }),
  };
}
