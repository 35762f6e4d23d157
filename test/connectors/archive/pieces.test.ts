import { gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guessEncoding, unpack } from '../../../connectors/archive/bytes.ts';
import { MailSplitter } from '../../../connectors/archive/formats/mbox.ts';
import { ElementSplitter, findList, instant, lines, parseJson, word } from '../../../connectors/archive/text.ts';

/** Bytes cut at these places. */
function cut(bytes: Buffer, places: number[]): Buffer[] {
  const at = [0, ...places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return at.slice(1).map((end, index) => bytes.subarray(at[index], end));
}

async function* streamOf(chunks: Buffer[]): AsyncGenerator<Buffer> {
  yield* chunks;
}

async function gather<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const places = fc.array(fc.nat(5000), { maxLength: 12 });

describe('lines', () => {
  it('are the same however the bytes arrive, and their places add up', async () => {
    const text = fc
      .array(fc.constantFrom('a', '\n', '\r\n', '转账', '\u2028', '"'), { maxLength: 60 })
      .map((all) => all.join(''));
    await fc.assert(
      fc.asyncProperty(text, places, async (whole, at) => {
        const found = (await gather(lines(streamOf(cut(Buffer.from(whole), at)), { offset: 100, line: 7 }))).flat();
        expect(found.map(({ bytes }) => String(bytes))).toEqual(whole.match(/[^\n]*\n|[^\n]+$/g) ?? []);
        let [offset, line] = [100, 7];
        for (const { bytes, next } of found) {
          offset += bytes?.length ?? 0;
          line += 1;
          expect(next).toEqual({ offset, line });
        }
      }),
    );
  });

  it('are let go when they are too long, wherever they are cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 40 }), places, async (length, at) => {
        const bytes = Buffer.from(`short\n${'x'.repeat(length)}\nshort\n`);
        const found = (await gather(lines(streamOf(cut(bytes, at)), { offset: 0, line: 0 }, 20))).flat();
        expect(found.map((line) => line.bytes?.toString())).toEqual([
          'short\n',
          length + 1 > 20 ? undefined : `${'x'.repeat(length)}\n`,
          'short\n',
        ]);
        expect(found.at(-1)?.next).toEqual({ offset: bytes.length, line: 3 });
      }),
    );
  });
});

describe('members of a JSON list', () => {
  const space = fc.constantFrom('', ' ', '\n\t', '\r\n  ');

  it('come out whole, however the bytes arrive and from any member on', () => {
    fc.assert(
      fc.property(fc.array(fc.json()), space, places, fc.nat(), (members, blank, at, from) => {
        const text = `[${blank}${members.join(`${blank},${blank}`)}${blank}] , "after": [1, 2]}`;
        const { offset } = findList(Buffer.from(text)) ?? { offset: -1 };
        expect(offset).toBe(1);
        const all = split(text, offset, at);
        expect(all.map(({ json }) => JSON.parse(json))).toEqual(members.map((member) => JSON.parse(member)));
        if (all.length === 0) return;
        const start = from % all.length;
        const rest = split(text, all[start]?.next.offset ?? 0, at);
        expect(rest.map(({ json }) => json)).toEqual(all.slice(start + 1).map(({ json }) => json));
      }),
    );
  });

  function split(text: string, offset: number, at: number[]) {
    const splitter = new ElementSplitter({ offset, line: 0 });
    const found = cut(Buffer.from(text).subarray(offset), at).flatMap((chunk) => splitter.push(chunk));
    expect(splitter.closed).toBe(true);
    return found.map(({ bytes, next }) => ({ json: String(bytes).trim(), next }));
  }

  it('are let go when they are too long', () => {
    const splitter = new ElementSplitter({ offset: 1, line: 0 }, 10);
    const found = splitter.push(Buffer.from('{"a":1}, {"b":"0123456789"} ,{"c":3}]'));
    expect(found.map(({ bytes }) => bytes?.toString().trim())).toEqual(['{"a":1}', undefined, '{"c":3}']);
  });

  it('are found under their key at the top only, not in texts or deeper', () => {
    const head = Buffer.from('{"note":"\\"messages\\":[1]","inner":{"messages":[2]},"频道":"帮助", "messages" : [3');
    expect(findList(head, 'messages')).toEqual({
      offset: head.length - 1,
      before: { note: '"messages":[1]', inner: { messages: [2] }, 频道: '帮助' },
    });
    expect(findList(Buffer.from('{"inner":{"messages":[2]}}'), 'messages')).toBeUndefined();
    expect(findList(Buffer.from('not json'), 'messages')).toBeUndefined();
  });
});

describe('messages of a mailbox', () => {
  const envelope = 'From a@b.example Fri Oct  2 08:15:00 2026\n';
  const line = fc.constantFrom(
    'Subject: hi',
    '',
    'From',
    'From ',
    'From here on',
    'Fro',
    '>From x',
    'text',
    'x'.repeat(1200),
  );

  it('come out whole, however the bytes arrive and from any message on', () => {
    const bodies = fc.array(fc.array(line, { minLength: 1, maxLength: 8 }).map((all) => `${all.join('\n')}\n`));
    fc.assert(
      fc.property(bodies, places, fc.nat(), (all, at, from) => {
        const bytes = Buffer.from(all.map((body) => envelope + body).join(''));
        const whole = split(bytes, 0, at);
        expect(whole.map((message) => String(message.bytes))).toEqual(all);
        if (whole.length === 0) return;
        const start = from % whole.length;
        const rest = split(bytes, whole[start]?.next.offset ?? 0, at);
        expect(rest.map((message) => String(message.bytes))).toEqual(all.slice(start + 1));
      }),
    );
  });

  function split(bytes: Buffer, offset: number, at: number[]) {
    const splitter = new MailSplitter({ offset, line: 0 });
    return [...cut(bytes.subarray(offset), at).flatMap((chunk) => splitter.push(chunk)), ...splitter.finish()];
  }
});

