import type { FoundMention, Page, SkippedItem } from '#kit';
import { instant } from './dates.ts';
import type { Format, Input, Item } from './formats/format.ts';
import type { Cursor, Options } from './options.ts';
import { toMention } from './schema.ts';

/** A page ends early at this much text, so that a few huge records do not fill the memory … */
const PAGE_BYTES = 16 * 1024 * 1024;
/** … and after this many records for each mention asked for, so that a search for rare words shows its progress. */
const RECORDS_PER_MENTION = 20;

/** A file that was looked at, and how it is read. */
export interface Opened extends Input {
  format: Format;
  /** Another value means that an offset into it means nothing any more. */
  identity: string;
  notice: string | undefined;
}

/** What one pull has gathered so far. */
export class PageInProgress {
  cursor: Cursor;
  readonly #found: FoundMention[] = [];
  readonly #skipped: SkippedItem[] = [];
  readonly #notices: string[] = [];
  readonly #opened: Opened;
  readonly #wanted: (mention: FoundMention) => boolean;
  readonly #start: number;
  #records = 0;

  constructor(opened: Opened, options: Options, before: Cursor | undefined) {
    const { file, identity, format, notice } = opened;
    this.#opened = opened;
    this.#wanted = filterOf(options);
    const same = before?.file === identity;
    if (before && !same)
      this.#notices.push(`"${file.path}" has changed since the last time and is read from its start.`);
    if (!same && notice) this.#notices.push(notice);
    const zero = { found: 0, skipped: 0, left: 0, unreadable: 0, done: false };
    this.cursor = same ? before : { file: identity, ...format.start(opened), ...zero };
    this.#start = this.cursor.offset;
  }

  get full(): boolean {
    const { pageSize } = this.#opened.options;
    return (
      this.#found.length + this.#skipped.length >= pageSize ||
      this.#records >= pageSize * RECORDS_PER_MENTION ||
      this.cursor.offset - this.#start >= PAGE_BYTES
    );
  }

  take(item: Item): void {
    const { next, unreadable = 0 } = item;
    const { found, skipped, left } = this.cursor;
    const counted = { ...this.cursor, ...next, unreadable: this.cursor.unreadable + unreadable };
    this.#records += 1;
    if (unreadable > 0 && this.cursor.unreadable === 0) this.#notices.push(this.#unreadableNotice(next.line));
    const mention = 'said' in item ? toMention(item.said) : undefined;
    if ('skip' in item) {
      this.#skipped.push(item.nativeId ? { nativeId: item.nativeId, reason: item.skip } : { reason: item.skip });
      this.cursor = { ...counted, skipped: skipped + 1 };
    } else if (mention && this.#wanted(mention)) {
      this.#found.push(mention);
      this.cursor = { ...counted, found: found + 1 };
    } else this.cursor = { ...counted, left: left + 1 };
  }

  end(): void {
    const { file } = this.#opened;
    this.cursor = { ...this.cursor, done: true };
    if (file.damage) {
      this.#notices.push(
        `"${file.path}" breaks off: its packed data is cut short or damaged (${file.damage}). What came before is imported; get the file again for the rest.`,
      );
    }
    const { found, skipped, left, unreadable } = this.cursor;
    const faults = unreadable > 0 ? `, ${unreadable} unreadable characters` : '';
    this.#notices.push(
      `"${file.path}" is read to its end: ${found} mentions, ${left} records left out, ${skipped} skipped${faults}.`,
    );
  }

  finished(progress: NonNullable<Page['progress']>): Page<Cursor> {
    const page: Page<Cursor> = { found: this.#found, cursor: this.cursor, more: !this.cursor.done, progress };
    if (this.#skipped.length > 0) page.skipped = this.#skipped;
    if (this.#notices.length > 0) page.notices = this.#notices;
    return page;
  }

  #unreadableNotice(line: number): string {
    const { path, encoding } = this.#opened.file;
    return `"${path}" has bytes that are no ${encoding} (first near line ${line}); they show as \uFFFD. If more looks wrong, set the option encoding, for example to gb18030 or big5.`;
  }
}

function filterOf({ since, keywords }: Options): (mention: FoundMention) => boolean {
  const earliest = instant(since);
  const fold = (text: string) => text.normalize('NFKC').toLowerCase();
  const words = keywords.map(fold);
  return ({ saidAt, text }) => {
    if (earliest !== undefined && saidAt !== undefined && saidAt < earliest) return false;
    if (words.length === 0) return true;
    const folded = fold(text);
    return words.some((word) => folded.includes(word));
  };
}
