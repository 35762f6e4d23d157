import { spawnSync } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdCompress } from 'node:zlib';
import { openSource, type Page } from '#kit';
import { archive } from '../../connectors/archive/index.ts';
import type { Measurement } from './measurement.ts';

const MB = 1024 * 1024;
const WORDS =
  'top-up failed twice 充值失败 余额不对 nobody answers 客服没人理 since this morning 转账还没到账 please help fees 手续费'.split(
    ' ',
  );

/** How a record of each format is written. Every kind is read to its end, page by page, cursors through JSON. */
const KINDS: Record<string, { name: string; head: string; record(id: number, text: string): string; tail: string }> = {
  jsonl: {
    name: 'posts.jsonl',
    head: '',
    record: (id, text) =>
      `${JSON.stringify({ id: `p${id}`, text, author: `someone${id % 997}`, created_at: 1_760_000_000 + id })}\n`,
    tail: '',
  },
  'reddit.zst': {
    name: 'RC_2026-10.zst',
    head: '',
    record: (id, text) =>
      `${JSON.stringify({ id: id.toString(36), author: `someone${id % 997}`, subreddit: 'wallets', body: text, created_utc: 1_760_000_000 + id })}\n`,
    tail: '',
  },
  csv: {
    name: 'twcs.csv',
    head: 'tweet_id,author_id,inbound,created_at,text,response_tweet_id,in_response_to_tweet_id\n',
    record: (id, text) => `${id},${id % 997},True,Tue Oct 31 22:10:47 +0000 2017,"${text}",,\n`,
    tail: '',
  },
  discord: {
    name: 'chat.json',
    head: '{"guild":{"id":"1","name":"G"},"channel":{"id":"2","type":"GuildTextChat","name":"help"},"messages":[',
    record: (id, text) =>
      `${id ? ',' : ''}${JSON.stringify({ id: String(id), type: 'Default', timestamp: '2026-10-02T08:15:00+00:00', content: text, author: { id: '3', name: 'moss', isBot: false } }, null, 2)}`,
    tail: ']}',
  },
  mbox: {
    name: 'inbox.mbox',
    head: '',
    record: (id, text) =>
      `From a@b.example Fri Oct  2 08:15:00 2026\nFrom: a@b.example\nMessage-ID: <${id}@b.example>\nSubject: Help\n\n${`${text}\n`.repeat(20)}\n`,
    tail: '',
  },
};

/**
 * Reads a file of each format in a process of its own, so that its memory is its own, too.
 *
 * @param megabytes how large the file is, before packing
 */
export async function benchArchive(
  megabytes = 300,
  kinds: readonly string[] = Object.keys(KINDS),
): Promise<Measurement[]> {
  const dir = await mkdtemp(join(tmpdir(), 'earshot-bench-'));
  const results: Measurement[] = [];
  for (const kind of kinds) {
    const file = await write(kind, dir, megabytes);
    const { size } = await stat(file);
    const run = spawnSync(process.execPath, [import.meta.filename, '--read', file], { encoding: 'utf8' });
    if (run.status !== 0) throw new Error(`reading ${kind} failed:\n${run.stderr}`);
    const { found, seconds, peakMB } = JSON.parse(run.stdout) as Reading;
    const one = (name: string, value: number, unit: string) =>
      results.push({ name: `archive, ${kind}, ${name}`, engine: 'none', n: found, p50: value, p99: value, unit });
    one('mentions', found / seconds, 'mentions/s');
    one('bytes of text', megabytes / seconds, 'MB/s');
    one('file', size / MB, 'MB');
    one('memory', peakMB, 'MB RSS');
    await rm(file);
  }
  await rm(dir, { recursive: true });
  return results;
}

async function write(kind: string, dir: string, megabytes: number): Promise<string> {
  const { name, head, record, tail } = KINDS[kind] as (typeof KINDS)[string];
  const file = join(dir, name);
  const packing = name.endsWith('.zst') ? [createZstdCompress()] : [];
  await pipeline([Readable.from(pieces()), ...packing, createWriteStream(file)]);
  return file;

  function* pieces() {
    yield head;
    let written = 0;
    for (let id = 0; written < megabytes * MB; ) {
      let block = '';
      for (const end = id + 1000; id < end; id += 1) block += record(id, textOf(id));
      written += Buffer.byteLength(block);
      yield block;
    }
    yield tail;
  }
}

const textOf = (id: number) =>
  Array.from({ length: 5 + (id % 12) }, (_, at) => WORDS[(id * 7 + at * at) % WORDS.length]).join(' ');

interface Reading {
  found: number;
  seconds: number;
  peakMB: number;
}

async function read(file: string): Promise<Reading> {
  const world = {
    http: { request: () => Promise.reject(new Error('no network')) },
    log: { info() {}, warn() {} },
    now: Date.now,
    variables: {},
  };
  const source = openSource(archive, { id: 'bench', options: { file } }, world);
  const started = performance.now();
  let found = 0;
  let from: { since: number } | { cursor: unknown } = { since: 0 };
  for (let more = true; more; ) {
    const page: Page | undefined = await source.pull?.(from, new AbortController().signal);
    if (!page) throw new Error('the source cannot be pulled');
    found += page.found.length;
    from = { cursor: JSON.parse(JSON.stringify(page.cursor)) };
    more = page.more;
  }
  await source.close();
  // Kilobytes on every system Node runs on.
  return { found, seconds: (performance.now() - started) / 1000, peakMB: process.resourceUsage().maxRSS / 1024 };
}

if (import.meta.main) {
  const [flag, value] = process.argv.slice(2);
  if (flag === '--read' && value) console.log(JSON.stringify(await read(value)));
  else
    console.table(
      (await benchArchive(Number(flag ?? 300), value ? [value] : undefined)).map(({ name, n, p50, unit }) => ({
        name,
        n,
        value: Math.round(p50),
        unit,
      })),
    );
}
