import type { SourceState } from './source.ts';

/** What keeps Earshot from its work, or will soon. `code` is stable: alerts and screens go by it. */
export interface Trouble {
  /**
   * - `store`: the records do not answer; nothing can be done until they do
   * - `stopping`: this process was told to stop
   * - `disk`: the disk with the data is almost full
   * - `source`: a source needs a person
   * - `sorting`: mentions wait to be sorted for longer than they should
   * - `posting`: approved replies wait to be sent for longer than they should
   * - `unsure`: nobody knows whether a reply is out; a person has to look
   */
  code: 'store' | 'stopping' | 'disk' | 'source' | 'sorting' | 'posting' | 'unsure';
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
