/** What a format is, and in which one a file is written. */
import { basename } from 'node:path';
import { type ArchiveFile, rejected } from '../bytes.ts';
import { fieldsOf, type Said } from '../messages.ts';
import type { FORMATS, Options } from '../settings.ts';
import { findList, isObject, type Position } from '../text.ts';
import { csv, headerOf } from './csv.ts';
import { discord } from './discord.ts';
import { json, jsonl } from './json.ts';
import { mbox } from './mbox.ts';
import { reddit } from './reddit.ts';

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

type FormatName = (typeof FORMATS)[number];

export const formats: Record<FormatName, Format> = { jsonl, json, csv, discord, reddit, mbox };

/**
 * What a file is: by the person's word, else by its content, else by its name.
 *
 * @throws ConnectorError `rejected` when none of them tells
 */
export function formatOf(input: Input): FormatName {
  const { file, options } = input;
  if (options.format !== 'auto') return options.format;
  const found = byContent(input) ?? byName(basename(file.path));
  if (found) return found;
  throw rejected(
    file.path,
    'is of no kind that Earshot knows by its content or name. Say what it is in the option format',
  );
}

function byContent(input: Input): FormatName | undefined {
  const { head } = input.file;
  const text = head.toString().replace(/^\uFEFF/, '');
  if (/^From \S.*\r?\n[!-9;-~]+:/.test(text)) return 'mbox';
  const opening = text.trimStart()[0];
  if (opening === '[' && findList(head)) return 'json';
  if (opening === '{') return byRecord(text, head);
  return isTable(input) ? 'csv' : undefined;
}

/** A sound record in one of the first lines tells more than a broken first line. */
function byRecord(text: string, head: Buffer): FormatName | undefined {
  if (findList(head, 'messages') && /"(guild|channel)"\s*:/.test(text)) return 'discord';
  const record = text.split('\n', 20).map(tryObject).find(isObject);
  if (record && isReddit(record)) return 'reddit';
  // A first record longer than the head tells nothing; lines of JSON are what such a file most likely holds.
  return record || !text.includes('\n') ? 'jsonl' : undefined;
}

function tryObject(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isReddit(record: Record<string, unknown>): boolean {
  const has = (name: string) => Object.hasOwn(record, name);
  return has('subreddit') && has('created_utc') && (has('body') || has('selftext') || has('title'));
}

/** A table is known by two columns of names that we know, or by one that a person named. */
function isTable(input: Input): boolean {
  try {
    const { names } = headerOf(input);
    const known = fieldsOf(names);
    const named = Object.values(input.options.columns).some((column) => column !== undefined && names.includes(column));
    return named || ((known.has('text') || known.has('title')) && names.length > 1);
  } catch {
    return false;
  }
}

function byName(name: string): FormatName | undefined {
  const plain = name.toLowerCase().replace(/\.(gz|zst|zstd)$/, '');
  if (/^r[cs]_\d{4}-\d{2}/.test(plain) || /_(comments|submissions)$/.test(plain)) return 'reddit';
  if (/\.(jsonl|ndjson)$/.test(plain)) return 'jsonl';
  if (/\.(csv|tsv)$/.test(plain)) return 'csv';
  if (/\.(mbox|mbx)$/.test(plain)) return 'mbox';
  return undefined;
}
