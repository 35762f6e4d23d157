import { request } from 'node:http';
import type { Readable } from 'node:stream';
import { Refused } from '../../src/core/failures.ts';
import type { Source, Store } from '../../src/core/ports.ts';
import { openIntake } from '../../src/intake/index.ts';
import { createCollector, hearCalls } from '../../src/stages/collect/index.ts';
import { openWebBench, type WebBench } from '../web/support.ts';

/** The inbox's server with its door open for these sources: real HTTP, real store. */
export interface IntakeBench extends WebBench {
  /** What the log was told. */
  warned: { message: string; fields?: object }[];
  /** Replaced by a test that makes the store fail. */
  store: Store;
  call(path: string, options?: CallOptions): Promise<CallOutcome>;
}

export interface CallOptions {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array | Readable;
}

export interface CallOutcome {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  /** Of the body, how much the system took before the answer came. */
  sent: number;
}

/** @param given may need the bench's clock, so it is asked when that is there */
export async function openIntakeBench(given: readonly Source[] | (() => readonly Source[])): Promise<IntakeBench> {
  const warned: IntakeBench['warned'] = [];
  const log = {
    info() {},
    warn: (message: string, fields?: object) => void warned.push({ message, ...(fields && { fields }) }),
  };
  const stopping = new AbortController();
  let bench: IntakeBench;
  let opened: readonly Source[] | undefined;
  const sources = () => (opened ??= typeof given === 'function' ? given() : given);
  const deps = () => ({ store: bench.store, clock: bench.clock, log, ourHandles: () => [] });
  const intake = openIntake({
    clock: { now: () => bench.clock.now() },
    log,
    stopping: stopping.signal,
    sourceOf(id) {
      const source = sources().find((one) => one.id === id);
      if (source) return source;
      throw new Refused('unknown-source', `There is no source "${id}".`);
    },
    hearingOf: (source, signal) => hearCalls(source, deps(), createCollector(deps()), signal),
  });
  const web = await openWebBench({ intake });
  bench = Object.assign(web, { warned, call: (path: string, options?: CallOptions) => call(web.local, path, options) });
  return bench;
}

/** One call over a connection of its own. An answer that comes before the body was sent counts. */
export function call(origin: string, path: string, { method = 'POST', headers = {}, body = '' }: CallOptions = {}) {
  return new Promise<CallOutcome>((resolve, reject) => {
    let answered = false;
    const asked = request(`${origin}${path}`, { method, headers, agent: false }, (response) => {
      answered = true;
      const chunks: Buffer[] = [];
      const end = () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text,
          sent: asked.socket?.bytesWritten ?? 0,
        });
        asked.destroy();
      };
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', end);
      response.on('error', end);
    });
    asked.on('error', (error) => {
      if (!answered) reject(error);
    });
    if (method === 'GET') asked.end();
    else if (typeof body === 'string' || body instanceof Uint8Array) asked.end(body);
    else body.pipe(asked);
  });
}
