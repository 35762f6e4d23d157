import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttp, type HttpRequest } from '#kit';
import { guardedLookup, isPrivateAddress } from '../../src/kit/private-hosts.ts';
import { type FeedServer, startFeedServer } from '../platforms/feed-server.ts';
import { FAULTS, type LocalServer, startServer } from '../platforms/local-server.ts';

let one: FeedServer;
/** Another port is another host. */
let other: LocalServer;
let seenByOther: Record<string, unknown> = {};

beforeAll(async () => {
  one = await startFeedServer();
  other = await startServer((request, response) => {
    seenByOther = request.headers;
    response.end('other');
  });
});
afterAll(() => Promise.all([one.close(), other.close()]));

const http = createHttp({ userAgent: 'earshot-test/1', timeoutMs: 10_000 });
const ask = (path: string, more: Partial<HttpRequest> = {}) =>
  http.request({ url: path.startsWith('http') ? path : one.url + path, signal: AbortSignal.timeout(60_000), ...more });

describe('an answer', () => {
  it('is handed over with any status', async () => {
    expect(await ask('/nowhere')).toMatchObject({ status: 404, url: `${one.url}/nowhere` });
    expect((await ask('/broken-server.rss')).status).toBe(500);
  });

  it('is unpacked', async () => {
    const plain = await ask('/latest.rss');
    for (const path of ['/gzip.rss', '/brotli.rss']) expect((await ask(path)).bytes).toEqual(plain.bytes);
  });

  it('comes to a request that says who asks', async () => {
    await ask('/latest.rss');
    expect(one.lastHeaders()['user-agent']).toBe('earshot-test/1');
  });

  it('may have no body', async () => {
    one.answer('/nothing', (response) => response.writeHead(204).end());
    expect((await ask('/nothing')).bytes).toHaveLength(0);
  });
});

describe('the size limit', () => {
  it('counts what comes out of the packing, and cuts a bomb off early', async () => {
    const before = process.memoryUsage().rss;
    await expect(ask('/gzip-bomb.rss', { maxBytes: 1_000_000 })).rejects.toMatchObject({ kind: 'bad-shape' });
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
  });

  it('ends a body that never ends', async () => {
    await expect(ask('/huge.rss', { maxBytes: 500_000 })).rejects.toThrow('larger than 500000 bytes');
  });

  it('lets exactly the limit through', async () => {
    const body = Buffer.alloc(10_000, 'x');
    one.answer('/exact', (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(body)));
    expect((await ask('/exact', { maxBytes: 10_000 })).bytes).toHaveLength(10_000);
    await expect(ask('/exact', { maxBytes: 9_999 })).rejects.toMatchObject({ kind: 'bad-shape' });
  });
});

describe('the time limit', () => {
  it('covers a server that says nothing', async () => {
    await expect(ask('/slow.rss', { timeoutMs: 50 })).rejects.toThrow(/did not finish within 0.05 seconds/);
  });

  it('covers a body that stops coming', async () => {
    one.answer('/stalls', (response) => void response.writeHead(200).write('a beginning'));
    await expect(ask('/stalls', { timeoutMs: 80 })).rejects.toMatchObject({ kind: 'unavailable' });
  });
});

