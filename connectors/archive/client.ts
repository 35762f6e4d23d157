/** One file, opened in its format and read item after item. */
import { basename } from 'node:path';
import type { Env, From, Identity, Page } from '#kit';
import { ArchiveFile, statOf } from './bytes.ts';
import { formatOf, formats, type Item } from './formats/format.ts';
import { type Opened, PageInProgress } from './messages.ts';
import type { Cursor, Options } from './settings.ts';

/** A stream that is open between two pages, and the place it has reached. */
interface Live {
  at: string;
  items: AsyncIterator<Item>;
  stop: AbortController;
}

/** Reads one file page by page. The stream stays open between pages; the cursor alone is enough to open it again. */
export class ArchiveClient {
  readonly #options: Options;
  #opened: Opened | undefined;
  #live: Live | undefined;

  constructor({ options }: Pick<Env<Options, never>, 'options'>) {
    this.#options = options;
  }

  /** Proves that the file can be read. A file has no account. */
  async identity(): Promise<Identity> {
    const opened = await this.#open();
    const { file, format } = opened;
    format.start(opened);
    return { id: `file:${basename(file.path)}` };
  }

  async pull(from: From<Cursor>, signal: AbortSignal): Promise<Page<Cursor>> {
    signal.throwIfAborted();
    const opened = await this.#open();
    const before = 'cursor' in from ? from.cursor : undefined;
    const page = new PageInProgress(opened, this.#options, before);
    if (page.cursor.done) return page.finished(this.#progress(opened, page.cursor));

    const live = await this.#streamFrom(opened, page.cursor);
    const { items, stop } = live;
    const onAbort = () => stop.abort(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      while (!page.full) {
        signal.throwIfAborted();
        const next = await items.next();
        if (next.done) {
          page.end();
          break;
        }
        page.take(next.value);
      }
    } catch (error) {
      await items.return?.();
      throw error;
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
    if (!page.cursor.done) this.#live = { ...live, at: placeOf(page.cursor) };
    return page.finished(this.#progress(opened, page.cursor));
  }

  async close(): Promise<void> {
    const live = this.#live;
    this.#live = undefined;
    await live?.items.return?.();
  }

  /** The file as it lies there now; looked at anew only when its size or time changed. */
  async #open(): Promise<Opened> {
    const { file: path, encoding } = this.#options;
    const { size, mtimeMs } = await statOf(path);
    const known = this.#opened;
    if (known && known.file.size === size && known.file.changedAt === Math.round(mtimeMs)) return known;
    const file = await ArchiveFile.open(path, encoding);
    const input = { file, options: this.#options };
    const name = formatOf(input);
    const identity = [file.size, file.changedAt, file.digest, name, file.encoding].join(' ');
    const notice = file.guessed
      ? `"${path}" is read as ${file.encoding}, which its bytes look like. If the text looks wrong, set the option encoding.`
      : undefined;
    this.#opened = { ...input, format: formats[name], identity, notice };
    return this.#opened;
  }

  async #streamFrom(opened: Opened, cursor: Cursor): Promise<Live> {
    const live = this.#live;
    const at = placeOf(cursor);
    if (live?.at === at) {
      this.#live = undefined;
      return live;
    }
    await this.close();
    const stop = new AbortController();
    const reading = opened.format.read(
      { ...opened, signal: stop.signal },
      { offset: cursor.offset, line: cursor.line },
    );
    return { at, items: reading[Symbol.asyncIterator](), stop };
  }

  #progress({ file }: Opened, { offset, done }: Cursor) {
    const read = file.seekable ? offset : file.bytesRead;
    return { done: done ? file.size : Math.min(read, file.size), total: file.size, unit: 'bytes' as const };
  }
}

const placeOf = ({ file, offset }: Cursor) => `${offset} ${file}`;
