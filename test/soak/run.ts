/**
 * `npm run -s soak -- --minutes 10 --json` prints `{"minutes","ops","errors","rssStartMB","rssEndMB","p99ms"}`: Earshot as
 * it is started, over local platforms on which people live twelve times as fast, with four colleagues who read, approve,
 * edit and dismiss all the time. `p99ms` is that of an approval. Ends with 1 when there was an error, when memory or open
 * handles grew by more than a quarter after the first tenth, when it did not stop by itself, or when the log is not whole.
 */
import { parseArgs } from 'node:util';
import { seeded } from '../../src/stages/classify/train/random.ts';
import { openHouse } from './house.ts';
import { work } from './shift.ts';

const COLLEAGUES = 4;
const SPEED = 12;
/** Handles come and go with requests; only growth beyond this is a leak. */
const HANDLES_SLACK = 40;

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '1' }, json: { type: 'boolean' } } });
const minutes = Number(values.minutes);
if (!(minutes > 0 && minutes <= 10)) {
  console.error('--minutes is a number above 0, and at most 10.');
  process.exit(2);
}

const house = await openHouse(SPEED);
const weights: { rssMB: number; handles: number }[] = [];
const scales = setInterval(() => {
  const weight = house.weigh();
  if (weight) weights.push(weight);
}, 1_000);
const until = performance.now() + minutes * 60_000;
const shifts = await Promise.all(Array.from({ length: COLLEAGUES }, (_, n) => work(house, until, seeded(n + 1))));
clearInterval(scales);
const { stopped, auditWhole } = await house.close();

const tenth = Math.max(1, Math.floor(weights.length / 10));
const start = median(weights.slice(tenth, 2 * tenth));
const end = median(weights.slice(-tenth));
const approvals = shifts.flatMap((shift) => shift.approvals).sort((a, b) => a - b);
const report = {
  minutes,
  ops: sum(shifts.map(({ ops }) => ops)),
  errors: sum(shifts.map(({ errors }) => errors)),
  rssStartMB: Math.round(start.rssMB),
  rssEndMB: Math.round(end.rssMB),
  p99ms: Math.round((approvals[Math.floor(approvals.length * 0.99)] ?? 0) * 10) / 10,
};
console.log(
  values.json
    ? JSON.stringify(report)
    : `${Object.entries(report)
        .map(([what, value]) => `${what} ${value}`)
        .join('  ')}  approvals ${approvals.length}  handles ${start.handles} → ${end.handles}`,
);
const faults = [
  report.errors > 0 && 'there were errors',
  end.rssMB > start.rssMB * 1.25 && 'memory grew',
  end.handles > start.handles + HANDLES_SLACK && 'open handles grew',
  !stopped && 'it did not stop well',
  !auditWhole && 'the log of decisions is not whole',
].filter((fault) => fault !== false);
for (const fault of faults) console.error(fault);
process.exit(faults.length > 0 ? 1 : 0);

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function median(list: readonly { rssMB: number; handles: number }[]): { rssMB: number; handles: number } {
  const middle = (numbers: number[]) => numbers.sort((a, b) => a - b)[numbers.length >> 1] ?? 0;
  return { rssMB: middle(list.map(({ rssMB }) => rssMB)), handles: middle(list.map(({ handles }) => handles)) };
}
