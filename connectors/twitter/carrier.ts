import type { ITwitterApiClientPlugin } from 'twitter-api-v2';
import { ConnectorError, decodeBytes, type Http, type HttpRequest, looksLikeHtml, parseJson } from '#kit';
import { failureOfX } from './failures.ts';

export interface Way {
  http: Http;
  /** Stands in for https://api.x.com, which the library writes into every request. */
  address: string;
  now(): number;
  /** Looked at with each answer, for what X says of our rights and limits. */
  heard?(headers: Headers): void;
}

export interface Errand {
  /** What is asked, to begin a sentence with. */
  what: string;
  signal: AbortSignal;
  /** Something is to be posted: without a clear answer nobody knows whether it was. */
  sending?: boolean;
}

/** A hundred long posts, and as many that they quote, may take this much. */
const MAX_BYTES = 50 * 1024 * 1024;

/**
 * Carries what `twitter-api-v2` has written and signed through the kit's `http`, with its limits of time and size and its
 * words for what went wrong. An answer that is a failure is thrown; the library sees only good ones.
 */
export function carrier(
  { http, address, now, heard }: Way,
  { what, signal, sending = false }: Errand,
): ITwitterApiClientPlugin {
  return {
    async onBeforeRequestConfig({ client, params }) {
      const { url, method, headers, body } = (client as unknown as Writer).getHttpRequestArgs(params);
      const response = await http.request({
        url: address.replace(/\/+$/, '') + url.pathname + url.search,
        method,
        headers,
        ...(body !== undefined && { body }),
        signal,
        maxBytes: MAX_BYTES,
      });
      heard?.(response.headers);
      const text = decodeBytes(response.bytes, response.headers.get('content-type'));
      const data = parseJson(text);
      const failure = failureOfX(response, data, { what, now: now(), sending });
      if (failure) throw failure;
      if (looksLikeHtml(response)) throw new ConnectorError('bad-shape', `${what}: X shows a web page.`, { raw: text });
      return { data: withScope(data), headers: {} };
    },
  };
}

/** The part of the library that writes a request without sending it. Its types keep it to subclasses. */
interface Writer {
  getHttpRequestArgs(params: unknown): {
    url: URL;
    method: NonNullable<HttpRequest['method']>;
    headers: Record<string, string>;
    body?: string;
  };
}

/** The library takes the scope of new tokens for granted, which X may leave out, and would lose the tokens over it. */
function withScope(data: unknown): unknown {
  const isTokens = typeof data === 'object' && data !== null && 'access_token' in data;
  return isTokens ? { scope: '', ...data } : data;
}
