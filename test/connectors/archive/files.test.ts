import { spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { cpuTime } from '../../kit/cpu-time.ts';
import { pull, readAll, scratch, sourceOf } from './reading.ts';

const save = scratch();
const records = (from: number, to: number) =>
  Array.from(
    { length: to - from },
    (_, at) => `${JSON.stringify({ id: from + at, text: `post ${from + at}` })}\n`,
  ).join('');
const ids = (found: { nativeId: string }[]) => found.map(({ nativeId }) => Number(nativeId.split(':')[1]));

describe('a file that cannot be read says why, and what to do', () => {
  const fails = async (file: string, options: object = {}) => {
    const source = sourceOf({ file, ...options });
    const failures = [source.check(new AbortController().signal), pull(source)];
    const [checked, pulled] = await Promise.allSettled(failures);
    expect(pulled).toMatchObject({ status: 'rejected', reason: { kind: 'rejected' } });
    expect(checked).toEqual(pulled);
    return (pulled as PromiseRejectedResult).reason.message as string;
  };

  it('missing, empty, a folder, a device', async () => {
    expect(await fails('/no/such/file.jsonl')).toContain('does not exist. Check the path');
    expect(await fails(save('a.jsonl', ''))).toContain('is empty');
    expect(await fails(dirname(save('a.jsonl', 'x')))).toContain('is a folder. Name one file in it');
    expect(await fails('/dev/null')).toContain('is no ordinary file');
  });

  it('an archive of several files, a picture, a binary', async () => {
    expect(await fails(save('a.zip', Buffer.from('504b030414000000', 'hex')))).toContain('is a zip archive. Unpack it');
    expect(await fails(save('a.xz', Buffer.from('fd377a585a000000', 'hex')))).toContain('is a xz archive. Unpack it');
    expect(await fails(save('a.png', Buffer.from('89504e470d0a1a0a', 'hex')))).toContain('in the option format');
    expect(await fails(save('a.gz', Buffer.from('1f8b08', 'hex')))).toContain('cannot be unpacked');
  });

  it('one that says it is another kind', async () => {
    expect(await fails(save('a.txt', 'hello\n'), { format: 'discord' })).toContain('no Discord chat export');
    expect(await fails(save('a.txt', '{"a":1}'), { format: 'json' })).toContain('no JSON list');
    expect(await fails(save('a.txt', '"never closed'), { format: 'csv' })).toContain('names no columns');
  });

  it('one that this user may not read', () => {
    const file = save('a.jsonl', records(0, 1));
    chmodSync(file, 0o000);
    for (const folder of [dirname(file), dirname(dirname(file))]) chmodSync(folder, 0o755);
    const client = join(import.meta.dirname, '../../../connectors/archive/bytes.ts');
    const script = `import { ArchiveFile } from ${JSON.stringify(client)};
      ArchiveFile.open(${JSON.stringify(file)}, 'auto').catch(({ kind, message }) => console.log(kind, message));`;
    // Root may read everything, so the reader is somebody else.
    const asNobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], { ...asNobody, encoding: 'utf8' });
    expect(run.stdout, run.stderr).toContain('rejected "');
    expect(run.stdout).toContain('may not be read by this user. Change its permissions');
  });
});

