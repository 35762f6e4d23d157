import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { benchArchive } from './archive.ts';
import { benchGrowth } from './growth.ts';
import { growthTable, type Measurement } from './measurement.ts';
import { benchPipeline } from './pipeline.ts';

/**
 * Speed and memory as one table: `npm run bench`, `npm run -s bench -- --json` for one line a measurement,
 * `--only pipeline` for a part, `--sizes 1000,100000` and `--engine SQLite` for less of the growth,
 * `--texts FILE` for texts of your own (JSON lines with "text"), once for each file.
 */
const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    only: { type: 'string' },
    texts: { type: 'string', multiple: true },
    sizes: { type: 'string' },
    engine: { type: 'string' },
  },
});
const PIPELINE_TEXTS = 10_000;

const BENCHES: Record<string, () => AsyncIterable<Measurement> | Promise<Measurement[]>> = {
  pipeline: () => benchPipeline(texts()),
  growth: () => benchGrowth(texts(), values.sizes?.split(',').map(Number), values.engine?.split(',')),
  archive: () => benchArchive(),
};

if (values.only && !(values.only in BENCHES)) throw new Error(`There is: ${Object.keys(BENCHES).join(', ')}.`);
const all: Measurement[] = [];
for (const [name, bench] of Object.entries(BENCHES)) {
  if (values.only && values.only !== name) continue;
  for await (const measurement of await bench()) {
    all.push(measurement);
    say(measurement);
  }
}
if (!values.json) console.log(growthTable(all));

function say(measurement: Measurement) {
  if (values.json) return console.log(JSON.stringify(measurement));
  const { name, engine, n, p50, p99, unit } = measurement;
  const figure = (value: number) => value.toPrecision(3).padStart(9);
  console.log(
    `${name.padEnd(44)} ${engine.padEnd(10)} n=${String(n).padEnd(8)} p50 ${figure(p50)}  p99 ${figure(p99)}  ${unit}`,
  );
}

/** The labelled examples, repeated under new names up to the number wanted; or the texts of the files that were given. */
function texts(): string[] {
  const examples = resolve(import.meta.dirname, '../../data/examples');
  const files =
    values.texts ??
    readdirSync(examples)
      .filter((file) => file.endsWith('.jsonl'))
      .map((file) => join(examples, file));
  const missing = files.find((file) => !existsSync(file));
  if (missing) throw new Error(`There is no file ${missing}.`);
  const own = files
    .flatMap((file) => readFileSync(file, 'utf8').trim().split('\n'))
    .map((line) => (JSON.parse(line) as { text: string }).text);
  return Array.from({ length: PIPELINE_TEXTS }, (_, at) => own[at % own.length] ?? '');
}
