import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conversationOf } from '../../../connectors/feed/messages.ts';
import { faultsOf, NOW } from '../../contract/support.ts';
import { cpuTime } from '../../kit/cpu-time.ts';
import { forum, readItem, readText, rss } from './support.ts';

describe('one post in four formats', () => {
  it.each(['/latest.rss', '/atom.xml', '/rdf.xml', '/feed.json'])(
    '%s gives the same words, author, place and time',
    async (path) => {
      await using site = await forum([path]);
      const { found } = await site.page();
      expect(found.map(({ text }) => text)).toEqual([
        '充值失败但是扣了钱\n充值 200 元失败，银行卡已经扣款 <截图在下面>',
        'Why is the withdrawal fee 3%?\nOKPay took 3% & never said so.\n\n> fees are low',
        '更新之后一打开就闪退\n更新到 3.2 之后 OKPay 一打开就闪退，重装也没用。',
      ]);
      expect(found[1]).toMatchObject({
        author: { name: 'lucky_otter' },
        place: expect.stringContaining('OKPay 用户论坛'),
        saidAt: Date.UTC(2026, 10, 20, 9),
        permission: { how: 'by-hand', why: expect.stringMatching(/\w+/) },
      });
    },
  );

  it.each(['/gb18030.rss', '/wrong-charset.rss', '/brotli.rss'])('%s is readable all the same', async (path) => {
    await using site = await forum([path]);
    expect((await site.page()).found[0]?.text).toContain('充值失败但是扣了钱');
  });
});

