/**
 * `npm run -s fuzz -- --cases 100000 --json` prints `{"cases","crashes","hangs","leaks"}`. Ends with 1 when there was one.
 * `--seed 7` tries other cases; a fault is told with its number, so that it can be looked at again.
 */
import { parseArgs } from 'node:util';
import { fuzz } from './fuzz.ts';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean' },
  },
});
const [cases, seed] = [Number(values.cases), Number(values.seed)];
if (!Number.isInteger(cases) || cases < 1 || !Number.isInteger(seed)) {
  console.error('--cases is a whole number from 1, --seed a whole number.');
  process.exit(2);
}
const report = await fuzz(cases, seed, ({ kind, number, target, what }) =>
  console.error(`${kind} in ${target}, case ${number} of seed ${seed}: ${what}`),
);
const words = Object.entries(report).map(([what, count]) => `${what} ${count}`);
console.log(values.json ? JSON.stringify(report) : words.join('  '));
if (report.crashes + report.hangs + report.leaks > 0) process.exitCode = 1;
