import { Refused } from '../core/failures.ts';
import type { StoreCondition } from '../core/ports.ts';
import type { Engine } from './engine.ts';

/** What was met longer ago says nothing about now. */
const FRESH_MS = 2 * 60_000;
/** A disk that refused a write is taken for full so long, unless a write goes through before. */
const FULL_MS = 10 * 60_000;
/** Fewer are chance. */
const LEAST = 3;
const MOST = 50;

const FULL = new Refused(
  'store-full',
  'The disk of the records is full. Nothing was changed by this. Make room there; Earshot goes on by itself as soon as there is some.',
);

/** An engine whose writes are watched: how long they take, and whether there was room. Times are the process's own. */
export function watched(engine: Engine, elapsed: () => number = () => performance.now()) {
  const commits: { at: number; ms: number }[] = [];
  let fullAt: number | undefined;

  const write: Engine['write'] = async (work) => {
    const began = elapsed();
    try {
      const result = await engine.write(work);
      commits.push({ at: elapsed(), ms: elapsed() - began });
      if (commits.length > MOST) commits.shift();
      fullAt = undefined;
      return result;
    } catch (thrown) {
      if (!engine.isFull(thrown)) throw thrown;
      fullAt = elapsed();
      throw FULL;
    }
  };
  const condition = (): StoreCondition => {
    const times = commits.filter(({ at }) => elapsed() - at < FRESH_MS).map(({ ms }) => ms);
    times.sort((a, b) => a - b);
    return {
      full: fullAt !== undefined && elapsed() - fullAt < FULL_MS,
      ...(times.length >= LEAST && { commitMs: times[times.length >> 1] as number }),
    };
  };
  return { engine: { ...engine, write }, condition };
}
