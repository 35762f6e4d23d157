/** The file of invented mentions, read line by line. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConnectorError, type Env, type FoundMention, type SkippedItem, z } from '#kit';
import { readLine } from './messages.ts';
import type { Options } from './settings.ts';

/** Paths in the options start at the root of the project, wherever the process was started. */
const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Reads the file of invented mentions. */
export class SampleClient {
  readonly #path: string;
  readonly #now: () => number;

  constructor({ options, now }: Env<Options, never>) {
    this.#path = resolve(ROOT, options.file);
    this.#now = now;
  }

  /** @throws ConnectorError `rejected` when the file cannot be read. */
  async read(signal: AbortSignal): Promise<{ found: FoundMention[]; skipped: SkippedItem[] }> {
    const lines = (await this.#load(signal)).split('\n');
    const found: FoundMention[] = [];
    const skipped: SkippedItem[] = [];
    const now = this.#now();
    for (const [index, line] of lines.entries()) {
      if (line.trim() === '') continue;
      try {
        found.push(readLine(line, now));
      } catch (error) {
        skipped.push({ reason: `Line ${index + 1} of the sample: ${inWords(error)}` });
      }
    }
    return { found, skipped };
  }

  async #load(signal: AbortSignal): Promise<string> {
    signal.throwIfAborted();
    try {
      return await readFile(this.#path, { encoding: 'utf8', signal });
    } catch (cause) {
      signal.throwIfAborted();
      throw new ConnectorError('rejected', `The sample file ${this.#path} cannot be read. Check the option "file".`, {
        cause,
      });
    }
  }
}

function inWords(error: unknown): string {
  if (error instanceof z.ZodError) return z.prettifyError(error);
  return error instanceof Error ? error.message : String(error);
}
