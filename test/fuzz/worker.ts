/** Runs cases one after the other and tells what went wrong. Watched from outside: a case that never ends ends the worker. */
import { parentPort, workerData } from 'node:worker_threads';
import { CARD, casesFrom, SECRET } from './hostile.ts';
import { openTargets, PLANTED } from './targets.ts';

export interface Job {
  from: number;
  to: number;
  seed: number;
  /** Number of the case that is being run, for whoever watches. */
  at: SharedArrayBuffer;
  /** Faults on purpose instead of the product, to see that they are found. */
  planted?: boolean;
}

export interface Fault {
  kind: 'crash' | 'hang' | 'leak';
  number: number;
  target: string;
  what: string;
}

/** Processor time, so that a busy machine makes nothing hang. */
const SLOW_MS = 1_000;
const HIDDEN = [SECRET, CARD, CARD.replaceAll(' ', '')];

const { from, to, seed, at, planted } = workerData as Job;
const progress = new Int32Array(at);
const { list, close } = planted ? PLANTED : await openTargets();
const cases = casesFrom(from, seed);
for (let number = from; number < to; number += 1) {
  Atomics.store(progress, 0, number);
  const target = list[number % list.length];
  const hostile = cases.next().value;
  if (!target || !hostile) break;
  const before = process.threadCpuUsage();
  try {
    const out = await target.run(hostile);
    const text = typeof out === 'string' ? out : (JSON.stringify(out) ?? '');
    const leaked = HIDDEN.find((one) => text.includes(one));
    if (leaked) tell({ kind: 'leak', number, target: target.name, what: text.slice(0, 300) });
  } catch (thrown) {
    const what = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    tell({ kind: 'crash', number, target: target.name, what });
  }
  const { user, system } = process.threadCpuUsage(before);
  const ms = (user + system) / 1_000;
  if (ms > SLOW_MS) tell({ kind: 'hang', number, target: target.name, what: `${Math.round(ms)} ms` });
}
Atomics.store(progress, 0, to);
await close();

function tell(fault: Fault): void {
  parentPort?.postMessage(fault);
}