describe('identity', () => {
  const idOf = async (item: string) => (await readItem(item)).nativeId.replace(/^.*?:/, '');

  it('is the guid, else the link, else what it says', async () => {
    expect(await idOf('<item><guid>g1</guid><link>https://a.example/</link><title>t</title></item>')).toBe('g1');
    expect(await idOf('<item><link>https://a.example/</link><title>t</title></item>')).toBe('https://a.example/');
    const hashed = await idOf('<item><title>t</title><pubDate>1 Nov 2026</pubDate></item>');
    expect(hashed).toMatch(/^#[\da-f]{12}$/);
    expect(await idOf('<item><title>t</title><pubDate>2 Nov 2026</pubDate></item>')).not.toBe(hashed);
  });

  it('may be a number, or very long', async () => {
    expect(await idOf('<item><guid>4711</guid><title>t</title></item>')).toBe('4711');
    expect(await idOf(`<item><guid>${'9'.repeat(5000)}</guid><title>t</title></item>`)).toMatch(/^[\da-f]{12}$/);
  });

  it('that occurs twice in a feed is one mention', async () => {
    const twice = '<item><guid>g</guid><title>one</title></item><item><guid>g</guid><title>two</title></item>';
    expect((await readText(rss(twice))).found.map(({ text }) => text)).toEqual(['one']);
  });
});

describe('dates', () => {
  const dated = (date: string) => readItem(`<item><title>t</title><pubDate>${date}</pubDate></item>`);

  it('are kept when they can be true', async () => {
    expect((await dated('Sun, 22 Nov 2026 20:00:00 +0800')).saidAt).toBe(Date.UTC(2026, 10, 22, 12));
  });

  it.each([
    '',
    'gestern',
    new Date(NOW + 60_000).toUTCString(),
    'Thu, 01 Jan 1970 00:00:00 GMT',
    '0001-01-01T00:00:00Z',
  ])('"%s" is left out', async (date) => expect(await dated(date)).not.toHaveProperty('saidAt'));
});

describe('titles and texts', () => {
  const textOf = async (title: string, body: string) =>
    (await readItem(`<item><title>${title}</title><description><![CDATA[${body}]]></description></item>`)).text;

  it('stand on lines of their own', async () => {
    expect(await textOf('Locked out', '<p>They locked <i>me</i> out</p>')).toBe('Locked out\nThey locked me out');
  });

  it('are not said twice when the text begins with the title', async () => {
    expect(await textOf('Locked out since', 'Locked  out since Monday')).toBe('Locked  out since Monday');
    expect(await textOf('Top', 'Topping up fails')).toBe('Top\nTopping up fails');
    expect(await textOf('客服一直不回…', '<p>客服一直不回复我</p>')).toBe('客服一直不回复我');
  });

  it('may be missing, but not both', async () => {
    expect(await textOf('', 'only text')).toBe('only text');
    expect(await textOf('only title', '')).toBe('only title');
    expect((await readText(rss('<item><guid>1</guid></item>'))).skipped).toEqual([
      { reason: expect.stringContaining('neither title nor text') },
    ]);
  });

  it('are text, not code: scripts vanish, written markup stays visible', async () => {
    expect(await textOf('&lt;b&gt;bold&lt;/b&gt; &amp;amp; I &lt;3 it', '<script>alert(1)</script>ok')).toBe(
      'bold & I <3 it\nok',
    );
  });

  it('lose the footer that forums append', async () => {
    expect(
      await textOf(
        't',
        '<p>said</p><p><small>5 posts - 3 participants</small></p><p><a href="x">Read full topic</a></p>',
      ),
    ).toBe('t\nsaid');
  });

  it('prefer the full content over the summary', async () => {
    const item =
      '<item><title>t</title><description>short</description><content:encoded>the whole story</content:encoded></item>';
    expect((await readItem(item)).text).toBe('t\nthe whole story');
  });

  it('in Atom are plain unless they say otherwise', async () => {
    const entry = (title: string, content: string) =>
      `<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title><entry><id>1</id>${title}${content}</entry></feed>`;
    const plain = await readText(entry('<title>a &lt;b&gt; c</title>', '<content>1 &lt; 2 &amp;amp; 3</content>'));
    expect(plain.found[0]?.text).toBe('a <b> c\n1 < 2 &amp; 3');
    const xhtml =
      '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>one</p><pre>x\n y</pre></div></content>';
    expect((await readText(entry('<title type="html">a &amp;lt; b</title>', xhtml))).found[0]?.text).toBe(
      'a < b\none\n\n```\nx\n y\n```',
    );
  });
});

describe('addresses', () => {
  it('start at the site that the feed names, or at the base an element names', async () => {
    expect(
      (
        await readItem(
          '<item><title>t</title><link>/t/1</link></item>',
          '<title>F</title><link>https://forum.example/sub/</link>',
        )
      ).url,
    ).toBe('https://forum.example/t/1');
    const atom = `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example/"><title>F</title>
      <entry xml:base="blog/"><id>1</id><title>t</title><link href="p/1"/></entry></feed>`;
    expect((await readText(atom)).found[0]?.url).toBe('https://a.example/blog/p/1');
  });

  it('are web addresses or none', async () => {
    const item = await readItem(
      '<item><title>t</title><link>javascript:alert(1)</link><enclosure url="data:x" type="a" length="1"/></item>',
    );
    expect(item).not.toHaveProperty('url');
    expect(item.attachments).toEqual([]);
  });

  it.each([
    ['https://meta.example/t/some-slug/123/4', 'https://meta.example/t/123'],
    ['https://meta.example/t/123/4', 'https://meta.example/t/123'],
    ['https://v.example/t/123#reply5', 'https://v.example/t/123'],
    ['https://nodebb.example/forum/topic/123/slug/4', 'https://nodebb.example/forum/topic/123'],
    ['https://qa.example/questions/123/why#456', 'https://qa.example/questions/123'],
    ['https://flarum.example/d/123-slug/4', 'https://flarum.example/d/123'],
    ['https://xen.example/threads/slug.123/post-456', 'https://xen.example/threads/123'],
    ['https://php.example/viewtopic.php?f=2&t=123&p=9#p9', 'https://php.example/viewtopic.php?t=123'],
    ['https://dz.example/forum.php?mod=viewthread&tid=123&page=2', 'https://dz.example/forum.php?tid=123'],
    ['https://dz.example/thread-123-2-1.html', 'https://dz.example/thread-123'],
    ['https://blog.example/2026/11/post#comment-3', 'https://blog.example/2026/11/post'],
  ])('%s is part of %s', (url, topic) => expect(conversationOf(url)).toBe(topic));
});

describe('authors', () => {
  const authorOf = async (xml: string) => (await readItem(`<item><title>t</title>${xml}</item>`)).author;

  it('belong to their site: the same name elsewhere is someone else', async () => {
    const author = await authorOf('<dc:creator>小雨</dc:creator>');
    expect(author).toMatchObject({ id: expect.stringMatching(/^127\.0\.0\.1:\d+\/小雨$/), name: '小雨' });
  });

  it('may be handles; a mail address is not passed on', async () => {
    expect(await authorOf('<dc:creator>@tin_lantern</dc:creator>')).toMatchObject({
      handle: 'tin_lantern',
      name: 'tin_lantern',
    });
    expect(await authorOf('<author>ann@mail.example (Ann)</author>')).toMatchObject({ name: 'Ann' });
    expect(JSON.stringify(await authorOf('<author>bob@mail.example</author>'))).not.toContain('mail.example');
  });

  it('may be unknown', async () => expect(await authorOf('')).toEqual({ id: 'unknown' }));
});

describe('what an operator wants', () => {
  const two = rss(
    '<item><title>ＯＫＰａｙ到账慢</title><dc:creator>guest</dc:creator></item><item><title>weather today</title></item><item><title>OKPay answers</title><dc:creator>OKPay Team</dc:creator></item>',
  );

  it.each([
    [{}, 3],
    [{ keywords: ['okpay'] }, 2],
    [{ keywords: ['到账', 'Weather'] }, 2],
    [{ keywords: ['nothing'] }, 0],
    [{ ourNames: ['okpay team'] }, 2],
  ])('%j leaves %i', async (options, count) =>
    expect((await readText(two, 'application/xml', options)).found).toHaveLength(count),
  );
});

describe('hostile feeds', () => {
  it('give harmless, storable text whatever is in their fields', async () => {
    const nasty = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.constantFrom(
        '\u202e',
        '&#xD800;',
        '&#0;',
        '<script>x</script>',
        '&lt;img src=x onerror=y&gt;',
        ']]>',
        '<![CDATA[',
        '&undefined;',
        '<item>',
        '</item>',
        '\0',
      ),
    );
    const fields = fc.record({ title: nasty, guid: nasty, link: nasty, body: nasty, creator: nasty, date: nasty });
    await using site = await forum(['/document']);
    await fc.assert(
      fc.asyncProperty(fc.array(fields, { maxLength: 5 }), async (items) => {
        const xml = rss(
          items
            .map(
              ({ title, guid, link, body, creator, date }) =>
                `<item><title>${title}</title><guid>${guid}</guid><link>${link}</link><description>${body}</description><dc:creator>${creator}</dc:creator><pubDate>${date}</pubDate></item>`,
            )
            .join(''),
        );
        site.answer('/document', (response) => response.writeHead(200, { 'content-type': 'text/xml' }).end(xml));
        const page = await site.page().catch((error) => {
          expect(error.kind).toBe('bad-shape');
          return undefined;
        });
        expect(page?.found.flatMap(faultsOf) ?? []).toEqual([]);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('with entity bombs and foreign entities are harmless', async () => {
    await using site = await forum(['/bomb.rss']);
    expect((await site.page()).found[0]?.text.length).toBeLessThan(20);
    const xxe = `<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>${rss('<item><title>a &x; b</title></item>').slice(21)}`;
    expect((await readText(xxe)).found[0]?.text).toBe('a &x; b');
  });

  it('of 8 MB in one text are read in seconds', async () => {
    const document = rss(`<item><title>t</title><description>${'文字 '.repeat(1_100_000)}</description></item>`);
    const spent = await cpuTime(async () => {
      const { found } = await readText(document);
      expect(found[0]?.text.length).toBeGreaterThan(3_000_000);
    });
    expect(spent).toBeLessThan(8000);
  }, 120_000);
});
