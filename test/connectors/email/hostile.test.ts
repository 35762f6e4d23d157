import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMail } from '../../../connectors/email/messages.ts';
import type { Source } from '../../../src/core/ports.ts';
import { picture } from '../../attachments/pictures.ts';
import { heard, mailbox, raw, read } from './support.ts';

const KB = 1024;
const bytesOf = (label: string, hex: string, encoding = '8bit') =>
  Buffer.concat([
    Buffer.from(raw([`Content-Type: text/plain; charset=${label}`, `Content-Transfer-Encoding: ${encoding}`], '')),
    Buffer.from(hex, 'hex'),
  ]);

describe('letters of every kind', () => {
  it.each([
    ['GB 18030', 'gb18030', 'c7aebfdbc1cbc3bbb5bdd5cb', '钱扣了没到账'],
    ['GB 18030 that calls itself GB 2312', 'gb2312', 'eedad3a1cfc8c9fa8346', '钰印先生僃'],
    ['GBK without a label', 'us-ascii', 'c7aebfdbc1cbc3bbb5bdd5cb', '钱扣了没到账'],
    ['UTF-8 that calls itself Latin-1', 'iso-8859-1', 'e992b1e689a3e4ba86', '钱扣了'],
    ['Big5', 'big5', 'bffabcd3a4a4', '錢樓中'],
    ['Shift JIS', 'shift_jis', '93fa967b8cea', '日本語'],
    ['ISO-2022-JP', 'iso-2022-jp', '1b2442467c4b5c386c1b2842', '日本語'],
    ['EUC-KR by an old name', 'ks_c_5601-1987', 'c7d1b1db', '한글'],
    ['a kind that nobody knows', 'x-nonsense', 'e992b1e689a3e4ba86', '钱扣了'],
  ])('are read: %s', async (_, label, hex, text) => {
    expect((await heard(bytesOf(label, hex))).found?.text).toBe(text);
  });

  it('stay harmless where they hide markup: UTF-7 is not read as such', async () => {
    const { found } = await heard(
      raw(['Content-Type: text/html; charset=utf-7'], '+ADw-script+AD4-alert(1)+ADw-/script+AD4-'),
    );
    expect(found?.text).not.toContain('<script>');
  });

  it.each(['e992b1e689a3e4ba86', 'c7aebfdbc1cb'])('are read in a subject without any encoding (%s)', async (hex) => {
    const subject = Buffer.concat([Buffer.from('Subject: '), Buffer.from(hex, 'hex'), Buffer.from('\r\n')]);
    const mail = Buffer.concat([
      Buffer.from('Message-ID: <a@b.example>\r\nFrom: mei@users.example\r\n'),
      subject,
      Buffer.from('\r\nx'),
    ]);
    expect((await heard(mail)).found?.text).toBe('钱扣了\nx');
  });
});

describe('HTML mail', () => {
  it('becomes text, without scripts, styles, pictures or a request to anybody', async () => {
    const html =
      '<html><head><style>p{color:red}</style></head><body><p>My money is <b>gone</b>.</p><script>alert(1)</script>' +
      '<img src="https://track.example/p.gif?u=7"><iframe src="https://evil.example"></iframe>' +
      '<a href="https://evil.example/login">okpay.example</a></body></html>';
    const { found } = await heard(raw(['Content-Type: text/html; charset=utf-8'], html));
    expect(found?.text).toBe('My money is gone.\n\nokpay.example [https://evil.example/login]');
    expect(found?.attachments).toBeUndefined();
  });

  it('loses what it quotes', async () => {
    const html =
      '<div>It still fails.</div><div class="gmail_quote"><div>On Fri, Nov 20, 2026 at 9:12 AM Help &lt;help@acorn.example&gt; wrote:<br></div><blockquote>Please try again.</blockquote></div>';
    expect((await heard(raw(['Content-Type: text/html'], html))).found?.text).toBe('It still fails.');
  });

  it.each([
    ['nested 5,000 deep', `${'<div>'.repeat(5_000)}deep`],
    ['of tags without an end', '<a '.repeat(30_000)],
    ['of entities', '&lt;'.repeat(30_000)],
  ])('%s is read in its time', async (_, html) => {
    expect((await heard(raw(['Content-Type: text/html'], html))).found).toBeDefined();
  });
});