describe('redirects', () => {
  it('are followed, and a move for good is reported', async () => {
    const moved = await ask('/moved-twice.rss');
    expect(moved).toMatchObject({ status: 200, url: `${one.url}/latest.rss`, movedTo: `${one.url}/latest.rss` });
    expect(await ask('/elsewhere.rss')).not.toHaveProperty('movedTo');
  });

  it('report the last place that was reached by permanent hops alone', async () => {
    one.answer('/first', (response) => response.writeHead(302, { location: '/moved.rss' }).end());
    expect(await ask('/first')).not.toHaveProperty('movedTo');
    one.answer('/second', (response) => response.writeHead(301, { location: '/elsewhere.rss' }).end());
    expect(await ask('/second')).not.toHaveProperty('movedTo');
  });

  it('end after five', async () => {
    await expect(ask('/loop.rss')).rejects.toMatchObject({ kind: 'bad-shape' });
    expect(one.log.filter((line) => line.includes('/loop.rss'))).toHaveLength(6);
  });

  it('keep keys on their host, and take them nowhere else', async () => {
    const headers = { Authorization: 'Bearer k', 'X-Api-Key': 'k', Cookie: 'c=1', Accept: 'text/html' };
    one.answer('/here', (response) => response.writeHead(302, { location: '/latest.rss' }).end());
    await ask('/here', { headers });
    expect(one.lastHeaders()).toMatchObject({ authorization: 'Bearer k', 'x-api-key': 'k', cookie: 'c=1' });

    one.answer('/away', (response) => response.writeHead(302, { location: other.url }).end());
    await ask('/away', { headers });
    expect(seenByOther).toMatchObject({ accept: 'text/html', 'user-agent': 'earshot-test/1' });
    for (const name of ['authorization', 'x-api-key', 'cookie']) expect(seenByOther).not.toHaveProperty(name);
  });

  it('do not take a key from https to http', async () => {
    const asked: string[] = [];
    const downgrading = createHttp({
      userAgent: 'x',
      fetch: async (url) => {
        asked.push(String(url));
        return new Response(null, { status: 301, headers: { location: 'http://bank.example/' } });
      },
    });
    const request = {
      url: 'https://bank.example/',
      signal: AbortSignal.timeout(60_000),
      headers: { authorization: 'k' },
    };
    await expect(downgrading.request(request)).rejects.toMatchObject({ kind: 'rejected' });
    expect(asked).toEqual(['https://bank.example/']);
  });

  it('lead only to the web', async () => {
    one.answer('/file', (response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end());
    await expect(ask('/file')).rejects.toMatchObject({ kind: 'rejected' });
    await expect(ask('ftp://example.org/')).rejects.toMatchObject({ kind: 'rejected' });
    await expect(ask('http://user:secret@127.0.0.1/')).rejects.not.toThrow(/secret/);
  });

  it('of a post are handed back, never followed', async () => {
    const before = one.log.length;
    expect((await ask('/moved.rss', { method: 'POST', body: 'hello' })).status).toBe(301);
    expect(one.log.slice(before)).toEqual(['POST /moved.rss 301']);
  });
});

describe('failures', () => {
  it('name host and reason', async () => {
    await expect(ask('/reset.rss')).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('127.0.0.1'),
    });
    await expect(ask('/half.rss')).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(ask('http://127.0.0.1:9/')).rejects.toThrow(/refused the connection|broke off|bad port/);
  });

  it('are met once: nothing is asked twice', async () => {
    let hits = 0;
    one.answer('/count', (response) => {
      hits++;
      FAULTS.reset(response);
    });
    await expect(ask('/count')).rejects.toThrow();
    await expect(ask('/count', { method: 'POST', body: 'x' })).rejects.toThrow();
    expect(hits).toBe(2);
  });

  it('leave open what became of a post that had left', async () => {
    for (const path of ['/reset.rss', '/half.rss']) {
      await expect(ask(path, { method: 'POST', body: 'x' })).rejects.toMatchObject({ kind: 'unknown-outcome' });
    }
    const slow = ask('/slow.rss', { method: 'POST', body: 'x', timeoutMs: 50 });
    await expect(slow).rejects.toMatchObject({ kind: 'unknown-outcome' });
    const stop = new AbortController();
    one.answer('/wait', () => stop.abort());
    const stopped = ask('/wait', { method: 'POST', body: 'x', signal: stop.signal });
    await expect(stopped).rejects.toMatchObject({ kind: 'unknown-outcome' });
  });

  it('are certain where a post never left', async () => {
    const closed = await startServer(() => {});
    await closed.close();
    await expect(ask(closed.url, { method: 'POST', body: 'x' })).rejects.toMatchObject({ kind: 'unavailable' });
    const reason = new Error('stopped before');
    await expect(ask('/latest.rss', { method: 'POST', signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  it('of a read that was stopped are the reason for stopping', async () => {
    const stop = new AbortController();
    const reason = new Error('shutting down');
    one.answer('/wait', () => stop.abort(reason));
    await expect(ask('/wait', { signal: stop.signal })).rejects.toBe(reason);
  });
});

describe('private networks', () => {
  const careful = createHttp({ userAgent: 'x', privateHosts: [] });
  const { signal } = new AbortController();

  it.each([
    'http://127.0.0.1:1/',
    'http://localhost:65001/',
    'http://[::1]:1/',
    'http://169.254.169.254/meta',
    'http://0x7f.1/',
  ])('are left alone when told to: %s', async (url) => {
    await expect(careful.request({ url, signal })).rejects.toMatchObject({ kind: 'rejected' });
  });

  it('are opened where whoever runs the machine says so, on that port alone', async () => {
    one.answer('/inside', (response) => response.end('hello'));
    const port = new URL(one.url).port;
    const inside = createHttp({ userAgent: 'x', privateHosts: [`localhost:${port}`, `127.0.0.1:${port}`] });
    for (const host of ['localhost', '127.0.0.1']) {
      const { status } = await inside.request({ url: `http://${host}:${port}/inside`, signal });
      expect(status).toBe(200);
      await expect(inside.request({ url: `http://${host}:1/`, signal })).rejects.toMatchObject({ kind: 'rejected' });
    }
  });

  it('are left alone by the name that the connection itself looks up', async () => {
    const look = (name: string, all: boolean) =>
      new Promise<unknown>((resolve) => {
        guardedLookup([])(name, { all }, (failure, addresses) => resolve(failure ?? addresses));
      });
    expect(await look('localhost', true)).toMatchObject({ kind: 'rejected' });
    expect(await look('localhost', false)).toMatchObject({ kind: 'rejected' });
    expect(await look('93.184.216.34', false)).toBe('93.184.216.34');
    expect(await look('93.184.216.34', true)).toEqual([{ address: '93.184.216.34', family: 4 }]);
  });

  it('are left alone also behind a redirect', async () => {
    const asked: string[] = [];
    const redirecting = createHttp({
      userAgent: 'x',
      privateHosts: [],
      fetch: async (url) => {
        asked.push(String(url));
        return new Response(null, { status: 302, headers: { location: 'http://10.0.0.1/' } });
      },
    });
    await expect(redirecting.request({ url: 'http://192.0.2.7/', signal })).rejects.toMatchObject({ kind: 'rejected' });
    expect(asked).toEqual(['http://192.0.2.7/']);
  });

  it.each([
    ['10.1.2.3', true],
    ['172.31.255.255', true],
    ['172.32.0.1', false],
    ['::ffff:127.0.0.1', true],
    ['::ffff:8.8.8.8', false],
    ['::127.0.0.1', true],
    ['::ffff:0:127.0.0.1', true],
    ['64:ff9b::127.0.0.1', true],
    ['64:ff9b::a9fe:a9fe', true],
    ['64:ff9b::808:808', false],
    ['2002:7f00:1::', true],
    ['2001::1', true],
    ['fd00::1', true],
    ['fe80::1%eth0', true],
    ['fec0::1', true],
    ['168.63.129.16', true],
    ['2606:4700::1111', false],
    ['8.8.8.8', false],
  ])('%s is private: %s', (address, expected) => expect(isPrivateAddress(address)).toBe(expected));
});

it('sends bytes as they are', async () => {
  let received = '';
  const bytes = new Uint8Array(70_000).map((_, i) => i % 251);
  const echo = await startServer(async (request, response) => {
    const hash = createHash('sha1');
    for await (const chunk of request) hash.update(chunk);
    received = hash.digest('hex');
    response.end();
  });
  await ask(echo.url, { method: 'PUT', body: bytes });
  await echo.close();
  expect(received).toBe(createHash('sha1').update(bytes).digest('hex'));
});