describe('unpacking', () => {
  const content = Buffer.from(Array.from({ length: 60_000 }, (_, at) => `${at} ${Math.sin(at)}\n`).join(''));

  it.each([
    ['gzip', gzipSync],
    ['zstd', zstdCompressSync],
  ] as const)('%s gives all that can be read before a cut-off, then says so', async (packing, pack) => {
    const packed = pack(content);
    for (const share of [0.3, 0.99]) {
      const pieces: Buffer[] = [];
      const read = async () => {
        const half = packed.subarray(0, Math.floor(packed.length * share));
        for await (const chunk of unpack(streamOf(cut(half, [10_000, 20_000])), packing)) {
          pieces.push(Buffer.from(chunk));
          // A slow reader, as collect is one: what is unpacked meanwhile must not be lost.
          await new Promise((resolve) => setImmediate(resolve));
        }
      };
      await expect(read()).rejects.toThrow(/unexpected end/);
      const got = Buffer.concat(pieces);
      expect(got.equals(content.subarray(0, got.length))).toBe(true);
      expect(got.length).toBeGreaterThan(content.length * (share - 0.25));
    }
  });

  it.each(['gzip', 'zstd'] as const)(
    '%s reads several parts one after the other, and passes over padding',
    async (packing) => {
      const pack = packing === 'gzip' ? gzipSync : zstdCompressSync;
      const packed = Buffer.concat([pack(content.subarray(0, 5000)), pack(content.subarray(5000)), Buffer.alloc(100)]);
      const got = Buffer.concat(await gather(unpack(streamOf(cut(packed, [1, 2, 3, 50, 3000])), packing)));
      expect(got.equals(content)).toBe(true);
    },
  );
});

describe('encoding', () => {
  const complaint = '我的账户被锁了，客服一直没有回复，充值的钱也不见了，怎么办？';
  // "我的帳戶被鎖了，沒有人回覆，錢也不見了" in Big5.
  const big5 = Buffer.from('a7daaabab162a4e1b351c2eaa446a141a853a6b3a448a65ec2d0a141bffaa45da4a3a8a3a446', 'hex');

  it('is read from the content where the content is clear', () => {
    expect(guessEncoding(Buffer.from(complaint), 'auto')).toEqual({ encoding: 'utf-8', sure: true });
    expect(guessEncoding(gb18030(complaint), 'auto')).toEqual({ encoding: 'gb18030', sure: false });
    expect(guessEncoding(big5, 'auto')).toEqual({ encoding: 'big5', sure: false });
  });

  it('stays UTF-8 for a few bad bytes, and follows the mark and the person before the content', () => {
    const damaged = Buffer.concat([Buffer.from(complaint), Buffer.from([0xff, 0xc3])]);
    expect(guessEncoding(damaged, 'auto').encoding).toBe('utf-8');
    expect(guessEncoding(Buffer.from(`\uFEFF${complaint}`, 'utf16le'), 'auto').encoding).toBe('utf-16le');
    expect(guessEncoding(big5, 'gbk')).toEqual({ encoding: 'gbk', sure: true });
  });
});

/** Turns the decoder around, character by character. */
function gb18030(text: string): Buffer {
  const decoder = new TextDecoder('gb18030');
  const codes = new Map<string, number>();
  for (let first = 0x81; first < 0xff; first += 1) {
    for (let second = 0x40; second < 0xff; second += 1)
      codes.set(decoder.decode(Buffer.from([first, second])), (first << 8) | second);
  }
  return Buffer.from(
    [...text].flatMap((character) => {
      const code = codes.get(character);
      return code === undefined ? [character.charCodeAt(0)] : [code >> 8, code & 255];
    }),
  );
}

describe('times', () => {
  const said = Date.UTC(2017, 9, 31, 22, 10, 47);

  it.each([
    ['seconds', said / 1000],
    ['seconds as text', `${said / 1000}.0`],
    ['milliseconds', said],
    ['microseconds', said * 1000],
    ['ISO 8601', '2017-11-01T06:10:47+08:00'],
    ['ISO 8601 without a zone, as UTC', '2017-10-31 22:10:47'],
    ['RFC 2822', 'Tue, 31 Oct 2017 22:10:47 +0000'],
    ['Twitter', 'Tue Oct 31 22:10:47 +0000 2017'],
    ['slashes', '2017/10/31 22:10:47'],
    ['Chinese', '2017年10月31日 22:10:47'],
    ['a document database', { $date: { $numberLong: String(said) } }],
  ])('are read from %s', (_name, value) => {
    expect(instant(value)).toBe(said);
  });

  it.each([
    'yesterday',
    '',
    '3/4/2024',
    '2024-02-30',
    '2017-10-31T25:00:00',
    '1'.repeat(1000),
    0,
    -5,
    1e30,
    Number.NaN,
    null,
    true,
    {},
  ])('are left out when they are nonsense: %j', (value) => expect(instant(value)).toBeUndefined());
});

describe('values', () => {
  it('keep all digits of long ids', () => {
    expect(parseJson('{"id": 9007199254740993, "n": [12345678901234567890], "small": 12}')).toEqual({
      id: '9007199254740993',
      n: ['12345678901234567890'],
      small: 12,
    });
    expect(word({ $oid: '65f0' })).toBe('65f0');
  });
});