describe('broken mail', () => {
  it.each([
    ['without a head', '\r\nHello'],
    ['without a body', 'From: mei@users.example\r\nSubject: Hello'],
    [
      'that ends in the middle of a part',
      raw(['Content-Type: multipart/mixed; boundary=b'], '--b', 'Content-Type: text/plain', '', 'Hello'),
    ],
    ['whose boundary never comes', raw(['Content-Type: multipart/mixed; boundary=b'], 'Hello')],
    ['with a type that is none', raw(['Content-Type: ;;;=', 'Content-Transfer-Encoding: rot13'], 'Hello')],
    ['with base64 that is none', raw(['Content-Transfer-Encoding: base64'], '###=== Hello')],
    ['with a date that is none', raw(['Date: yesterday'], 'Hello')],
    [
      'with ten thousand lines in its head',
      raw(
        Array.from({ length: 10_000 }, (_, n) => `X-${n}: y`),
        'Hello',
      ),
    ],
    ['with NUL and halves of characters', raw(['Subject: a\0b'], 'Hello\0\ud800')],
  ])('%s is heard or skipped, and the next one is heard', async (_, mail) => {
    await using box = await mailbox();
    box.platform.deliver(mail);
    box.platform.write({ id: 'next@users.example' });
    const { found, pages } = await read(box.open());
    expect(found.at(-1)?.nativeId).toMatch(/^next@/);
    expect(found.length + pages.flatMap(({ skipped = [] }) => skipped).length).toBe(2);
  });

  it('that the server itself cannot show is skipped, and those beside it are heard', async () => {
    await using box = await mailbox();
    box.platform.write({ id: 'before@users.example' });
    // Deeper than the stack of this server.
    const parts = Array.from(
      { length: 1_500 },
      (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`,
    );
    box.platform.deliver(`From: mei@users.example\r\nMessage-ID: <n@x.example>\r\n${parts.join('')}\r\nHello`);
    box.platform.write({ id: 'after@users.example' });
    const { found, pages } = await read(box.open());
    expect(found.map(({ nativeId }) => nativeId.split('@')[0])).toEqual(['before', 'after']);
    expect(pages.flatMap(({ skipped = [] }) => skipped)).toEqual([
      { reason: expect.stringMatching(/^Mail 2 in INBOX .+ look at it in the mailbox/) },
    ]);
  });

  it('alone in its folder is no reason to skip it: the server may be in trouble', async () => {
    await using box = await mailbox();
    box.platform.write();
    box.platform.onNext('imap FETCH', ...Array.from({ length: 9 }, () => ({ as: { say: '% NO Internal error' } })));
    await expect(read(box.open())).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it('never throws anything but an error, whatever the bytes', async () => {
    const line = fc.oneof(
      fc.constantFrom(
        'Content-Type: multipart/mixed; boundary=b',
        '--b',
        '--b--',
        '',
        'Content-Transfer-Encoding: base64',
        'Content-Type: message/rfc822',
        'Subject: =?gb2312?B?w/w=?=',
      ),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 20 }), async (lines) => {
        const mail = await readMail(Buffer.from(lines.join('\r\n')));
        expect(mail.text.isWellFormed()).toBe(true);
        expect(mail.subject.isWellFormed()).toBe(true);
      }),
    );
  });
});

const attached = (name: string, type: string, content: Buffer) => [
  '--b',
  `Content-Type: ${type}; name="${name}"`,
  'Content-Transfer-Encoding: base64',
  `Content-Disposition: attachment; filename="${name}"`,
  '',
  content.toString('base64').replace(/.{76}/g, '$&\r\n'),
];
const withFiles = (text: string, ...files: string[][]) =>
  raw(
    ['Content-Type: multipart/mixed; boundary=b'],
    '--b',
    'Content-Type: text/plain',
    '',
    text,
    ...files.flat(),
    '--b--',
  );

/** A source that keeps pictures where a test can see them. */
function keeping(opened: { nativeId: string; bytes: Uint8Array }[]) {
  return {
    keep: async (_: string, { nativeId, bytes }: { nativeId: string; bytes: Uint8Array }) => {
      opened.push({ nativeId, bytes });
      return { file: '0000000000000000.png', type: 'image/png', width: 1, height: 1 };
    },
  };
}

describe('files that come along', () => {
  it('are named by what they are called, what they are and how large, and nothing is opened', async () => {
    const bomb = deflateRawSync(Buffer.alloc(20 * 1024 * KB));
    const { found } = await heard(
      withFiles(
        'See these',
        attached('bomb.zip', 'application/zip', bomb),
        attached('../../etc/pass\u202Egnp.exe', 'application/x-msdownload', Buffer.from('MZ')),
      ),
    );
    expect(found?.text).toBe('See these');
    expect(found?.attachments).toEqual([
      { description: `bomb.zip, ${Math.round(bomb.length / 1000)} kB`, type: 'application/zip' },
      { description: expect.not.stringMatching(/[/\u202E]/), type: 'application/x-msdownload' },
    ]);
  });

  it('are kept where they are pictures, of short mails and of long ones', async () => {
    const opened: { nativeId: string; bytes: Uint8Array }[] = [];
    await using box = await mailbox({ attachments: keeping(opened) });
    const small = await picture('png');
    const large = Buffer.concat([small, Buffer.alloc(900 * KB, 7)]);
    box.platform.deliver(withFiles('short', attached('a.png', 'image/png', small)));
    box.platform.deliver(
      withFiles(
        'long',
        attached('log.bin', 'application/octet-stream', Buffer.alloc(400 * KB)),
        attached('b.png', 'image/png', large),
      ).replace('q1@', 'q2@'),
    );
    const { found } = await read(box.open());
    expect(opened.map(({ bytes }) => bytes.length)).toEqual([small.length, large.length]);
    expect(opened.map(({ nativeId }) => nativeId)).toEqual(found.map(({ nativeId }) => nativeId));
    expect(found[0]?.attachments).toEqual([{ file: '0000000000000000.png', type: 'image/png', width: 1, height: 1 }]);
    expect(found[1]).toMatchObject({
      text: 'long',
      attachments: [{ description: expect.stringMatching(/^log\.bin, \d+ kB$/) }, { type: 'image/png' }],
    });
  });

  it('are at most twenty, and at most eight of them pictures that are looked at', async () => {
    const opened: { nativeId: string; bytes: Uint8Array }[] = [];
    await using box = await mailbox({ attachments: keeping(opened) });
    const files = Array.from({ length: 30 }, (_, n) => attached(`${n}.png`, 'image/png', Buffer.from(`${n}`)));
    box.platform.deliver(withFiles('many', ...files));
    const { found } = await read(box.open());
    expect(opened).toHaveLength(8);
    expect(found[0]?.attachments).toHaveLength(21);
    expect(found[0]?.attachments?.at(-1)?.description).toBe('and 10 more files, in the mailbox');
  });
});

describe('a mail of 50 MB', () => {
  const fifty = Buffer.alloc(37 * 1024 * KB, 3);

  it('costs no more than its beginning, and its text is heard', async () => {
    await using box = await mailbox();
    box.platform.deliver(withFiles('The log is attached', attached('log.bin', 'application/octet-stream', fifty)));
    const source: Source = box.open();
    const { found } = await read(source);
    expect(found[0]?.text).toBe('The log is attached');
    expect(found[0]?.attachments).toEqual([{ description: 'log.bin, 38.8 MB', type: 'application/octet-stream' }]);
    expect(box.platform.imap.answered).toBeLessThan(600 * KB);
  });

  it('whose text stands behind the file is heard, too', async () => {
    await using box = await mailbox();
    const file = attached('log.bin', 'application/octet-stream', fifty);
    box.platform.deliver(
      raw(
        ['Content-Type: multipart/mixed; boundary=b'],
        ...file,
        '--b',
        'Content-Type: text/plain; charset=gb2312',
        '',
        '\xc7\xae\xbf\xdb\xc1\xcb',
        '--b--',
      ),
    );
    expect((await read(box.open())).found[0]?.text).toBe('钱扣了');
    expect(box.platform.imap.answered).toBeLessThan(600 * KB);
  });

  it('of nothing but text is cut', async () => {
    await using box = await mailbox();
    box.platform.deliver(raw([], 'word '.repeat(10 * 1024 * KB)));
    expect((await read(box.open())).found[0]?.text.length).toBeLessThan(210_000);
  });
});