describe('going on', () => {
  it('from the cursor alone, wherever the process was killed', async () => {
    const file = save('a.jsonl', records(0, 50));
    for (const killedAfter of [0, 1, 7]) {
      const first = sourceOf({ file, pageSize: 5 });
      let cursor: unknown;
      const stored: number[] = [];
      for (let page = 0; page < killedAfter; page += 1) {
        const { found, cursor: next } = await pull(first, cursor);
        stored.push(...ids(found));
        cursor = next;
      }
      // This page was read and never stored.
      await pull(first, cursor);
      const second = sourceOf({ file, pageSize: 5 });
      for (let more = true; more; ) {
        const page = await pull(second, cursor);
        stored.push(...ids(page.found));
        ({ cursor, more } = page);
      }
      expect(stored).toEqual(Array.from({ length: 50 }, (_, id) => id));
    }
  });

  it('gives the same page again when it is asked from the same place', async () => {
    const source = sourceOf({ file: save('a.jsonl', records(0, 20)), pageSize: 4 });
    const { cursor } = await pull(source);
    const once = await pull(source, cursor);
    expect((await pull(source, cursor)).found).toEqual(once.found);
    expect((await pull(source, once.cursor)).found).toHaveLength(4);
    await source.close();
  });

  it('is over once done, without opening the file again', async () => {
    const file = save('a.jsonl', records(0, 3));
    const { pages } = await readAll({ file });
    const again = await pull(sourceOf({ file }), pages.at(-1)?.cursor);
    expect(again).toMatchObject({ found: [], more: false, progress: { unit: 'bytes' } });
    expect(again.progress?.done).toBe(again.progress?.total);
  });

  it('starts over with a notice when the file grew or was replaced, and tells nothing new twice', async () => {
    const file = save('a.jsonl', records(0, 10));
    const source = sourceOf({ file, pageSize: 4 });
    const { cursor } = await pull(source);
    appendFileSync(file, records(10, 12));
    const page = await pull(source, cursor);
    expect(page.notices?.[0]).toContain('has changed since the last time and is read from its start');
    expect(ids(page.found)).toEqual([0, 1, 2, 3]);

    // The same size and another content.
    writeFileSync(file, records(10, 22).slice(0, 0) + records(20, 32));
    utimesSync(file, new Date(), new Date(Date.now() + 5000));
    const replaced = await pull(source, page.cursor);
    expect(ids(replaced.found)).toEqual([20, 21, 22, 23]);
    await source.close();
  });

  it('shows how much of the file is read, packed or not', async () => {
    const file = save('a.jsonl', records(0, 3000));
    const { pages } = await readAll({ file, pageSize: 300 });
    const shares = pages.map(({ progress }) => (progress?.done ?? 0) / (progress?.total ?? 1));
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    expect(shares[0]).toBeLessThan(0.15);
  });

  it('stops at once when it is told to, and leaves the cursor good', async () => {
    const source = sourceOf({ file: save('a.jsonl', records(0, 10)), pageSize: 4 });
    const { cursor } = await pull(source);
    const stopped = AbortSignal.abort(new Error('stopping'));
    await expect(source.pull?.({ cursor }, stopped)).rejects.toThrow('stopping');
    expect(ids((await pull(source, cursor)).found)).toEqual([4, 5, 6, 7]);
    await source.close();
  });

  it('stops on the long way to its place in a packed file, too', async () => {
    const text = 'x'.repeat(1000);
    const blocks = Array.from({ length: 150 }, (_, at) =>
      Array.from({ length: 2000 }, (_, id) => `${JSON.stringify({ id: at * 2000 + id, text })}\n`).join(''),
    );
    const file = save('a.jsonl.zst', Buffer.concat(blocks.map((block) => zstdCompressSync(block))));
    const { cursor } = await pull(sourceOf({ file }));
    const far = { ...cursor, offset: 290_000_000 };
    const stop = new AbortController();
    const stopped = await cpuTime(async () => {
      const reading = sourceOf({ file }).pull?.({ cursor: far }, stop.signal);
      setTimeout(() => stop.abort(new Error('stopping')), 20);
      await expect(reading).rejects.toThrow('stopping');
    });
    expect(stopped).toBeLessThan((await cpuTime(() => pull(sourceOf({ file }), far))) / 2);
  });

  it('ends a page after a while when hardly anything is asked for', async () => {
    const file = save('a.jsonl', records(0, 500));
    const { pages, found } = await readAll({ file, pageSize: 5, keywords: ['post 499'] });
    expect(ids(found)).toEqual([499]);
    expect(pages.length).toBeGreaterThan(4);
  });
});

it('says who it is without an account', async () => {
  const file = save('a.jsonl', records(0, 1));
  await expect(sourceOf({ file }).check(new AbortController().signal)).resolves.toEqual({ id: 'file:a.jsonl' });
});
