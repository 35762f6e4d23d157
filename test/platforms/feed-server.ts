import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { brotliCompressSync, createGzip, gzipSync } from 'node:zlib';
import { FAULTS, type LocalServer, startServer } from './local-server.ts';

/**
 * A forum's feeds as the web serves them: conditional requests, compression, redirects, old encodings, and everything
 * that goes wrong. Start it by hand with `node test/platforms/feed-server.ts [port]` and open its address for the list.
 */
export interface FeedServer extends LocalServer {
  /** Each request in order, as "METHOD path status". */
  readonly log: string[];
  /** Headers of the last request. */
  readonly lastHeaders: () => IncomingMessage['headers'];
  /** Writes a post into the forum: it is first in the next reading of `/latest.rss`. */
  post(post: Partial<Post>): void;
  /** How many of the newest posts the feeds show. */
  window(size: number): void;
  /** Serves this instead of anything else at `path`, until taken back with undefined. */
  answer(path: string, with_: ((response: ServerResponse, request: IncomingMessage) => void) | undefined): void;
}

export interface Post {
  id: number;
  topic: number;
  title: string;
  author: string;
  html: string;
  at: Date;
}

const START = Date.UTC(2026, 10, 20, 8, 0, 0);

export function samplePosts(): Post[] {
  const lines = [
    ['app-bug', '更新之后一打开就闪退', 'xiaomei', '<p>更新到 3.2 之后 OKPay 一打开就闪退，<b>重装</b>也没用。</p>'],
    [
      'fees',
      'Why is the withdrawal fee 3%?',
      'lucky_otter',
      '<p>OKPay took 3% &amp; never said so.</p><blockquote><p>fees are low</p></blockquote>',
    ],
    [
      'top-up',
      '充值失败但是扣了钱',
      '阿明',
      '<p>充值 200 元失败，银行卡已经扣款 &lt;截图在下面&gt;</p><img src="/shot.png">',
    ],
  ] as const;
  return lines.map(([, title, author, html], index) => ({
    id: index + 1,
    topic: 100 + index,
    title,
    author,
    html,
    at: new Date(START + index * 3_600_000),
  }));
}

export async function startFeedServer(port = 0): Promise<FeedServer> {
  const posts = samplePosts();
  const log: string[] = [];
  const special = new Map<string, (response: ServerResponse, request: IncomingMessage) => void>();
  let windowSize = 20;
  let headers: IncomingMessage['headers'] = {};
  const shown = () => posts.slice(-windowSize).reverse();

  const server = await startServer((request, response) => {
    headers = request.headers;
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    response.once('close', () =>
      log.push(`${request.method} ${path} ${response.headersSent ? response.statusCode : '-'}`),
    );
    const answer = special.get(path) ?? ROUTES[path];
    if (!answer) return void response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found');
    return answer(response, request, shown());
  }, port);

  return {
    ...server,
    log,
    lastHeaders: () => headers,
    post(post) {
      const id = posts.length + 1;
      const at = new Date(START + id * 3_600_000);
      posts.push({
        id,
        topic: 100 + id,
        title: `Post ${id}`,
        author: 'newcomer',
        html: `<p>Text ${id}</p>`,
        at,
        ...post,
      });
    },
    window(size) {
      windowSize = size;
    },
    answer(path, with_) {
      if (with_) special.set(path, with_);
      else special.delete(path);
    },
  };
}

type Route = (response: ServerResponse, request: IncomingMessage, posts: Post[]) => void;

