import type { ArchiveFile } from '../bytes.ts';
import type { Position } from '../lines.ts';
import type { Options } from '../options.ts';
import type { Said } from '../schema.ts';

/** What one record turned out to be. */
export type Outcome =
  | { said: Said }
  /** Not understood, or not worth a reply, for this reason. */
  | { skip: string; nativeId?: string }
  /** Understood, and by its nature no mention: a system message, the company's own answer. Counted, not listed. */
  | { leave: true };

/** One record and the place behind it, from which reading can go on. */
export type Item = Outcome & {
  next: Position;
  /** Characters in it that could not be read. */
  unreadable?: number;
};

export interface Input {
  file: ArchiveFile;
  options: Options;
}

/** An input while it is read. */
export interface Reading extends Input {
  /** Ends the reading, even on the long way to the place where it starts. */
  signal: AbortSignal;
}

/** How one kind of file is read: item after item, from the start or from where an earlier item ended. */
export interface Format {
  /** Where the first record starts. @throws ConnectorError `rejected` when the file cannot be read this way */
  start(input: Input): Position;
  read(input: Reading, from: Position): AsyncIterable<Item>;
}
