import type { Measurement } from './measurement.ts';

/** Milliseconds of each time that `work` was done, one after the other. */
export async function timed(times: number, work: (i: number) => Promise<unknown>): Promise<number[]> {
  const taken: number[] = [];
  for (let i = 0; i < times; i += 1) {
    const began = performance.now();
    await work(i);
    taken.push(performance.now() - began);
  }
  return taken;
}

/** The middle, and what one in twenty and one in a hundred takes at least, in milliseconds. */
export function measured(name: string, engine: string, n: number, times: readonly number[]): Measurement {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) =>
    Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(3));
  return { name, engine, n, p50: at(0.5), p95: at(0.95), p99: at(0.99), unit: 'ms' };
}
