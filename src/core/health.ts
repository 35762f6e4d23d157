import type { SourceState } from './source.ts';

export const TROUBLES = [
  'store',
  'stopping',
  'disk',
  'slow',
  'clock',
  'source',
  'deaf',
  'backlog',
  'sorting',
  'posting',
  'unsure',
] as const;

/** When so many mentions wait to be sorted, sources rest: what is not read yet waits at the platform. */
export const MOST_UNSORTED = 20_000;

/** What keeps Earshot from its work, or will soon. `code` is stable: alerts and screens go by it. */
export interface Trouble {
  /**
   * - `store`: the records do not answer; nothing can be done until they do
   * - `stopping`: this process was told to stop
   * - `disk`: the disk with the data is almost full, or full
   * - `slow`: the records answer, and take their time
   * - `clock`: the clock of this machine was set, or the machine slept
   * - `backlog`: so much waits to be sorted that reading rests
   * - `source`: a source needs a person
   * - `deaf`: a canary was posted, and a source did not hear it
   * - `sorting`: mentions wait to be sorted for longer than they should
   * - `posting`: approved replies wait to be sent for longer than they should
   * - `unsure`: nobody knows whether a reply is out; a person has to look
   */
  code: (typeof TROUBLES)[number];
  /** What is wrong and what to do. Holds no address, no name and nobody's words. */
  message: string;
}

/** Whether work can be given to this process. `degraded`: it works, and somebody should look. */
export interface Health {
  status: 'ready' | 'degraded' | 'not-ready';
  troubles: Trouble[];
  /** Engine and version; empty when it does not answer. */
  store: string;
  sources: { id: string; state: SourceState }[];
}
