import { Buffer, isUtf8 } from 'node:buffer';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readAll, scratch } from './reading.ts';

const save = scratch();
const MB = 1024 * 1024;

const record = (id: number, text: string) => `${JSON.stringify({ id, text })}\n`;
const chat = (messages: string) =>
  `{"guild":{"id":"1","name":"G"},"channel":{"id":"2","type":"GuildTextChat","name":"c"},"messages":[${messages}`;
const message = (id: number, content: string) =>
  JSON.stringify({ id: String(id), type: 'Default', content, author: { id: '3', name: 'moss' } });

describe('hostile characters', () => {
  it('lone surrogates, NULs and control characters become harmless text; direction marks and markup stay as they are', async () => {
    const text = 'a\ud800b\u0000c\u001b[31m \u202Eevil\u202C <script>alert(1)</script> 充值';
    const { found } = await readAll({ file: save('a.jsonl', record(1, text)) });
    expect(found[0]?.text).toBe('a\uFFFDbc[31m \u202Eevil\u202C <script>alert(1)</script> 充值');
    expect(JSON.stringify(found).isWellFormed()).toBe(true);
  });

  it('names that every object has do no harm', async () => {
    const { found } = await readAll({
      file: save('a.jsonl', '{"__proto__":{"text":"x"},"constructor":"y","text":"fine"}\n'),
    });
    expect(found[0]?.text).toBe('fine');
    expect(({} as { text?: string }).text).toBeUndefined();
    const { skipped } = await readAll({
      file: save('a.jsonl', '{"k":1}\n'),
      format: 'jsonl',
      columns: { text: '__proto__.toString' },
    });
    expect(skipped).toEqual(['line 1: no text in it']);
  });

  it('bytes that are no UTF-8 become U+FFFD, are counted, and cost no record', async () => {
    const bytes = Buffer.concat([
      Buffer.from('{"id":1,"text":"ok'),
      Buffer.from([0xff, 0xfe, 0xc3]),
      Buffer.from(' 充值"}\n'),
    ]);
    expect(isUtf8(bytes)).toBe(false);
    const file = save('a.jsonl', Buffer.concat([Buffer.from(record(0, '充值失败，怎么办')), bytes, bytes]));
    const mended = 'ok\uFFFD\uFFFD\uFFFD 充值';
    const { found, notices } = await readAll({ file });
    expect(found.map(({ text }) => text)).toEqual(['充值失败，怎么办', mended, mended]);
    expect(notices[0]).toContain('first near line 2');
    expect(notices.at(-1)).toContain('6 unreadable characters');
  });
});

describe('hostile sizes', () => {
  it('a text of nearly 10 MB is read whole, a line above is skipped and never held', async () => {
    const big = 'x'.repeat(10 * MB - 100);
    const file = save('a.jsonl', record(1, big) + record(2, 'y'.repeat(12 * MB)) + record(3, 'after'));
    const { found, skipped } = await readAll({ file });
    expect(found.map(({ text }) => text.length)).toEqual([big.length, 5]);
    expect(skipped).toEqual(['line 2: longer than 10 MB']);
  });

  it.each([
    ['CSV', 'a.csv', `id,text\n1,fine\n2,${'y'.repeat(12 * MB)}\n3,after\n`, 'line 3: longer than 10 MB'],
    [
      'Discord',
      'a.json',
      `${chat(`${message(1, 'fine')},${message(2, 'y'.repeat(12 * MB))},${message(3, 'after')}`)}]}`,
      'message 2: longer than 10 MB',
    ],
    [
      'mbox',
      'a.mbox',
      [1, 2, 3]
        .map((id) =>
          mail(id, id === 2 ? `${'y'.repeat(1000)}\n`.repeat(27_000) : (['fine', '', 'after'][id - 1] ?? '')),
        )
        .join(''),
      'longer than 25 MB',
    ],
  ])('%s skips what is too long and reads on', async (_format, name, content, reason) => {
    const { found, skipped } = await readAll({ file: save(name, content), pageSize: 1 }, () => true);
    expect(found.map(({ text }) => text)).toEqual(['fine', 'after']);
    expect(skipped).toEqual([expect.stringContaining(reason)]);
  });

  it('a page ends early when its records are huge', async () => {
    const file = save('a.jsonl', Array.from({ length: 6 }, (_, id) => record(id, 'z'.repeat(6 * MB))).join(''));
    const { pages } = await readAll({ file });
    expect(Math.max(...pages.map(({ found }) => found.length))).toBe(3);
    expect(pages.flatMap(({ found }) => found)).toHaveLength(6);
  });
});

