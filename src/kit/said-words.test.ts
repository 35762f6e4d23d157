import { describe, expect, it } from 'vitest';
import { inOtherWords } from '../core/said.ts';
import { createHttp } from './http.ts';
import { KIT_SAID } from './said-words.ts';
import { failureOf } from './status.ts';

/** Every sentence of the kit is as well said in both scripts. */
const HANS = Object.fromEntries(
  Object.entries(KIT_SAID).map(([english, so]) => [english, typeof so === 'string' ? so : so['zh-Hans']]),
);

function answered(status: number, headers: Record<string, string> = {}, body = '{}'): string {
  const bytes = new TextEncoder().encode(body);
  const response = { status, headers: new Headers(headers), bytes, url: 'https://a.example/' };
  return failureOf(response, { what: 'a.example', now: 0 })?.message ?? '';
}

async function failed(fetch: typeof globalThis.fetch, privateHosts?: readonly string[], timeoutMs = 20_000) {
  const http = createHttp({ userAgent: 'test', fetch, timeoutMs, maxBytes: 10, ...(privateHosts && { privateHosts }) });
  const asked = {
    url: privateHosts ? 'https://127.0.0.1/' : 'https://a.example/',
    signal: new AbortController().signal,
  };
  return http.request(asked).then(
    () => 'it worked',
    (thrown: Error) => thrown.message,
  );
}

const broken = (code: string) => failed(() => Promise.reject(Object.assign(new Error(), { code })));
const never: typeof globalThis.fetch = (_, init) =>
  new Promise((_resolve, reject) => init?.signal?.addEventListener('abort', () => reject(init.signal?.reason)));

/** Each sentence as the kit says it, with what makes it say so. */
const SAID: [string, () => string | Promise<string>][] = [
  ...[302, 400, 401, 402, 403, 404, 408, 425, 429, 451, 500, 503].map((status): [string, () => string] => [
    `status ${status}`,
    () => answered(status),
  ]),
  ['busy', () => answered(503, { 'retry-after': '5' })],
  ['a block page', () => answered(403, { 'content-type': 'text/html' }, '<html></html>')],
  ...[
    'ECONNREFUSED',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EHOSTUNREACH',
    'UND_ERR_CONNECT_TIMEOUT',
    'CERT_HAS_EXPIRED',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'ECONNRESET',
  ].map((code): [string, () => Promise<string>] => [code, () => broken(code)]),
  ['too slow', () => failed(never, undefined, 5)],
  ['round in circles', () => failed(async () => Response.redirect('https://a.example/again', 302))],
  ['too large', () => failed(async () => new Response('x'.repeat(100)))],
  ['a private network', () => failed(never, [])],
];

describe('in Chinese', () => {
  it.each(SAID)('%s', async (_, say) => {
    const said = await say();
    const words = inOtherWords(said, HANS);
    expect(words, said).toMatch(/\p{Script=Han}/u);
    // Names and addresses stay as they are, sentences do not.
    expect(words).not.toMatch(/[a-z]{2,} [a-z]{2,} [a-z]{2,}/);
  });
});
