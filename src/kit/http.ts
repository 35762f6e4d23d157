import { ConnectorError } from '../core/failures.ts';
import { type Allowed, assertPublic, guardedLookup } from './private-hosts.ts';
import { nextHop } from './redirects.ts';

export interface HttpRequest {
  url: string;
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  headers?: Record<string, string>;
  body?: string | Uint8Array<ArrayBuffer>;
  signal: AbortSignal;
  /** Refuse longer bodies, counted after decompression. Default 10 MiB. */
  maxBytes?: number;
  /** From sending to the last byte, redirects included. Default 20 s. */
  timeoutMs?: number;
}

export interface HttpResponse {
  status: number;
  headers: Headers;
  /** Decompressed, not decoded. */
  bytes: Uint8Array;
  /** Where the answer came from after redirects. */
  url: string;
  /** Where the address has moved for good (only 301 and 308 on the way), else undefined. */
  movedTo?: string;
}

/** The one way a connector reaches the network. Never retries. */
export interface Http {
  /**
   * Any status is an answer; callers decide what it means. Redirects of a GET are followed, those of anything else are
   * handed back as they are.
   *
   * @throws ConnectorError `unavailable` (refused, reset, timed out), `bad-shape` (body over `maxBytes`), `rejected` (an
   *   address we do not go to). Where something other than a GET had already left, `unknown-outcome` stands for
   *   `unavailable`: nobody can say whether it arrived.
   * @throws the signal's reason when it was aborted before anything was sent, or during a GET.
   */
  request(request: HttpRequest): Promise<HttpResponse>;
}

export interface HttpSettings {
  /** Who asks. Platforms want a name and an address to complain to. */
  userAgent: string;
  /** Replaces the real one in a test. */
  fetch?: typeof globalThis.fetch;
  /**
   * Loopback, private and link-local addresses are refused on every hop, but for these. Left out: nothing is refused,
   * for addresses that no person typed in.
   */
  privateHosts?: Allowed;
  /**
   * Where the platforms themselves live, such as `https://api.example.com`: no person typed them in. They are asked as this
   * machine asks for anything, by Node's own fetch, wherever it is told that their names and its proxies lead.
   */
  ownOrigins?: readonly string[];
  /** Default for requests that name no limit of their own. */
  maxBytes?: number;
  timeoutMs?: number;
}

const MAX_REDIRECTS = 5;

/** Makes the one `Http` of a process. */
export function createHttp(settings: HttpSettings): Http {
  const ask = settings.fetch ?? askOver(settings);
  return {
    async request(request) {
      request.signal.throwIfAborted();
      const deadline = startDeadline(request, settings);
      try {
        return await follow(request, settings, ask, deadline.signal);
      } catch (thrown) {
        throw explain(thrown, request, deadline);
      } finally {
        deadline.clear();
      }
    },
  };
}

interface Deadline {
  signal: AbortSignal;
  ms: number;
  expired(): boolean;
  clear(): void;
}

function startDeadline(request: HttpRequest, settings: HttpSettings): Deadline {
  const ms = request.timeoutMs ?? settings.timeoutMs ?? 20_000;
  const timer = new AbortController();
  const timeout = setTimeout(() => timer.abort(), ms);
  return {
    ms,
    signal: AbortSignal.any([request.signal, timer.signal]),
    expired: () => timer.signal.aborted && !request.signal.aborted,
    clear: () => clearTimeout(timeout),
  };
}

/** The part of fetch that is used, whichever it is. */
type Ask = (
  url: URL,
  init: {
    method: string;
    headers: Record<string, string>;
    signal: AbortSignal;
    redirect: 'manual';
    body?: string | Uint8Array<ArrayBuffer>;
  },
) => Promise<Answer>;
type Answer = Pick<Response, 'status' | 'headers'> & {
  body: (AsyncIterable<Uint8Array> & { cancel(): Promise<void> }) | null;
};

