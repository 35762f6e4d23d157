import type { Instant } from '../core/nouns.ts';
import type { Http } from './http.ts';

/** How far our clock is from a host's. Positive: ours is ahead. Good to a second or two. */
export interface ClockSkew {
  host: string;
  ms: number;
}

/** Of one answer, by its `Date`. Undefined where it has none, or has lain in a cache. */
export function skewOf(headers: Headers, now: Instant): number | undefined {
  const said = Date.parse(headers.get('date') ?? '');
  const cached = Number(headers.get('age') ?? 0) > 0;
  return Number.isFinite(said) && !cached ? now - said : undefined;
}

/** An `Http` that notes how far our clock is from that of the host which answered last. */
export function watchClock(http: Http, now: () => Instant): { http: Http; skew(): ClockSkew | undefined } {
  let skew: ClockSkew | undefined;
  return {
    http: {
      async request(request) {
        const response = await http.request(request);
        const ms = skewOf(response.headers, now());
        if (ms !== undefined) skew = { host: new URL(response.url).host, ms };
        return response;
      },
    },
    skew: () => skew,
  };
}
