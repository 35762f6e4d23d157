import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanText, htmlToText, markupToText, safeUrl } from '#kit';
import { cpuTime } from './cpu-time.ts';

describe('HTML as text', () => {
  it('keeps what a person reads, line by line', () => {
    expect(htmlToText('<h2>Fees</h2><p>They took <b>3%</b><br>again</p><ul><li>once<li>twice</ul>')).toBe(
      'Fees\n\nThey took 3%\nagain\n\n- once\n- twice',
    );
  });

  it('marks what others said, however deep', () => {
    expect(htmlToText('<blockquote>a<blockquote>b</blockquote></blockquote><p>mine</p>')).toBe('> a\n>\n> > b\n\nmine');
  });

  it('fences code off', () => {
    expect(htmlToText('<p>try</p><pre><code>if (a &lt; b)\n  x()</code></pre>')).toBe(
      'try\n\n```\nif (a < b)\n  x()\n```',
    );
  });

  it('lets nothing run and shows nothing hidden', () => {
    const hidden =
      '<script>bad()</script><style>bad{}</style><iframe srcdoc="bad">bad</iframe><svg onload="bad()"><text>bad</text></svg>' +
      '<noscript>bad</noscript><template>bad</template><object>bad</object><img src=x onerror=bad()><form>bad</form>';
    expect(htmlToText(`<p>good</p>${hidden}`)).toBe('good');
  });

  it('leaves markup that was written as text as text', () => {
    expect(htmlToText('<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>')).toBe('<script>alert(1)</script>');
  });

  it('shows where a link leads only when it leads away', () => {
    const base = 'https://forum.example/t/1';
    expect(htmlToText('<a href="/u/bob">@bob</a>', base)).toBe('@bob');
    expect(htmlToText('<a href="https://evil.example/win">your refund</a>', base)).toBe(
      'your refund [https://evil.example/win]',
    );
    expect(htmlToText('<a href="https://a.example/x">https://a.example/x</a>', base)).toBe('https://a.example/x');
    expect(htmlToText('<a href="javascript:alert(1)">click</a>', base)).toBe('click');
  });

  it('keeps the cells of a table apart', () => {
    expect(htmlToText('<table><tr><td>充值<td>200</tr><tr><td>提现<td>50</tr></table>')).toBe('充值 200\n提现 50');
  });

  it.each([
    ['nested 100,000 deep', '<div>'.repeat(100_000)],
    ['quotes 400 deep', '<blockquote>'.repeat(400)],
    ['unclosed everything', '<p><b><i><a href=x><li>'.repeat(20_000)],
    ['10 MB of one paragraph', `<p>${'文字 abc '.repeat(1_400_000)}`],
    ['10 MB of angle brackets', '<'.repeat(10_000_000)],
    ['1 MB of comments', '<!-- '.repeat(200_000)],
    ['1 MB of attributes', `<a ${'x=1 '.repeat(250_000)}>`],
  ])(
    'survives %s',
    async (_, html) => {
      const spent = await cpuTime(() => expect(htmlToText(`start ${html}`)).toMatch(/^start/));
      expect(spent).toBeLessThan(8000);
    },
    120_000,
  );

  it('cuts off after 10 MiB', () => {
    expect(htmlToText('a'.repeat(12_000_000))).toHaveLength(10 * 1024 * 1024);
  }, 60_000);

  it('is well-formed text without tags of its own making, whatever comes in', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '<p>',
        '</p>',
        '<b',
        '>',
        '"',
        '<!--',
        '-->',
        '<![CDATA[',
        '&amp;',
        '&#xD800;',
        '&lt;',
        '<script>',
        '\ud800',
        '\u202e',
      ),
      fc.string({ unit: 'binary', maxLength: 10 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = htmlToText(pieces.join(''));
        expect(text.isWellFormed()).toBe(true);
        expect(text).toBe(cleanText(text));
      }),
    );
  }, 60_000);
});

describe('text that may be HTML', () => {
  it('is HTML only when it uses tags', () => {
    expect(markupToText('I <3 OKPay & 1 < 2\nsecond line')).toBe('I <3 OKPay & 1 < 2\nsecond line');
    expect(markupToText('AT&amp;T &#20320;&#22909; &lt;ok&gt;')).toBe('AT&T 你好 <ok>');
    expect(markupToText('<p>one</p>\n<p>two</p>')).toBe('one\n\ntwo');
  });
});

describe('clean text', () => {
  it('has no control characters and no lone surrogates, and one kind of line break', () => {
    expect(cleanText('\ufeffa\r\nb\rc\0d\u0007\ud83d e\u2028f ')).toBe('a\nb\ncd\ufffd e\nf');
  });

  it('keeps direction marks, emoji and every script', () => {
    for (const text of ['مرحبا\u200f!', '👨‍👩‍👧', '到账了吗？', 'a\tb']) expect(cleanText(text)).toBe(text);
  });

  it('is the same when cleaned again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(cleanText(cleanText(text))).toBe(cleanText(text));
      }),
    );
  });
});

describe('addresses', () => {
  it.each([
    ['https://a.example/x', undefined, 'https://a.example/x'],
    ['../b', 'https://a.example/t/1/2', 'https://a.example/t/b'],
    ['//cdn.example/i.png', 'https://a.example/', 'https://cdn.example/i.png'],
    [' https://a.example ', undefined, 'https://a.example/'],
    ['https://user:pass@a.example/', undefined, 'https://a.example/'],
  ])('%s from %s is %s', (address, base, expected) => expect(safeUrl(address, base)).toBe(expected));

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'vbscript:x',
    '',
    'no base',
    `https://a.example/${'x'.repeat(5000)}`,
  ])('%s is none', (address) => expect(safeUrl(address)).toBeUndefined());
});
