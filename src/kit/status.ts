import { ConnectorError, type FailureKind } from '../core/failures.ts';
import type { Instant } from '../core/nouns.ts';
import { parseDate } from './dates.ts';
import type { HttpResponse } from './http.ts';

/** Platforms that say "too many" without saying how long. */
const DEFAULT_WAIT_MS = 60_000;
/** A wait longer than this is a mistake of the host, or an attack with its help. */
const LONGEST_WAIT_MS = 24 * 3_600_000;

/** When `Retry-After` (seconds or an HTTP date) wants us back, or undefined when it is missing or makes no sense. */
export function retryAfter(headers: Headers, now: Instant): Instant | undefined {
  const value = headers.get('retry-after')?.trim();
  if (!value) return undefined;
  const until = /^\d+(\.\d+)?$/.test(value) ? now + Number(value) * 1000 : parseDate(value);
  return until === undefined ? undefined : Math.ceil(Math.min(Math.max(until, now), now + LONGEST_WAIT_MS));
}

export interface Asked {
  /** What was asked for, to begin a sentence with: "The forum". */
  what: string;
  now: Instant;
  /** True when something was to be posted: a 5xx then says nothing about whether it was. */
  sending?: boolean;
}

/**
 * What a status that is not a success means, in the six words of `failures.ts`. Undefined for 2xx and 304.
 *
 * A platform that says more in its body should be read before this is asked.
 */
export function failureOf(response: HttpResponse, { what, now, sending = false }: Asked): ConnectorError | undefined {
  const { status } = response;
  if ((status >= 200 && status < 300) || status === 304) return undefined;
  const raw = new TextDecoder().decode(response.bytes.subarray(0, 2000));
  const said = `${what} answered ${status}`;
  const fail = (kind: FailureKind, advice: string, details = {}) =>
    new ConnectorError(kind, `${said}: ${advice}`, { raw, ...details });

  if (status === 429) {
    const until = retryAfter(response.headers, now) ?? now + DEFAULT_WAIT_MS;
    return fail('rate-limited', 'too many requests. Earshot waits as told and goes on by itself.', { until });
  }
  if (status === 503 && !sending && response.headers.has('retry-after')) {
    const until = retryAfter(response.headers, now) ?? now + DEFAULT_WAIT_MS;
    return fail('rate-limited', 'busy. Earshot waits as told and goes on by itself.', { until });
  }
  if (status >= 500) {
    return fail(sending ? 'unknown-outcome' : 'unavailable', 'it is in trouble. Earshot tries again by itself.');
  }
  if (status === 401) return fail('unauthorized', 'it does not accept the key. Check it, or make a new one.');
  if (status === 402) return fail('unauthorized', 'it wants to be paid. Check the plan or the credit.');
  if (status === 403 || status === 451) {
    const blocked = looksLikeHtml(response);
    const advice = blocked
      ? 'it shows a block page instead of data. Check whether reading by machine is allowed there.'
      : 'the key does not have the right for this. Check what it may do.';
    return fail('unauthorized', advice, { blocked });
  }
  if (status === 408 || status === 425) {
    // What was sent may have been taken in before the platform lost patience.
    return fail(sending ? 'unknown-outcome' : 'unavailable', 'it gave up waiting. Earshot tries again by itself.');
  }
  if (status < 400) return fail('bad-shape', 'a redirect that leads nowhere. Check the address.');
  return fail('rejected', 'it says no to this request. Check the address and the options.');
}

/** True for a web page where data was expected: a login wall, a block page, a parked domain. */
export function looksLikeHtml({ bytes, headers }: Pick<HttpResponse, 'bytes' | 'headers'>): boolean {
  const start = new TextDecoder()
    .decode(bytes.subarray(0, 1000))
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (/^(?:<!--[\s\S]*?-->\s*)?<(?:!doctype\s+html|html|head|body)\b/i.test(start)) return true;
  return (
    /^text\/html\b/i.test(headers.get('content-type') ?? '') && !/^(?:<\?xml|<(?:rss|feed|rdf:RDF)\b|[{[])/i.test(start)
  );
}
