export interface HttpRequest {
  url: string;
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  headers?: Record<string, string>;
  body?: string | Uint8Array<ArrayBuffer>;
  signal: AbortSignal;
  /** Refuse longer bodies, counted after decompression. Default 10 MiB. */
  maxBytes?: number;
  /** From sending to the last byte. Default 20 s. */
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
   * Any status is an answer; callers decide what it means.
   * @throws ConnectorError `unavailable` (refused, reset, timed out), `bad-shape` (body over `maxBytes`).
   */
  request(request: HttpRequest): Promise<HttpResponse>;
}