const ROUTES: Record<string, Route> = {
  '/': (response) => response.writeHead(200, { 'content-type': 'text/plain' }).end(Object.keys(ROUTES).join('\n')),
  '/latest.rss': (response, request, posts) => conditional(response, request, 'application/rss+xml', rss(posts)),
  '/atom.xml': (response, request, posts) => conditional(response, request, 'application/atom+xml', atom(posts)),
  '/rdf.xml': (response, request, posts) => conditional(response, request, 'application/rdf+xml', rdf(posts)),
  '/feed.json': (response, request, posts) => conditional(response, request, 'application/feed+json', jsonFeed(posts)),
  '/gzip.rss': (response, _request, posts) => packed(response, 'gzip', gzipSync(rss(posts))),
  '/brotli.rss': (response, _request, posts) => packed(response, 'br', brotliCompressSync(rss(posts))),
  '/moved.rss': (response) => response.writeHead(301, { location: '/latest.rss' }).end(),
  '/moved-twice.rss': (response) => response.writeHead(308, { location: '/moved.rss' }).end(),
  '/elsewhere.rss': (response) => response.writeHead(302, { location: '/latest.rss' }).end(),
  '/loop.rss': (response) => response.writeHead(302, { location: '/loop.rss' }).end(),
  '/gone.rss': (response) => response.writeHead(410).end('Gone'),
  '/busy.rss': (response) => FAULTS[429](response),
  '/broken-server.rss': (response) => FAULTS[500](response),
  '/login.rss': (response) => FAULTS.html(response),
  '/blocked.rss': (response) =>
    response.writeHead(403, { 'content-type': 'text/html' }).end('<html><body>Blocked</body></html>'),
  '/reset.rss': (response) => FAULTS.reset(response),
  '/slow.rss': () => {},
  '/half.rss': (response, _request, posts) => halfOf(response, rss(posts)),
  // The server itself lost the end; the transfer is complete.
  '/truncated.rss': (response, _request, posts) => whole(response, 'application/rss+xml', rss(posts).slice(0, -120)),
  '/bare-ampersand.rss': (response, _request, posts) =>
    whole(response, 'application/rss+xml', rss(posts).replaceAll('&amp;', '&')),
  '/broken-item.rss': (response, _request, posts) =>
    whole(response, 'application/rss+xml', rss(posts).replace('</title>', '<oops')),
  '/gb18030.rss': (response, _request, posts) => whole(response, 'application/rss+xml', gb(posts, 'GB2312')),
  '/wrong-charset.rss': (response, _request, posts) =>
    whole(response, 'application/rss+xml; charset=iso-8859-1', rss(posts)),
  '/bomb.rss': (response) => whole(response, 'application/rss+xml', entityBomb()),
  '/gzip-bomb.rss': (response) => gzipBomb(response),
  '/huge.rss': (response) => endless(response),
  '/empty.rss': (response) => whole(response, 'application/rss+xml', rss([])),
};

/** Answers 304 to a client that sends both validators back unchanged, as servers behind a cache do. */
function conditional(response: ServerResponse, request: IncomingMessage, type: string, body: string): void {
  const etag = `W/"${createHash('sha1').update(body).digest('hex').slice(0, 16)}"`;
  if (request.headers['if-none-match'] === etag) return void response.writeHead(304, { etag }).end();
  response.writeHead(200, {
    'content-type': `${type}; charset=utf-8`,
    etag,
    'last-modified': new Date(START).toUTCString(),
  });
  response.end(body);
}

function whole(response: ServerResponse, type: string, body: string | Buffer): void {
  response.writeHead(200, { 'content-type': type }).end(body);
}

function packed(response: ServerResponse, encoding: string, body: Buffer): void {
  response.writeHead(200, { 'content-type': 'application/rss+xml', 'content-encoding': encoding }).end(body);
}

function halfOf(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'content-type': 'application/rss+xml', 'content-length': Buffer.byteLength(body) });
  response.write(body.slice(0, body.length / 2), () => response.destroy());
}

/** 1 GiB of zeros in about 1 MB. */
function gzipBomb(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/rss+xml', 'content-encoding': 'gzip' });
  const packer = createGzip();
  packer.pipe(response);
  const zeros = Buffer.alloc(1024 * 1024);
  let left = 1024;
  const write = () => {
    while (left-- > 0 && !response.destroyed) if (!packer.write(zeros)) return void packer.once('drain', write);
    packer.end();
  };
  response.once('close', () => packer.destroy());
  write();
}

