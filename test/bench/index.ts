import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { availableParallelism, type } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { benchArchive } from './archive.ts';
import type { Standing } from './classifiers/index.ts';
import { benchCrowd } from './crowd.ts';
import { benchDiscord } from './discord.ts';
import { benchGrowth } from './growth.ts';
import { benchInbox } from './inbox.ts';
import { benchLarge } from './large.ts';
import { jsonOf, type Measurement, tableOf } from './measurement.ts';
import { benchPipeline } from './pipeline.ts';

/**
 * Speed and memory as one table: `npm run bench`, which takes about an hour for a million mentions on both engines;
 * `npm run -s bench -- --json` for one line a measurement, `--only growth` for a part, `--sizes 1000,10000` (a few minutes)
 * and `--engine SQLite` for less of the growth,
 * `--only classifiers` to compare with other packages, which takes minutes,
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
  discord: () => benchDiscord(),
  inbox: () => benchInbox(),
  crowd: () => benchCrowd(),
};
/** Only where it is asked for: `--only large --sizes 10000000`. */
const LARGE = () => benchLarge(Number(values.sizes ?? 10_000_000));

if (values.only === 'large') BENCHES.large = LARGE;
/** Long, and fetches what it compares with: only when it is asked for. */
const COMPARE = 'classifiers';
if (values.only && values.only !== COMPARE && !(values.only in BENCHES))
  throw new Error(`There is: ${[...Object.keys(BENCHES), COMPARE].join(', ')}.`);
if (values.only === COMPARE) {
  const { benchClassifiers } = await import('./classifiers/index.ts');
  await benchClassifiers(sayStanding);
}
const all: Measurement[] = [];
for (const [name, bench] of Object.entries(BENCHES)) {
  if (values.only && values.only !== name) continue;
  for await (const measurement of await bench()) {
    all.push(measurement);
    say(measurement);
  }
}
if (!values.json && values.only !== COMPARE) {
  console.log(`
Earshot on ${availableParallelism()} processors, ${type()}, Node ${process.versions.node}. In each column: with so many mentions.
Three figures are the middle and what one in twenty and one in a hundred exceeds (p50 / p95 / p99); one was measured once.
${tableOf(all)}`);
}

/** For a program each figure at once; for a person how far it is, and all of them in one table at the end. */
function say(measurement: Measurement) {
  if (values.json) return console.log(jsonOf(measurement));
  const { name, engine, n } = measurement;
  console.error(`measured: ${name}${engine === 'none' ? '' : `, ${engine}`}, ${n.toLocaleString('en')}`);
}

function sayStanding(standing: Standing) {
  if (values.json) return console.log(JSON.stringify(standing));
  const { name, macroF1, english, chinese, accuracy, trainSeconds, textsPerSecond } = standing;
  const share = (value: number) => value.toFixed(3);
  console.log(
    `${name.padEnd(26)} macro-F1 ${share(macroF1)} (en ${share(english)}, zh ${share(chinese)})  accuracy ${share(accuracy)}  trained in ${trainSeconds.toFixed(1).padStart(6)} s  ${Math.round(textsPerSecond).toString().padStart(6)} texts/s`,
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