/** `undici`, since Node's own fetch takes no part in how a name is looked up. Loaded with the first request. */
function askOver({ privateHosts, ownOrigins = [] }: HttpSettings): Ask {
  const loading = once(async () => {
    const { Agent, fetch } = await import('undici');
    const dispatcher = new Agent(privateHosts && { connect: { lookup: guardedLookup(privateHosts) } });
    return { fetch, dispatcher };
  });
  return async (url, init) => {
    if (ownOrigins.includes(url.origin)) return globalThis.fetch(url, init);
    const { fetch, dispatcher } = await loading();
    const { status, headers, body } = await fetch(url, { ...init, dispatcher });
    return { status, headers: new Headers([...headers]), body };
  };
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

async function follow(
  request: HttpRequest,
  settings: HttpSettings,
  ask: Ask,
  signal: AbortSignal,
): Promise<HttpResponse> {
  const method = request.method ?? 'GET';
  let headers: Record<string, string> = { 'user-agent': settings.userAgent, ...lowerCased(request.headers ?? {}) };
  let url = webAddress(request.url);
  let movedTo: string | undefined;
  let permanent = true;

  for (let hops = 0; ; hops++) {
    if (settings.privateHosts) assertPublic(url, settings.privateHosts);
    const response = await ask(url, {
      method,
      headers,
      signal,
      redirect: 'manual',
      ...(request.body !== undefined && { body: request.body }),
    });
    const hop = method === 'GET' ? nextHop(response, url, headers) : undefined;
    if (!hop) {
      const bytes = await readBody(response, url, request.maxBytes ?? settings.maxBytes ?? 10 * 1024 * 1024);
      return { status: response.status, headers: response.headers, bytes, url: url.href, ...(movedTo && { movedTo }) };
    }
    await response.body?.cancel();
    if (hops === MAX_REDIRECTS) {
      throw new ConnectorError(
        'bad-shape',
        `${request.url} redirects more than ${MAX_REDIRECTS} times. Open it in a browser and use the address it ends at.`,
      );
    }
    permanent &&= hop.permanent;
    if (permanent) movedTo = hop.url.href;
    else movedTo = undefined;
    headers = hop.headers;
    url = hop.url;
  }
}

/** Reads until the limit and not a byte further, so that a small file that unpacks to gigabytes costs nothing. */
async function readBody(response: Answer, url: URL, maxBytes: number): Promise<Uint8Array> {
  if (!response.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop by a throw cancels the stream, and with it the connection.
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > maxBytes) {
      throw new ConnectorError(
        'bad-shape',
        `The answer from ${url.host} is larger than ${megabytes(maxBytes)}. It was cut off; nothing of it was read.`,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function explain(thrown: unknown, { url, method = 'GET', signal }: HttpRequest, deadline: Deadline): unknown {
  const ours = ourFailureIn(thrown);
  if (ours) return ours;
  const mayHaveArrived = method !== 'GET' && !NEVER_ARRIVED.has(codeOf(thrown));
  const kind = mayHaveArrived ? 'unknown-outcome' : 'unavailable';
  const host = URL.canParse(url) ? new URL(url).host : url;
  if (signal.aborted) {
    return mayHaveArrived
      ? new ConnectorError(kind, `Stopped while waiting for ${host}. Nobody can say whether it arrived.`, {
          cause: thrown,
        })
      : signal.reason;
  }
  const what = deadline.expired()
    ? `did not finish within ${deadline.ms / 1000} seconds`
    : (REASONS[codeOf(thrown)] ?? 'broke off the connection');
  return new ConnectorError(kind, `${host} ${what}.`, { cause: thrown });
}

/** Failures from before the first byte was sent. */
const NEVER_ARRIVED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT', 'EHOSTUNREACH']);

const REASONS: Record<string, string> = {
  ECONNREFUSED: 'refused the connection',
  ENOTFOUND: 'is not a known host name; check the address',
  EAI_AGAIN: 'could not be looked up; check the network',
  EHOSTUNREACH: 'cannot be reached from here',
  UND_ERR_CONNECT_TIMEOUT: 'did not answer in time',
  CERT_HAS_EXPIRED: 'has an expired certificate',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'has a self-signed certificate',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'has a certificate that cannot be verified',
};

/** A refusal of ours at the moment of connecting comes back wrapped. */
function ourFailureIn(thrown: unknown): ConnectorError | undefined {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    if (error instanceof ConnectorError) return error;
  }
  return undefined;
}

/** fetch wraps the reason once or twice. */
function codeOf(thrown: unknown): string {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    if ('code' in error && typeof error.code === 'string') return error.code;
  }
  return '';
}

function webAddress(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new ConnectorError(
      'rejected',
      `"${text.slice(0, 200)}" is not an address that starts with http:// or https://.`,
    );
  }
  if (url.username || url.password) {
    throw new ConnectorError('rejected', `The address at ${url.host} holds a user name or password. Take it out.`);
  }
  return url;
}

function lowerCased(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function megabytes(bytes: number): string {
  return bytes < 1_048_576 ? `${bytes} bytes` : `${Math.round(bytes / 1_048_576)} MiB`;
}
