import { brotliCompressSync, gzipSync, constants as zlib } from 'node:zlib';
import type { App } from './app.ts';

/** What is smaller fits in a few packets as it is. */
const LEAST_LENGTH = 4096;

/**
 * The best first, each at the level that costs half a millisecond for an ordinary page of the queue. At once: in a thread of
 * its own it would wait longer for its turn than it takes.
 */
const WAYS = {
  br: (text: string) => brotliCompressSync(text, { params: { [zlib.BROTLI_PARAM_QUALITY]: 1 } }),
  gzip: (text: string) => gzipSync(text, { level: 1 }),
};

/**
 * JSON that is read goes over the line at a fifth of its size. Answers to anything but GET stay as they are: they may hold a
 * key that was just made, and how well they pack would tell of it. So do streams, whose events would wait for each other.
 */
export function addCompression(app: App): void {
  app.addHook('onSend', async ({ method, headers }, answer, payload) => {
    const isJson = /^application\/json\b/.test(String(answer.getHeader('content-type')));
    if (method !== 'GET' || !isJson || typeof payload !== 'string' || payload.length < LEAST_LENGTH) return payload;
    answer.header('vary', 'accept-encoding');
    const way = wayFor(String(headers['accept-encoding'] ?? ''));
    if (!way) return payload;
    answer.header('content-encoding', way).removeHeader('content-length');
    return WAYS[way](payload);
  });
}

/** What the other side takes, as it says in RFC 9110: a weight of nothing refuses. */
function wayFor(accepted: string): keyof typeof WAYS | undefined {
  const taken = new Map<string, boolean>();
  for (const way of accepted.toLowerCase().split(',')) {
    const [name = '', weight = 'q=1'] = way.split(';').map((part) => part.trim());
    taken.set(name, Number(weight.replace(/^q=/, '')) > 0);
  }
  const names = Object.keys(WAYS) as (keyof typeof WAYS)[];
  return names.find((name) => taken.get(name) ?? taken.get('*'));
}
