import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBytes } from '#kit';

/** Node decodes these encodings but does not encode: their two-byte tables, turned round. */
function encoder(encoding: string): { encode(text: string): Uint8Array; alphabet: string[] } {
  const table = new Map<string, number[]>();
  const decoder = new TextDecoder(encoding);
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if (/^\p{Lo}$/u.test(character) && !table.has(character)) table.set(character, [lead, trail]);
    }
  }
  for (let code = 0x20; code < 0x7f; code++) table.set(String.fromCharCode(code), [code]);
  return {
    alphabet: [...table.keys()],
    encode: (text) => Uint8Array.from([...text].flatMap((character) => table.get(character) ?? [0x3f])),
  };
}

describe.each(['gb18030', 'big5', 'shift_jis', 'euc-kr'])('%s', (encoding) => {
  const { encode, alphabet } = encoder(encoding);
  const texts = fc.array(fc.constantFrom(...alphabet), { maxLength: 60 }).map((letters) => letters.join(''));

  it('is read when the header names it', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(decodeBytes(encode(text), `text/xml; charset="${encoding}"`)).toBe(text);
      }),
    );
  });

  it('is read when only the XML declaration names it', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const xml = `<?xml version="1.0" encoding="${encoding}"?><a>${text}</a>`;
        expect(decodeBytes(encode(xml), 'text/xml')).toBe(xml);
      }),
    );
  });
});

describe('utf-8', () => {
  const texts = fc.string({ unit: 'grapheme', maxLength: 200 }).map((text) => text.replace(/^\ufeff/, ''));

  it('is read with any one-byte label or none', () => {
    fc.assert(
      fc.property(
        texts,
        fc.constantFrom(
          undefined,
          'text/html',
          'text/xml; charset=iso-8859-1',
          'a/b; charset=utf8',
          'a/b; charset=nonsense',
        ),
        (text, type) => {
          expect(decodeBytes(Buffer.from(text), type)).toBe(text);
        },
      ),
    );
  });

  it('loses only the last character when it is cut anywhere', () => {
    fc.assert(
      fc.property(texts, fc.nat(), (text, at) => {
        const bytes = Buffer.from(text);
        const cut = decodeBytes(bytes.subarray(0, at % (bytes.length + 1)));
        expect(text.startsWith(cut)).toBe(true);
      }),
    );
  });

  it('stays utf-8 with a broken byte in a long text', () => {
    const bytes = Buffer.from('充值失败但是扣了钱。'.repeat(20));
    bytes[31] = 0xff;
    expect(decodeBytes(bytes)).toContain('充值失败但是扣了钱');
  });
});

describe('what is not declared, or wrongly', () => {
  const gbk = encoder('gb18030').encode('充值失败，但是钱已经扣了'.replace('，', ','));

  it('is recognised as GB 18030', () => {
    for (const type of [undefined, 'text/xml', 'text/xml; charset=utf-8']) {
      expect(decodeBytes(gbk, type)).toBe('充值失败,但是钱已经扣了');
    }
  });

  it('goes by the byte order mark before anything else', () => {
    for (const type of [undefined, 'text/xml; charset=gb2312']) {
      expect(decodeBytes(Buffer.from('\ufeff充值'), type)).toBe('充值');
      expect(decodeBytes(Buffer.from('\ufeff充值', 'utf16le'), type)).toBe('充值');
      expect(decodeBytes(Buffer.from('\ufeff充值', 'utf16le').swap16(), type)).toBe('充值');
    }
    expect(decodeBytes(Buffer.from('<?xml version="1.0"?><a>充</a>', 'utf16le'))).toContain('充');
  });

  it('takes Latin-1 for what it is when it is no UTF-8', () => {
    expect(decodeBytes(Buffer.from('café crème', 'latin1'), 'text/plain; charset=iso-8859-1')).toBe('café crème');
  });

  it('believes no declaration of UTF-16 that can be read byte by byte', () => {
    const xml = '<?xml version="1.0" encoding="utf-16"?><a>充值</a>';
    expect(decodeBytes(Buffer.from(xml))).toBe(xml);
  });

  it('looks into HTML for a charset', () => {
    const { encode } = encoder('big5');
    const html = '<html><meta http-equiv="x" content="text/html; charset=big5"><p>帳號</p>';
    expect(decodeBytes(encode(html))).toBe(html);
  });
});

it('never throws and always gives well-formed text, whatever the bytes', () => {
  const types = fc.option(fc.string(), { nil: undefined });
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), types, (bytes, type) => {
      expect(decodeBytes(bytes, type).isWellFormed()).toBe(true);
    }),
  );
});
