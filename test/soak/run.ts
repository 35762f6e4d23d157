/**
 * `npm run -s soak -- --minutes 10 --json` prints `{"minutes","ops","errors","rssStartMB","rssEndMB","p99ms"}`: Earshot as
 * it is started, over local platforms on which people live twelve times as fast, with four colleagues who read, approve,
 * edit and dismiss all the time. `p99ms` is that of an approval. Memory is what is left once the garbage is collected: the
 * median of a few looks after two fifths, in which everything happens once, and of a few at the end. Ends with 1 when there
 * was an error, when memory grew by more than a tenth or open handles by more than a few, when it did not stop by itself, or
 * when the log is not whole. `--engine PostgreSQL` has it work over a server of its own.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { seeded } from '../../src/stages/classify/train/random.ts';
import { startServer } from '../postgres/server.ts';
import { openHouse, type Weight } from './house.ts';
import { work } from './shift.ts';

const COLLEAGUES = 4;
const SPEED = 12;
/** Until then caches fill, code is made fast, and what the libraries take once and keep is taken. */
const WARM_SHARE = 0.4;
/** At the weight, each time. Few, since whoever approves meanwhile waits for the collector. */
const LOOKS = 3;
/** Handles come and go with requests; only growth beyond this is a leak. */
const HANDLES_SLACK = 40;
/** What is being worked on at the moment of a look. */
const HEAP_SLACK_MB = 20;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    engine: { type: 'string', default: 'SQLite' },
    json: { type: 'boolean' },
  },
});
const minutes = Number(values.minutes);
if (!(minutes > 0 && minutes <= 10)) {
  console.error('--minutes is a number above 0, and at most 10.');
  process.exit(2);
}
if (!['SQLite', 'PostgreSQL'].includes(values.engine)) {
  console.error('--engine is SQLite or PostgreSQL.');
  process.exit(2);
}

const database = values.engine === 'PostgreSQL' ? await startServer({ durable: true }) : undefined;
const house = await openHouse(SPEED, database?.url);
const until = performance.now() + minutes * 60_000;
const working = Promise.all(Array.from({ length: COLLEAGUES }, (_, n) => work(house, until, seeded(n + 1))));
await pause(minutes * 60_000 * WARM_SHARE);
const warm = await looks();
const shifts = await working;
const last = await looks();
const { stopped, auditWhole } = await house.close();
await database?.stop();

const [start, end] = [median(warm), median(last)];
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
        .join(
          '  ',
        )}  approvals ${approvals.length}  heapMB ${Math.round(start.heapMB)} → ${Math.round(end.heapMB)}  handles ${start.handles} → ${end.handles}`,
);
const faults = [
  report.errors > 0 && 'there were errors',
  end.rssMB > start.rssMB * 1.1 && 'memory grew',
  end.heapMB > start.heapMB * 1.1 + HEAP_SLACK_MB && 'what JavaScript holds grew',
  end.handles > start.handles + HANDLES_SLACK && 'open handles grew',
  !stopped && 'it did not stop well',
  !auditWhole && 'the log of decisions is not whole',
].filter((fault) => fault !== false);
for (const fault of faults) console.error(fault);
process.exit(faults.length > 0 ? 1 : 0);

async function looks(): Promise<Weight[]> {
  const weights: Weight[] = [];
  for (let look = 0; look < LOOKS; look += 1) weights.push(await house.weigh());
  return weights;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function median(list: readonly Weight[]): Weight {
  const middle = (what: keyof Weight) => list.map((one) => one[what]).sort((a, b) => a - b)[list.length >> 1] ?? 0;
  return { rssMB: middle('rssMB'), heapMB: middle('heapMB'), handles: middle('handles') };
}