const mail = (id: number, text: string) =>
  `From a@b.example Fri Oct  2 08:15:00 2026\nFrom: a@b.example\nMessage-ID: <${id}@b.example>\n\n${text}\n\n`;

describe('what is cut off or broken', () => {
  const lines = Array.from({ length: 20_000 }, (_, id) => record(id, `${Math.sin(id)} 充值失败`)).join('');

  it.each([
    ['gz', gzipSync],
    ['zst', zstdCompressSync],
  ] as const)('a cut-off .%s gives every whole record before the cut, then a notice', async (suffix, pack) => {
    const packed = pack(lines);
    const file = save(`a.jsonl.${suffix}`, packed.subarray(0, packed.length >> 1));
    const { found, notices, pages } = await readAll({ file }, (page) => page % 7 === 3);
    expect(found.length).toBeGreaterThan(3000);
    expect(found.map(({ nativeId }) => nativeId)).toEqual(found.map((_, id) => `a.jsonl:${id}`));
    expect(notices[0]).toContain('breaks off: its packed data is cut short or damaged (unexpected end of file)');
    expect(pages.at(-1)).toMatchObject({ more: false, cursor: { done: true } });
  });

  it('damage in the middle of a packed file ends it the same way', async () => {
    const packed = gzipSync(lines);
    packed.fill(0xff, packed.length - 2000, packed.length - 1000);
    const { found, notices } = await readAll({ file: save('a.jsonl.gz', packed) });
    expect(found.length).toBeGreaterThan(10_000);
    expect(notices.join()).toMatch(/breaks off.*data/);
  });

  it('a cut-off JSON list gives the whole messages, and tells', async () => {
    const whole = `${chat(`${message(1, 'one')},${message(2, 'two')}`)}]}`;
    for (const length of [whole.length - 3, whole.length - 30]) {
      const { found, skipped } = await readAll({ file: save('chat.json', whole.slice(0, length)) });
      expect(found.map(({ text }) => text)).toEqual(['one']);
      expect(skipped).toEqual(['message 2: the file ends in the middle of the list']);
    }
  });

  it('bad members of a list are skipped one by one', async () => {
    const file = save(
      'chat.json',
      `${chat(`${message(1, 'one')}, {"id": }, 7, null, {"id":"x"}, ${message(2, 'two')}`)}]}`,
    );
    const { found, skipped } = await readAll({ file, pageSize: 2 }, () => true);
    expect(found.map(({ text }) => text)).toEqual(['one', 'two']);
    expect(skipped).toEqual([
      expect.stringMatching(/^message 2: no sound JSON/),
      'message 3: no JSON object',
      'message 4: no JSON object',
      expect.stringMatching(/^message 5: no Discord message \(id/),
    ]);
  });

  it('a last line without an end is read, a broken one named as cut off', async () => {
    const { found, skipped } = await readAll({ file: save('a.jsonl', `${record(1, 'one')}{"id":2,"text":"tw`) });
    expect(found).toHaveLength(1);
    expect(skipped).toEqual(['line 2: the file ends in the middle of it']);
    expect((await readAll({ file: save('a.jsonl', record(1, 'one').trim()) })).found).toHaveLength(1);
  });

  it.each([
    ['an unknown charset', 'Content-Type: text/plain; charset=klingon\n\nstill readable'],
    [
      'a multipart that never ends',
      'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain\n\nstill readable\n',
    ],
    ['base64 that is none', 'Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\nc3RpbGwgcmVhZGFibGU=!!!??'],
    ['a header without an end', `Subject: ${'=?utf-8?B?'.repeat(500)}\n\nstill readable`],
  ])('mail with %s costs at most itself', async (_fault, broken) => {
    const head = 'From a@b.example Fri Oct  2 08:15:00 2026\nFrom: a@b.example\n';
    const { found } = await readAll({
      file: save('a.mbox', `${head}Message-ID: <1@b>\nDate: nonsense\n${broken}\n\n${mail(2, 'after')}`),
    });
    expect(found[0]?.text).toContain('still readable');
    expect(found[0]).not.toHaveProperty('saidAt');
    expect(found.at(-1)?.text).toBe('after');
    expect(found).toHaveLength(2);
  });
});