function endless(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/rss+xml' });
  const chunk = Buffer.from(`<item><title>${'x'.repeat(65_536)}</title></item>`);
  const write = () => {
    while (!response.destroyed) if (!response.write(chunk)) return void response.once('drain', write);
  };
  response.write('<rss version="2.0"><channel><title>Endless</title>');
  write();
}

function gb(posts: Post[], label: string): Buffer {
  const xml = rss(posts).replace('encoding="UTF-8"', `encoding="${label}"`);
  return encodeGb18030(xml);
}

/** Node decodes GB 18030 but does not encode it: the two-byte part of the table, turned round. */
function encodeGb18030(text: string): Buffer {
  const bytes: number[] = [];
  for (const character of text) {
    const pair = gbPairs().get(character);
    if (character.charCodeAt(0) < 0x80) bytes.push(character.charCodeAt(0));
    else if (pair) bytes.push(...pair);
    else throw new Error(`"${character}" is not in the two-byte part of GB 18030.`);
  }
  return Buffer.from(bytes);
}

let pairs: Map<string, [number, number]> | undefined;
function gbPairs(): Map<string, [number, number]> {
  if (pairs) return pairs;
  pairs = new Map();
  const decoder = new TextDecoder('gb18030');
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail !== 0x7f) pairs.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail]);
    }
  }
  return pairs;
}

function entityBomb(): string {
  const entities = Array.from({ length: 12 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');
  return `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">${entities}]>
<rss version="2.0"><channel><title>Bomb</title><item><title>&l12;</title><guid>1</guid></item></channel></rss>`;
}

function rss(posts: Post[]): string {
  const items = posts.map(
    ({ id, topic, title, author, html, at }) => `
    <item>
      <title>${xml(title)}</title>
      <dc:creator><![CDATA[${author}]]></dc:creator>
      <description><![CDATA[ ${html} ]]></description>
      <link>/t/some-slug/${topic}/${id}</link>
      <pubDate>${at.toUTCString()}</pubDate>
      <guid isPermaLink="false">forum-post-${id}</guid>
    </item>`,
  );
  return `<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
  <channel>
    <title>OKPay 用户论坛 &amp; help</title>
    <link>https://forum.example/</link>
    <language>zh-CN</language>${items.join('')}
  </channel>
</rss>`;
}

function atom(posts: Post[]): string {
  const entries = posts.map(
    ({ id, topic, title, author, html, at }) => `
  <entry>
    <id>tag:forum.example,2026:${id}</id>
    <title>${xml(title)}</title>
    <link rel="alternate" href="t/${topic}#reply${id}"/>
    <author><name>${xml(author)}</name><uri>/u/${id}</uri></author>
    <published>${at.toISOString()}</published>
    <updated>${new Date(at.getTime() + 60_000).toISOString()}</updated>
    <content type="html">${xml(html)}</content>
  </entry>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://forum.example/">
  <title>OKPay 用户论坛</title>
  <id>https://forum.example/</id>
  <updated>2026-11-20T08:00:00Z</updated>${entries.join('')}
</feed>`;
}

function rdf(posts: Post[]): string {
  const items = posts.map(
    ({ id, title, author, html, at }) => `
  <item rdf:about="https://forum.example/p/${id}">
    <title>${xml(title)}</title>
    <link>https://forum.example/p/${id}</link>
    <description>${xml(html)}</description>
    <dc:creator>${xml(author)}</dc:creator>
    <dc:date>${at.toISOString()}</dc:date>
  </item>`,
  );
  return `<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <channel rdf:about="https://forum.example/"><title>OKPay 用户论坛</title><link>https://forum.example/</link></channel>${items.join('')}
</rdf:RDF>`;
}

function jsonFeed(posts: Post[]): string {
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: 'OKPay 用户论坛',
    home_page_url: 'https://forum.example/',
    items: posts.map(({ id, title, author, html, at }) => ({
      id: String(id),
      url: `/p/${id}`,
      title,
      content_html: html,
      date_published: at.toISOString(),
      authors: [{ name: author }],
    })),
  });
}

function xml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

if (import.meta.main) {
  const { url } = await startFeedServer(Number(process.argv[2] ?? 8080));
  console.log(`Feeds at ${url}`);
}
