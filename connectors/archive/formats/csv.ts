import { type CsvError, type Parser, parse } from 'csv-parse';
import { parse as parseNow } from 'csv-parse/sync';
import { rejected } from '../bytes.ts';
import { fieldsOf, Mapping } from '../messages.ts';
import { countUnreadable, lines, MAX_RECORD_BYTES, type Position } from '../text.ts';
import type { Format, Input, Outcome, Reading } from './format.ts';

/** A table as text: the first line names the columns, quotes may hold line breaks. */
export const csv: Format = {
  start(input) {
    const { names, next } = headerOf(input);
    const known = input.options.columns;
    const asked = known.text ?? known.title;
    if (asked === undefined ? !hasText(names) : !names.includes(asked)) {
      const what = asked === undefined ? 'no column that holds text' : `no column "${asked}"`;
      const list = names.map((name) => `"${name}"`).join(', ');
      throw rejected(input.file.path, `has ${what}. Set columns.text to one of its columns: ${list.slice(0, 500)}`);
    }
    return next;
  },

  async *read(input, from) {
    const { names } = headerOf(input);
    const outcomeOf = outcomes(input, names);
    let position = from;
    for (;;) {
      const rest = new Rows(input, position);
      for await (const { cells, next } of rest.read()) {
        position = next;
        yield { next, unreadable: countUnreadable(cells.join('')), ...outcomeOf(cells, `line ${next.line}`) };
      }
      if (!rest.stuck) return;
      // A quote that never closes would swallow the rest of the file: leave out its line and read on behind it.
      const next = await behindLine(input, position);
      if (!next) return;
      position = next;
      yield { next, skip: `line ${next.line}: ${rest.stuck}` };
    }
  },
};

const hasText = (names: readonly string[]) => fieldsOf(names).has('text') || fieldsOf(names).has('title');

/** The column names, and where the rows start. @throws ConnectorError `rejected` when the first line is no row */
export function headerOf(input: Input): { names: string[]; next: Position } {
  const { file } = input;
  try {
    const [first] = parseNow(file.head.subarray(file.bomLength), { ...settings(input), to: 1 }) as unknown as Row[];
    const names = (first?.record ?? []).map((name) => name.trim());
    return { names, next: first ? behind(first, { offset: file.bomLength, line: 0 }) : { offset: file.size, line: 0 } };
  } catch (error) {
    throw rejected(file.path, `has a first line that names no columns: ${reasonOf(error as Error)}`);
  }
}

/** The character that cuts the first line into most pieces, outside quotes. */
export function delimiterOf({ file, options }: Input): string {
  if (options.delimiter) return options.delimiter;
  const first = (file.head.toString().split(/[\r\n]/, 1)[0] ?? '').replace(/"[^"]*"/g, '');
  const counted = [',', ';', '\t', '|'].map((mark) => ({ mark, count: first.split(mark).length }));
  return counted.reduce((best, next) => (next.count > best.count ? next : best)).mark;
}

interface Row {
  record: string[];
  info: { bytes: number; lines: number };
}

function settings(input: Input) {
  const head = input.file.head.toString('latin1');
  return {
    delimiter: delimiterOf(input),
    // Only very old Mac files end lines with a single \r; elsewhere it is a part of the text.
    record_delimiter: head.includes('\n') ? ['\r\n', '\n'] : ['\r\n', '\n', '\r'],
    info: true,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MAX_RECORD_BYTES,
    // Rows are taken out after each write, so the parser never has to wait for its reader.
    readableHighWaterMark: Number.MAX_SAFE_INTEGER,
  };
}

function behind({ info }: Row, start: Position): Position {
  return { offset: start.offset + info.bytes, line: start.line + info.lines };
}

/** The rows from one place on, up to the end or to the first row that cannot be read. */
class Rows {
  /** Why reading stopped before the end. */
  stuck: string | undefined;
  readonly #input: Reading;
  readonly #from: Position;
  readonly #parser: Parser;

  constructor(input: Reading, from: Position) {
    this.#input = input;
    this.#from = from;
    this.#parser = parse(settings(input));
    this.#parser.on('error', () => {});
  }

  async *read(): AsyncGenerator<{ cells: string[]; next: Position }> {
    for await (const chunk of this.#input.file.read(this.#from.offset, this.#input.signal)) {
      yield* await this.#step((done) => this.#parser.write(chunk, done));
      if (this.stuck) return;
    }
    yield* await this.#step((done) => this.#parser.end(done));
  }

  /** One write, and all the rows that it completes; those before a fault come out too. */
  async #step(write: (done: (error?: Error | null) => void) => void) {
    const rows: { cells: string[]; next: Position }[] = [];
    const take = () => {
      for (let row = this.#parser.read() as Row | null; row !== null; row = this.#parser.read() as Row | null) {
        rows.push({ cells: row.record, next: behind(row, this.#from) });
      }
    };
    const failure = await new Promise<Error | null | undefined>((resolve) => {
      write(resolve);
      take();
    });
    take();
    if (failure) this.stuck = reasonOf(failure);
    return rows;
  }
}

function reasonOf(error: Error): string {
  const { code } = error as Partial<CsvError>;
  if (code === 'CSV_QUOTE_NOT_CLOSED') return 'a quote opens and never closes';
  if (code === 'CSV_MAX_RECORD_SIZE') return 'longer than 10 MB, or a quote that never closes';
  return `not readable as CSV (${code ?? error.message})`;
}

/** The place behind the line that starts here, or nothing at the end of the file. */
async function behindLine({ file, signal }: Reading, from: Position): Promise<Position | undefined> {
  for await (const batch of lines(file.read(from.offset, signal), from)) {
    if (batch[0]) return batch[0].next;
  }
  return undefined;
}

function outcomes({ file, options }: Input, names: string[]): (cells: string[], where: string) => Outcome {
  const mapping = new Mapping(options, file.path);
  const support = isSupportExport(options, names);
  return (cells, where) => {
    if (cells.length > names.length && cells.slice(names.length).some((cell) => cell !== '')) {
      return { skip: `${where}: ${cells.length} values for ${names.length} columns` };
    }
    const record: Record<string, string> = {};
    for (const [index, name] of names.entries()) record[name] = cells[index] ?? '';
    if (support && !/^(true|1)$/i.test(record.inbound ?? '')) return { leave: true };
    const said = mapping.read(record);
    if (!said) return { skip: `${where}: no text in it` };
    return { said: support ? { ...said, platform: 'twitter', idSpace: 'twitter' } : said };
  };
}

const SUPPORT_COLUMNS = ['tweet_id', 'author_id', 'inbound', 'text'];

/** The public "customer support on Twitter" layout: what customers wrote is `inbound`, the rest are companies' answers. */
function isSupportExport({ preset }: Input['options'], names: readonly string[]): boolean {
  return preset === 'twitter-support' || (preset === 'auto' && SUPPORT_COLUMNS.every((name) => names.includes(name)));
}
