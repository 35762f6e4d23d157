import { get, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import fastify from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BASE } from '../../src/surfaces/web/api.ts';
import type { App } from '../../src/surfaces/web/server/app.ts';
import { addCompression } from '../../src/surfaces/web/server/compress.ts';
import { openWebBench, type Person, type WebBench } from './support.ts';

const UNPACK = { br: brotliDecompressSync, gzip: gunzipSync };
const QUEUE = `${BASE}/queue?limit=50`;

let bench: WebBench;
let mei: Person;
beforeEach(async () => {
  bench = await openWebBench();
  mei = await bench.signIn();
});
afterEach(() => bench.close());

/** What goes over the line, packed as it is there. */
async function lineOf(accepted: string | undefined, path = QUEUE) {
  const headers = { cookie: mei.cookie, ...(accepted !== undefined && { 'accept-encoding': accepted }) };
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    get(`${bench.local}${path}`, { headers }, resolve).on('error', reject);
  });
  const { 'content-encoding': encoding, 'content-length': length, vary } = answer.headers;
  return { encoding, length, vary, bytes: await buffer(answer) };
}

describe('a long answer of the API', () => {
  beforeEach(async () => {
    for (let n = 0; n < 30; n += 1) await bench.drafted();
  });

  it.each(['br', 'gzip'] as const)('weighs less than a third as %s, and says the same', async (way) => {
    const [plain, packed] = [await lineOf(undefined), await lineOf(way)];
    expect(packed).toMatchObject({ encoding: way, vary: 'accept-encoding', length: String(packed.bytes.length) });
    expect(packed.bytes.length).toBeLessThan(plain.bytes.length / 3);
    expect(UNPACK[way](packed.bytes)).toEqual(plain.bytes);
    expect(JSON.parse(String(plain.bytes)).rows).toHaveLength(30);
  });

  it.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['GZIP;q=0.5, br;q=0', 'gzip'],
    ['*', 'br'],
    ['br; q=0, *', 'gzip'],
    ['identity', undefined],
    ['gzip;q=0, br;q=0.0', undefined],
    ['', undefined],
  ])('comes as the other side takes it: "%s"', async (accepted, encoding) => {
    expect(await lineOf(accepted)).toMatchObject({ encoding, vary: 'accept-encoding' });
  });
});

it('a short one comes as it is', async () => {
  expect(await lineOf('br', `${BASE}/counts`)).toMatchObject({ encoding: undefined, vary: undefined });
});

it('what answers anything but reading comes as it is: it may hold a key that was just made', async () => {
  const app: App = fastify();
  addCompression(app);
  const long = () => ({ key: 'k'.repeat(10_000) });
  app.get('/', async () => long());
  app.post('/', async () => long());
  const headers = { 'accept-encoding': 'br' };
  try {
    expect((await app.inject({ method: 'GET', url: '/', headers })).headers['content-encoding']).toBe('br');
    const made = await app.inject({ method: 'POST', url: '/', headers });
    expect(made.headers['content-encoding']).toBeUndefined();
    expect(made.json()).toEqual(long());
  } finally {
    await app.close();
  }
});
