import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFeed } from '../../../connectors/feed/client.ts';
import { cpuTime } from '../../kit/cpu-time.ts';
import { forum, readText, rss } from './support.ts';

const items = Array.from(
  { length: 6 },
  (_, i) =>
    `<item><guid>g${i}</guid><title>标题 ${i}</title><description><![CDATA[text </item> ${i}]]></description></item>`,
);
const whole = rss(items.join('\n'));

describe('a document that breaks off', () => {
  it('gives every item that came through, wherever it breaks', () => {
    fc.assert(
      fc.property(fc.nat(whole.length), (at) => {
        const text = whole.slice(0, at);
        const complete = items.filter((item) => text.includes(item)).length;
        if (complete === 0) return;
        const { feeds } = readFeed(text);
        const found = feeds.flatMap((feed) => (feed.format === 'rss' ? (feed.feed.items ?? []) : []));
        expect(found.filter(({ guid }) => guid).length).toBeGreaterThanOrEqual(complete);
        expect(found[0]?.title).toBe('标题 0');
      }),
    );
  });

  it('says what is missing and is not taken for complete', async () => {
    await using site = await forum(['/truncated.rss']);
    const page = await site.page(Date.UTC(2026, 10, 1));
    expect(page.found).toHaveLength(2);
    expect(page.skipped).toHaveLength(1);
    expect(page.notices).toEqual([expect.stringContaining('2 whole items were read, 1 were not')]);
    expect(page.coverage).toEqual([expect.objectContaining({ kind: 'hole' })]);
  });

  it('is asked for in full the next time, whatever its validators said', async () => {
    await using site = await forum(['/document']);
    site.answer('/document', (response) => response.writeHead(200, { etag: '"half"' }).end(whole.slice(0, -200)));
    await site.page();
    await site.page();
    expect(site.lastHeaders()).not.toHaveProperty('if-none-match');
  });
});

describe('broken XML', () => {
  it('with bare ampersands is read as it was meant', async () => {
    const { found } = await readText(rss('<item><title>Q & A</title><link>https://a.example/?a=1&b=2</link></item>'));
    expect(found[0]).toMatchObject({ text: 'Q & A', url: 'https://a.example/?a=1&b=2' });
  });

  it('costs only the item it is in', async () => {
    const { found, skipped } = await readText(rss(`${items[0]}<item><title>x <b y</titel></item>${items[1]}`));
    expect(found.map(({ text }) => text.split('\n')[0])).toEqual(['标题 0', '标题 1']);
    expect(skipped).toEqual([{ reason: expect.stringContaining('XML of this item is broken') }]);
  });

  it('in the head costs only the head', async () => {
    const { found } = await readText(
      rss(items.join(''), '<title>Forum</title><link>https://forum.example/</link><description>x <b</description'),
    );
    expect(found).toHaveLength(6);
    expect(found[0]?.place).toBe('Forum');
  });

  it('in Atom and RDF is mended too', () => {
    const atom =
      '<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title><entry><id>1</id><title>one</title></entry><entry><id>2</id><ti';
    const rdf =
      '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>F</title></channel><item><title>one</title></item><item><title';
    for (const text of [atom, rdf]) expect(readFeed(text)).toMatchObject({ feeds: [{}], torn: [{}], whole: false });
  });
});

describe('what is no feed', () => {
  it.each([
    '',
    ' ',
    'plain text',
    '{"items":[]}',
    '<html></html>',
    '<?xml version="1.0"?><opml/>',
    '{"version":',
    '\ud800',
    '<rss',
  ])('%j is bad-shape', (text) => expect(() => readFeed(text)).toThrow(expect.objectContaining({ kind: 'bad-shape' })));

  it.each([
    ['open CDATA', `<rss version="2.0"><channel><item>${'<![CDATA['.repeat(300_000)}`],
    ['open items', `<rss version="2.0"><channel>${'<item>'.repeat(300_000)}`],
    ['open comments', `<rss version="2.0"><channel><item>${'<!--'.repeat(500_000)}`],
    ['angle brackets', `<rss version="2.0"><channel><item>${'<'.repeat(2_000_000)}`],
    ['depth', `<rss version="2.0"><channel><item>${'<a>'.repeat(300_000)}</item>`],
  ])(
    '2 MB of %s ends in seconds',
    async (_, text) => {
      const reading = () => expect(() => readFeed(text)).toThrow(expect.objectContaining({ kind: 'bad-shape' }));
      expect(await cpuTime(reading)).toBeLessThan(8000);
    },
    120_000,
  );
});
